import Operations
import ServiceLifecycle
import Synchronization
import Testing
import TestSupport

@testable import Host

@Suite(.timeLimit(.minutes(20)))
struct LoopTests {
    private struct Broken: Error {}

    private func run(_ loop: TurnLoop, until done: () async -> Void) async throws {
        let group = ServiceGroup(services: [loop], logger: .quiet)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            await done()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func loop(
        _ heartbeats: Heartbeats,
        every interval: Duration,
        turn: @escaping @Sendable () async throws -> Bool
    ) -> TurnLoop {
        TurnLoop(name: "loop", work: "turn", interval: interval, heartbeats: heartbeats, logger: .quiet, turn: turn)
    }

    @Test func `a loop with more to do turns again at once, else it waits, and ends when told to`() async throws {
        let turns = Mutex(0)
        let (third, reach) = AsyncStream.makeStream(of: Void.self)
        let heartbeats = Heartbeats()
        // With an interval of an hour only “more to do” can bring the second and third turn.
        let loop = loop(heartbeats, every: .seconds(3600)) {
            let turn = turns.withLock { turns in
                turns += 1
                return turns
            }
            if turn == 3 { reach.yield() }
            return turn < 3
        }
        try await run(loop) { for await _ in third { break } }
        #expect(turns.withLock { $0 } == 3)
        #expect(heartbeats.states().isEmpty)
    }

    @Test func `a loop survives errors`() async throws {
        let turns = Mutex(0)
        let (second, reach) = AsyncStream.makeStream(of: Void.self)
        let loop = loop(Heartbeats(), every: .milliseconds(1)) {
            let turn = turns.withLock { turns in
                turns += 1
                return turns
            }
            guard turn > 1 else { throw Broken() }
            reach.yield()
            return false
        }
        try await run(loop) { for await _ in second { break } }
        #expect(turns.withLock { $0 } >= 2)
    }

    @Test func `begins when it is up to this process, not before`() async throws {
        let looks = Mutex(0)
        let turns = Mutex(0)
        let (done, reach) = AsyncStream.makeStream(of: Void.self)
        let loop = TurnLoop(
            name: "loop",
            work: "do it",
            interval: .milliseconds(1),
            heartbeats: Heartbeats(),
            logger: .quiet,
            isOurs: {
                looks.withLock { looks in
                    looks += 1
                    return looks > 3
                }
            }
        ) {
            #expect(looks.withLock { $0 } > 3)
            turns.withLock { $0 += 1 }
            reach.yield()
            return false
        }
        try await run(loop) { for await _ in done { break } }
        #expect(turns.withLock { $0 } >= 1)
    }

    @Test func `waits between tries grow up to ten seconds and begin anew after a success`() {
        var trouble = Trouble("test", logger: .quiet)
        let waits = (0..<7).map { _ in trouble.happened(Broken()) }
        #expect(
            waits == [
                .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(10), .seconds(10),
            ]
        )
        trouble.isOver()
        #expect(trouble.happened(Broken()) == .milliseconds(500))
    }

    @Test func `a bell ends the wait for the next turn`() async throws {
        let (turned, reach) = AsyncStream.makeStream(of: Void.self)
        let bell = Bell()
        var loop = loop(Heartbeats(), every: .seconds(3600)) {
            reach.yield()
            return false
        }
        loop.bell = bell
        try await run(loop) {
            var turns = 0
            for await _ in turned {
                turns += 1
                if turns == 3 { break }
                bell.ring()
            }
        }
    }

    @Test func `a bell that rang before anyone waited is heard`() async {
        let bell = Bell()
        bell.ring()
        await bell.wait(upTo: .seconds(3600))
    }

    @Test func `a bell wakes who waits, and a cancelled wait ends`() async {
        let bell = Bell()
        async let waiting: Void = bell.wait(upTo: .seconds(3600))
        bell.ring()
        await waiting
        let cancelled = Task { await bell.wait(upTo: .seconds(3600)) }
        cancelled.cancel()
        await cancelled.value
    }

    @Test func `nobody waits for a bell longer than the limit`() async {
        await Bell().wait(upTo: .milliseconds(1))
    }
}

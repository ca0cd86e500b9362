import FoundationEssentials
import Logging
import Operations
import Queue
import ServiceLifecycle
import Synchronization
import Testing
import TestSupport

@testable import Host

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(20)))
struct WorkerLoopTests {
    private func loop(
        _ queue: FakeQueue,
        concurrency: Int = 4,
        lease: Duration = .seconds(30),
        patience: Duration = .seconds(30),
        perform: @escaping @Sendable (Job) async -> JobEnd
    ) -> WorkerLoop {
        var loop = WorkerLoop(
            queue: queue,
            name: "test",
            concurrency: concurrency,
            lease: lease,
            heartbeats: Heartbeats(),
            logger: .quiet,
            perform: { job, _ in await perform(job) }
        )
        loop.patience = patience
        return loop
    }

    /// Runs the loop, lets `body` do its part, tells the loop to stop and waits for its end.
    private func run(_ loop: WorkerLoop, _ body: () async throws -> Void) async throws {
        let group = ServiceGroup(services: [loop], logger: .quiet)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Returns when the task is cancelled.
    private static func untilCancelled() async {
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    }

    @Test(
        arguments: [
            (JobEnd.finished, "info Finished a job."),
            (.tryAgain(why: "Busy."), "warning A job failed and may be tried"),
            (.giveUp(why: "No."), "warning A job was given up."), (.giveBack, "info Gave a job back."),
        ]
    )
    func `each job leaves one line, whatever its end`(end: JobEnd, begin: String) async throws {
        let lines = LogLines()
        let queue = FakeQueue(["a"])
        let worker = WorkerLoop(
            queue: queue,
            name: "test",
            concurrency: 1,
            lease: .seconds(30),
            heartbeats: Heartbeats(),
            logger: lines.logger(level: .info),
            perform: { _, _ in end }
        )
        try await run(worker) { _ = await queue.ends(1) }
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.hasPrefix(begin) == true)
        #expect(lines.all.first?.contains("job.id=a job.name=") == true)
    }

    @Test func `jobs are performed, no more than allowed at once, and end as their work says`() async throws {
        let queue = FakeQueue((0..<20).map(String.init))
        let most = Mutex((now: 0, most: 0))
        let worker = loop(queue, concurrency: 3) { job in
            most.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await Task.yield()
            most.withLock { $0.now -= 1 }
            return job.id == "7" ? .giveUp(why: "Seven.") : .finished
        }
        try await run(worker) {
            let ends = await queue.ends(20)
            #expect(ends["7"] == .giveUp(why: "Seven."))
            #expect(ends["8"] == .finished)
        }
        #expect(most.withLock { $0.most } <= 3)
    }

    @Test func `a queue that cannot be reached is tried again`() async throws {
        let queue = FakeQueue(["a"], takeFailures: 1)
        try await run(loop(queue) { _ in .finished }) {
            #expect(await queue.ends(1) == ["a": .finished])
        }
    }

    @Test func `work that ends while the process stops counts`() async throws {
        let queue = FakeQueue(["a"])
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let worker = loop(queue) { _ in
            start.yield()
            try? await gracefulShutdown()
            return .finished
        }
        try await run(worker) { for await _ in started { break } }
        #expect(await queue.ends(1) == ["a": .finished])
    }

    @Test(arguments: [JobEnd.giveBack, .tryAgain(why: "The connection was cancelled.")])
    func `work that is cut short by the end of the process is given back uncounted`(end: JobEnd) async throws {
        let queue = FakeQueue(["a"])
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let worker = loop(queue, patience: .zero) { _ in
            start.yield()
            await Self.untilCancelled()
            return end
        }
        try await run(worker) { for await _ in started { break } }
        #expect(await queue.ends(1) == ["a": .giveBack])
    }

    @Test func `work whose lease was lost is cancelled and not ended by us`() async throws {
        let queue = FakeQueue(["lost", "kept"])
        let (cancelled, cancel) = AsyncStream.makeStream(of: String.self)
        let worker = loop(queue, lease: .milliseconds(15), patience: .zero) { job in
            // Not before it has begun: one that lies unbegun is only forgotten.
            queue.lose("lost")
            await Self.untilCancelled()
            cancel.yield(job.id)
            return .finished
        }
        try await run(worker) {
            for await id in cancelled {
                #expect(id == "lost")
                break
            }
        }
        #expect(await queue.ends(1) == ["kept": .finished])
    }

    @Test func `a delivery whose lease was lost is let to its end, so that nobody has to send it again`() async throws {
        let queue = FakeQueue(["mail"], name: .deliverMessage)
        let (done, finish) = AsyncStream.makeStream(of: Bool.self)
        let worker = loop(queue, lease: .milliseconds(15), patience: .zero) { _ in
            let before = queue.renewals
            queue.lose("mail")
            // The loss was heard of when it renews once more after that.
            while queue.renewals < before + 3, !Task.isCancelled { await Task.yield() }
            finish.yield(!Task.isCancelled)
            return .finished
        }
        try await run(worker) {
            for await isWhole in done {
                #expect(isWhole)
                break
            }
        }
    }

    @Test(arguments: [JobEnd.giveBack, .tryAgain(why: "The connection was cancelled.")])
    func `work that passes its deadline is cancelled and tried again with the reason`(end: JobEnd) async throws {
        let queue = FakeQueue(["late"], deadline: .milliseconds(1))
        var worker = loop(queue) { _ in
            await Self.untilCancelled()
            return end
        }
        worker.tick = .milliseconds(5)
        try await run(worker) {
            let ends = await queue.ends(1)
            #expect(ends == ["late": .tryAgain(why: "It was not done within 1 second and was stopped.")])
        }
    }

    @Test func `work that is done although it passed its deadline counts as done`() async throws {
        let queue = FakeQueue(["late"], deadline: .milliseconds(1))
        var worker = loop(queue) { _ in
            await Self.untilCancelled()
            return .finished
        }
        worker.tick = .milliseconds(5)
        try await run(worker) { #expect(await queue.ends(1) == ["late": .finished]) }
    }

    @Test func `ends are written down while the queue could not be reached for a while`() async throws {
        let queue = FakeQueue(["a", "b"])
        let worker = loop(queue, concurrency: 1) { job in
            if job.id == "a" { queue.fail(times: 2) }
            return .finished
        }
        try await run(worker) { #expect(await queue.ends(2) == ["a": .finished, "b": .finished]) }
    }

    @Test func `jobs that were taken and not begun are given back at the end`() async throws {
        let queue = FakeQueue((0..<12).map(String.init))
        let (blocked, block) = AsyncStream.makeStream(of: Void.self)
        // Four end at once, so that more than can be worked on are taken; the others never end.
        let worker = loop(queue, concurrency: 4, patience: .zero) { job in
            if (Int(job.id) ?? 0) < 4 { return .finished }
            block.yield()
            await Self.untilCancelled()
            return .giveBack
        }
        try await run(worker) {
            var begun = 0
            for await _ in blocked {
                begun += 1
                if begun == 4 { break }
            }
        }
        let ends = await queue.ends(4 + 4)
        #expect(ends.filter { $0.value == .finished }.count == 4)
        #expect(ends.count == queue.taken, "every job that was taken has an end")
    }

    @Test func `leases are renewed while work keeps every thread of the pool busy`() async throws {
        let count = ProcessInfo.processInfo.activeProcessorCount + 2
        let queue = FakeQueue((0..<count).map(String.init))
        let worker = loop(queue, concurrency: count, lease: .milliseconds(15)) { _ in
            // Does not suspend: holds its thread until two renewals have gone by. It gives up before the suite's time
            // limit does, which needs a thread of the pool itself.
            let (seen, end) = (queue.renewals, ContinuousClock.now + .seconds(20))
            while queue.renewals < seen + 2 {
                guard .now < end else { return .giveUp(why: "Nobody renewed the leases.") }
                sched_yield()
            }
            return .finished
        }
        try await run(worker) {
            let ends = await queue.ends(count)
            #expect(ends.values.allSatisfy { $0 == .finished })
        }
    }
}

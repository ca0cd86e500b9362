import Model
import Monitoring
import Queue
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// Deliveries that are cut short, doubled or stuck.
@Suite struct DeliveryTests {
    @Test func `a second turn of a delivery that is under way sends nothing`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90", target: "50")
            let job = try #require(try await house.queue.take(limit: 1, worker: "test").first)
            let second = Recorder<JobEnd>()
            // The machine slept longer than the lease, and the job was offered again while its first turn goes on.
            house.post.whenTaken { second.record(await house.monitoring.jobs.perform(job)) }
            #expect(await house.monitoring.jobs.perform(job) == .finished)
            guard case .tryAgain? = second.values.first else {
                Issue.record("The second turn ended with \(second.values).")
                return
            }
            house.post.whenTaken(nil)
            #expect(await house.monitoring.jobs.perform(job) == .finished)
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a delivery that could not be written down is not sent again by the same process`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            let job = try #require(try await house.queue.take(limit: 1, worker: "test").first)
            let stuck = StuckDatabase(house.database)
            let process = try house.restarted(on: stuck)
            let turn = Mutex<Task<JobEnd, Never>?>(nil)
            house.post.whenTaken { stuck.fail { turn.withLock { $0 }?.cancel() } }
            let task = Task { await process.monitoring.jobs.perform(job) }
            turn.withLock { $0 = task }
            #expect(await task.value != .finished)
            #expect(house.post.messages.count == 1)

            house.post.whenTaken(nil)
            stuck.work()
            #expect(await process.monitoring.jobs.perform(job) == .finished)
            #expect(house.post.messages.count == 1)
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            #expect(channel.messages.map(\.state) == [.delivered])
        }
    }

    @Test func `a delivery that keeps ending its worker is tried again later and later, and given up in the end`()
        async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            var turns = 0
            for _ in 0..<20_000 {
                // The worker dies each time.
                turns += try await house.queue.take(limit: 10, worker: "dead").count
                house.clock.advance(by: .seconds(31))
                _ = try await house.queue.recoverStalled()
                _ = try await house.monitoring.scheduling.enqueueMessages()
                if try await states(house, watched) == [.refused] { break }
            }
            #expect(try await states(house, watched) == [.refused])
            #expect(turns < 80, "Two days are 5,500 turns of the sweep.")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            #expect(channel.channel.problem?.hasPrefix("The delivery was given up: The worker stopped") == true)
            #expect(house.post.messages.isEmpty)
        }
    }

    @Test func `a message of a channel that was removed meanwhile is sent to nobody`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first?.channel)
            try await house.monitoring.channels.remove(channel.id, as: watched.actor)
            #expect(try await house.work() == [.finished])
            #expect(house.post.messages.isEmpty)
            house.clock.advance(by: .minutes(5))
            #expect(try await house.monitoring.scheduling.enqueueMessages() == 0)
        }
    }

    @Test func `a channel removed while a message is on its way loses nothing else`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first?.channel)
            house.post.whenTaken {
                do {
                    try await house.monitoring.channels.remove(channel.id, as: watched.actor)
                } catch {
                    Issue.record(error)
                }
            }
            #expect(try await house.work() == [.finished])
            #expect(house.post.messages.count == 1)
        }
    }

    private func states(_ house: House, _ watched: House.Watched) async throws -> [OutboxMessage.State] {
        try await house.monitoring.channels.channels(as: watched.actor).flatMap(\.messages).map(\.state)
    }
}

/// A database that can't be written for a while: the disk is full.
private final class StuckDatabase: Database {
    private let database: any Database
    private let hook = Mutex<(@Sendable () -> Void)?>(nil)

    init(_ database: any Database) { self.database = database }

    var engine: Engine { database.engine }

    /// From now on no transaction works; `then` is called when one was asked for.
    func fail(then: @escaping @Sendable () -> Void) { hook.withLock { $0 = then } }
    func work() { hook.withLock { $0 = nil } }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read(work)
    }

    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        if let hook = hook.withLock({ $0 }) {
            hook()
            throw SQLError.statement("COMMIT", code: "13", message: "database or disk is full")
        }
        return try await database.transaction(isolation, work)
    }

    func close() async {}
}

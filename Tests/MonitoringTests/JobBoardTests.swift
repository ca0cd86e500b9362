import Model
import Monitoring
import Queue
import SQL
import Store
import TestSupport
import Testing

/// What a person sets right in the queue has the effect that the page promises.
@Suite(.timeLimit(.minutes(20)))
struct JobBoardTests {
    /// A delivery that was refused for good, whose receiver is well again by now.
    private static func refused(_ house: House) async throws -> (watched: House.Watched, job: String) {
        house.post.answer(with: 404)
        let watched = try await house.watched(price: "49.90", target: "50")
        try await house.work()
        #expect(house.post.messages == [])
        house.post.answer(with: 200)
        let failed = try await house.monitoring.board.page(.failed, number: 1, as: watched.actor).jobs
        return (watched, try #require(failed.first?.id))
    }

    private static func message(_ house: House, _ actor: Actor) async throws -> OutboxMessage {
        try #require(try await house.monitoring.channels.channels(as: actor).first?.messages.first)
    }

    @Test func `a refused delivery that is tried again is delivered`() async throws {
        try await House.with { house in
            let (watched, job) = try await Self.refused(house)
            try await house.monitoring.board.retry(job, as: watched.actor)
            #expect(try await Self.message(house, watched.actor).state == .pending)
            #expect(try await house.work() == [.finished])
            #expect(house.post.messages.count == 1)
            #expect(try await Self.message(house, watched.actor).state == .delivered)
        }
    }

    @Test func `a refused delivery whose job another program lets start over is delivered`() async throws {
        try await House.with { house in
            let (watched, job) = try await Self.refused(house)
            #expect(try await house.queue.retry(job))
            #expect(try await house.work() == [.finished])
            #expect(house.post.messages.count == 1)
            #expect(try await Self.message(house, watched.actor).state == .delivered)
        }
    }

    @Test func `a delivery that has nothing to deliver is not tried again, with the reason`() async throws {
        try await House.with { house in
            let (watched, job) = try await Self.refused(house)
            let message = try await Self.message(house, watched.actor)
            try await house.database.transaction { connection in
                _ = try connection.offerAgain(message.id)
                try connection.recordAttempt(
                    of: message.id,
                    state: .delivered,
                    delivered: house.clock.now,
                    problem: nil
                )
            }
            await #expect(throws: RequestError.self) {
                try await house.monitoring.board.retry(job, as: watched.actor)
            }
            #expect(try await house.queue.failures(of: [job]).count == 1)
            // Another program does not ask.
            #expect(try await house.queue.retry(job))
            let taken = try #require(try await house.queue.take(limit: 1, worker: "test").first)
            let notes = JobNotes()
            #expect(await house.monitoring.jobs.perform(taken, notes: notes) == .finished)
            #expect(notes.skipped == "The message was delivered before.")
            #expect(house.post.messages == [])
        }
    }

    @Test(arguments: [true, false])
    func `a removed delivery is not made again, and its channel says who did it`(isFailed: Bool) async throws {
        try await House.with { house in
            let (watched, job): (House.Watched, String)
            if isFailed {
                (watched, job) = try await Self.refused(house)
                let message = try await Self.message(house, watched.actor)
                // Given up by the queue alone, as when its worker died again and again.
                try await house.database.transaction { _ = try $0.offerAgain(message.id) }
            } else {
                watched = try await house.watched(price: "49.90", target: "50")
                job = try #require(
                    try await house.monitoring.board.page(.waiting, number: 1, as: watched.actor).jobs.first?.id
                )
            }
            #expect(try await house.monitoring.board.remove(job, as: watched.actor) == .withdrawn)
            house.clock.advance(by: .minutes(10))
            _ = try await house.monitoring.scheduling.enqueueMessages()
            try await house.work()
            #expect(house.post.messages == [])
            let message = try await Self.message(house, watched.actor)
            #expect(message.state == .refused)
            #expect(message.problem == "A person removed it from the queue.")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            try await house.monitoring.channels.sendAgain(message.id, on: channel.channel.id, as: watched.actor)
            try await house.work()
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `a check that was given up and written down is made anew when it is tried again`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", channel: false)
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            let taken = try #require(try await house.queue.take(limit: 1, worker: "test").first)
            try await house.queue.finish(taken, .giveUp(why: "The disk was full."))
            house.clock.advance(by: .minutes(11))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            #expect(try await house.detail(watched).listings[0].listing.lastOutcome == .refused)
            try await house.monitoring.board.retry(taken.id, as: watched.actor)
            #expect(try await house.queue.counts().failed == 0)
            try await house.work()
            #expect(try await house.detail(watched).listings[0].listing.lastOutcome == .ok)
        }
    }

    @Test func `a removed check that is still due is made by another job`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", channel: false)
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            let board = house.monitoring.board
            let job = try #require(try await board.page(.waiting, number: 1, as: watched.actor).jobs.first?.id)
            #expect(try await board.remove(job, as: watched.actor) == .comesAgain)
            #expect(try await house.queue.counts().waiting == 0)
            try await house.check(after: .minutes(10))
            #expect(try await house.detail(watched).listings[0].checks.count == 2)
        }
    }

    @Test func `others see and change nothing of it, but count it`() async throws {
        try await House.with { house in
            let (watched, job) = try await Self.refused(house)
            let other = try await house.person("grace")
            let board = house.monitoring.board
            try await house.queue.add([NewJob(id: "tea", name: "make-tea", payload: "{}")])
            let failed = try await board.page(.failed, number: 1, as: other)
            #expect(failed.jobs == [])
            #expect(failed.others == 1)
            #expect(failed.counts[.failed] == 1)
            #expect(try await board.page(.waiting, number: 1, as: other).jobs.map(\.id) == ["tea"])
            await #expect(throws: RequestError.self) { try await board.retry(job, as: other) }
            await #expect(throws: RequestError.self) { try await board.remove(job, as: other) }
            #expect(try await board.page(.failed, number: 1, as: watched.actor).jobs.map(\.id) == [job])
            #expect(try await board.remove("tea", as: other) == .forGood)
        }
    }

    @Test func `who may only read changes nothing`() async throws {
        try await House.with { house in
            let (watched, job) = try await Self.refused(house)
            let reader = Actor(account: watched.actor.account, rights: .read)
            let board = house.monitoring.board
            await #expect(throws: RequestError.self) { try await board.retry(job, as: reader) }
            await #expect(throws: RequestError.self) { try await board.remove(job, as: reader) }
            await #expect(throws: RequestError.self) { try await board.pause(as: reader) }
            try await board.pause(as: watched.actor)
            await #expect(throws: RequestError.self) { try await board.resume(as: reader) }
            #expect(try await house.queue.pausedSince() != nil)
            try await board.resume(as: watched.actor)
            #expect(try await house.queue.pausedSince() == nil)
        }
    }

    @Test func `a schedule says when it comes next, also while that waits, and when it never does`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            let start = house.clock.now
            let template = NewJob(id: "", name: "make-tea", payload: "{}")
            try await house.queue.upsert(
                JobScheduler(id: "tea", rhythm: .every(.minutes(5)), template: template, limit: 1)
            )
            func next() async throws -> [Timestamp?] {
                try await house.monitoring.board.page(.waiting, number: 1, as: actor).schedules.map(\.next)
            }
            house.clock.advance(by: .minutes(1))
            #expect(try await next() == [start])
            try await house.work()
            #expect(try await next() == [nil])
        }
    }
}

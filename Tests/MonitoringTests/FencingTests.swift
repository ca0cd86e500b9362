import Model
import Monitoring
import Queue
import SQL
import Store
import TestSupport
import Testing

/// A scheduler that was frozen while it worked, replaced, and goes on where it was.
@Suite(.timeLimit(.minutes(20)))
struct FencingTests {
    /// The term of one that was replaced, and that of the one which leads now.
    private static func terms(_ house: House) async throws -> (old: LeaderTerm, new: LeaderTerm) {
        func leadership(_ holder: String) -> Leadership {
            Leadership(part: "scheduler", holder: holder, database: house.database, lease: .hours(1)) { _ in false }
        }
        let (frozen, next) = (leadership("frozen"), leadership("next"))
        _ = try await frozen.renew()
        let old = try #require(frozen.term)
        try await house.database.transaction(.locking) { _ = try $0.run("UPDATE leadership SET until_at = 0") }
        _ = try await next.renew()
        return (old, try #require(next.term))
    }

    @Test func `it offers no job again`() async throws {
        try await House.with { house in
            let (old, new) = try await Self.terms(house)
            try await house.queue.add([NewJob(id: "held", name: .checkPrice, payload: "{}")])
            _ = try await house.queue.take(limit: 1, worker: "dead")
            house.clock.advance(by: .minutes(5))
            await #expect(throws: LostLeadership.self) {
                try await house.queue.fenced(by: old.fence(house.database)).recoverStalled()
            }
            #expect(try await house.queue.counts().active == 1)
            #expect(try await house.queue.fenced(by: new.fence(house.database)).recoverStalled() == 1)
        }
    }

    @Test func `it does not change the schedule of maintenance`() async throws {
        try await House.with { house in
            let (old, new) = try await Self.terms(house)
            await #expect(throws: LostLeadership.self) {
                try await Maintenance.keep(in: house.queue.fenced(by: old.fence(house.database)))
            }
            #expect(try await house.queue.schedulers() == [])
            try await Maintenance.keep(in: house.queue.fenced(by: new.fence(house.database)))
            #expect(try await house.queue.schedulers().map(\.scheduler.id) == ["tidy"])
        }
    }

    @Test func `it changes neither when reports come nor the queue's schedule of them`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let entry = DigestEntry(
                isOn: true,
                rhythm: "daily",
                time: "09:00",
                weekday: "",
                pattern: "",
                zone: "UTC",
                channels: nil
            )
            try await house.monitoring.digests.change(entry, as: watched.actor)
            let (old, new) = try await Self.terms(house)
            func next() async throws -> Timestamp? {
                try await house.monitoring.digests.detail(as: watched.actor).digest.next
            }
            let right = try await next()
            await #expect(throws: LostLeadership.self) { try await house.monitoring.digestTurns.keep(in: old) }
            #expect(try await house.queue.schedulers() == [])
            // As after the clock was set back: this is put right first.
            let (far, owner) = (house.clock.now + .days(400), watched.actor.account)
            try await house.database.transaction(.locking) { try $0.setNext(far, ofDigestOf: owner) }
            await #expect(throws: LostLeadership.self) { try await house.monitoring.digestTurns.keep(in: old) }
            #expect(try await next() == far)
            #expect(try await house.queue.schedulers() == [])
            try await house.monitoring.digestTurns.keep(in: new)
            #expect(try await next() == right)
            #expect(try await house.queue.schedulers().count == 1)
        }
    }
}

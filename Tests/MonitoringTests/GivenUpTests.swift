import Model
import Monitoring
import Queue
import TestSupport
import Testing

/// Checks that never come to an end.
@Suite struct GivenUpTests {
    @Test func `a listing whose check kills its worker shows it and is looked at less often`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            var kills = 0
            for _ in 0..<60 {
                kills += try await house.queue.take(limit: 10, worker: "dead").count
                house.clock.advance(by: .seconds(31))
                _ = try await house.queue.recoverStalled()
                _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
            }
            let listing = try await house.detail(watched).listings[0]
            #expect(listing.listing.lastOutcome == .refused)
            let note = listing.listing.lastNote ?? ""
            #expect(note.hasPrefix("The check itself failed: The worker stopped answering"), "\(note)")
            #expect(listing.listing.failures == 1)
            #expect(listing.listing.due - (listing.listing.lastCheck ?? house.clock.now) == .hours(1))
            #expect(listing.checks.map(\.outcome) == [.refused, .ok])
            #expect(kills < 8)
        }
    }

    @Test(arguments: ["It took longer than 5 minutes.", "The database can't be written: the disk is full."])
    func `a check that was given up shows why, is told as failing, and works again`(why: String) async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            for _ in 0..<40 {
                house.clock.advance(by: .minutes(11))
                _ = try await house.monitoring.scheduling.enqueueDue(limit: 10)
                for job in try await house.queue.take(limit: 10, worker: "test") where job.name == .checkPrice {
                    try await house.queue.finish(job, .giveUp(why: why))
                }
                _ = try await house.monitoring.failures.tell()
            }
            let listing = try await house.detail(watched).listings[0].listing
            #expect(listing.lastNote == "The check itself failed: \(why)")
            #expect(listing.failing?.state == .told)
            try await house.check(after: .days(1))
            try await house.check(after: .minutes(11))
            try await house.tell()
            #expect(try await house.detail(watched).listings[0].listing.lastOutcome == .ok)
            #expect(house.post.subjects.last == "Desk lamp can be checked again")
        }
    }
}

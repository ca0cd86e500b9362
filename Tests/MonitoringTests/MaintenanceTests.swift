import Model
import Monitoring
import Queue
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct MaintenanceTests {
    @Test func `maintenance comes each hour as a job and removes old lines of the check log`() async throws {
        var settings = MonitoringSettings()
        settings.keepChecks = .days(30)
        try await House.with(settings: settings) { house in
            let watched = try await house.watched(price: "49.90")
            try await Maintenance.keep(in: house.queue)
            try await house.check(after: .hours(7))
            #expect(try await house.detail(watched).listings[0].checks.count == 2)
            house.clock.advance(by: .days(31))
            try await house.work()
            #expect(try await house.detail(watched).listings[0].checks.count == 0)
            let kept = try await house.queue.schedulers()
            #expect(kept.map(\.scheduler.id) == ["tidy"])
            #expect(kept.allSatisfy { $0.next > house.clock.now })
        }
    }

    @Test func `what was changed or taken away comes back, and what is as it should be is left alone`() async throws {
        try await House.with { house in
            try await Maintenance.keep(in: house.queue)
            let begun = try await house.queue.schedulers()
            house.clock.advance(by: .minutes(1))
            try await Maintenance.keep(in: house.queue)
            #expect(try await house.queue.schedulers() == begun)

            var changed = try #require(begun.first?.scheduler)
            changed.rhythm = .every(.days(1))
            try await house.queue.upsert(changed)
            try await Maintenance.keep(in: house.queue)
            #expect(try await house.queue.schedulers().map(\.scheduler) == begun.map(\.scheduler))
            try await house.queue.removeScheduler("tidy")
            try await Maintenance.keep(in: house.queue)
            #expect(try await house.queue.schedulers().map(\.scheduler) == begun.map(\.scheduler))
        }
    }
}

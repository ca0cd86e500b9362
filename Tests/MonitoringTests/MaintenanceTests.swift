import Model
import Monitoring
import Queue
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct MaintenanceTests {
    @Test func `maintenance comes each hour as a job and removes old lines of the check log`() async throws {
        var settings = MonitoringSettings()
        settings.keepChecks = .days(30)
        try await House.with(settings: settings) { house in
            let watched = try await house.watched(price: "49.90")
            for scheduler in Maintenance.schedulers { try await house.queue.upsert(scheduler) }
            try await house.check(after: .hours(7))
            #expect(try await house.detail(watched).listings[0].checks.count == 2)
            house.clock.advance(by: .days(31))
            try await house.work()
            #expect(try await house.detail(watched).listings[0].checks.count == 0)
            let kept = try await house.queue.schedulers()
            #expect(kept.map(\.scheduler) == Maintenance.schedulers)
            #expect(kept.allSatisfy { $0.next > house.clock.now })
        }
    }
}

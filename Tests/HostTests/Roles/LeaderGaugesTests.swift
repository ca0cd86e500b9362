import Model
import Monitoring
import Operations
import SQL
import Store
import TestSupport
import Testing

@testable import Host

struct LeaderGaugesTests {
    private static let rooms = [(room: StoreSchema.room, migrations: StoreSchema.migrations)]

    private static func leadership(_ database: any Database, lease: Duration) -> Leadership {
        Leadership(part: "scheduler", holder: "a", database: database, lease: lease) { _ in false }
    }

    @Test func `who leads no more shows neither that it does nor what it last knew`() async throws {
        try await TestDatabase.with(rooms: Self.rooms) { test in
            let metrics = PrometheusMetrics()
            let arrears = Arrears(metrics: metrics)
            let leadership = Self.leadership(test.database, lease: .hours(1))
            let gauges = LeaderGauges(leadership, arrears, metrics: metrics)
            func shows(_ line: String) -> Bool { metrics.text().contains(line + "\n") }
            gauges.show()
            #expect(shows("host_scheduler_leads 0"))
            _ = try await leadership.renew()
            gauges.show()
            arrears.record((.seconds(5), .seconds(6)))
            gauges.show()
            #expect(shows("host_scheduler_leads 1"))
            #expect(shows("host_due_listing_oldest_seconds 5"))
            #expect(shows("host_outbox_oldest_seconds 6"))
            try await leadership.resign()
            gauges.show()
            #expect(shows("host_scheduler_leads 0"))
            #expect(shows("host_due_listing_oldest_seconds 0"))
            #expect(shows("host_outbox_oldest_seconds 0"))
        }
    }

    @Test func `whose time is over does not show that it leads, whether or not the database answers`() async throws {
        try await TestDatabase.with(rooms: Self.rooms) { test in
            let metrics = PrometheusMetrics()
            // Over as soon as it has begun.
            let leadership = Self.leadership(test.database, lease: .nanoseconds(1))
            let change = try await leadership.renew()
            #expect(change == .won)
            LeaderGauges(leadership, Arrears(metrics: metrics), metrics: metrics).show()
            #expect(metrics.text().contains("host_scheduler_leads 0\n"))
        }
    }
}

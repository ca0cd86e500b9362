import SQL
import TestSupport
import Testing

/// Processes for each role on PostgreSQL and Redis, killed with SIGKILL one by one while they work.
@Suite(.timeLimit(.minutes(20)))
struct FleetStormTests {
    private static let roles = ["web", "worker", "worker", "scheduler", "scheduler"]

    @Test
    func `whichever process is killed, everything is checked once, and each alert is sent once`() async throws {
        let size = StormTests.isLong ? Storm.Size.wholeOfFleet : .shortOfFleet
        let storm = try await Storm(size, on: .postgresAndRedis, seed: StormTests.seed)
        try await storm.fill()
        let fleet = Fleet(Self.roles, of: storm.installation)
        let start = ContinuousClock.now
        var kills: [(role: String, active: Int)] = []
        try await fleet.run {
            try await storm.hit { number in
                let place = number % Self.roles.count
                var active = 0
                try await storm.leaveNoMailUnanswered()
                try await eventually {
                    try await storm.pace.step()
                    active = try await storm.ledger.jobs().count { $0.state == .active }
                    return active >= Storm.leastActive && fleet.kill(place) != nil
                }
                storm.door.reset()
                kills.append((Self.roles[place], active))
            }
        }
        let took = ContinuousClock.now - start
        let checks = try await storm.expectWholeHistory()
        let told = try await storm.expectEachAlertTold()
        let ids = storm.door.mails.compactMap(\.messageID)
        // None was under way when a process was killed.
        #expect(ids.count == told)
        #expect(fleet.starts == Self.roles.count + kills.count)
        // A worker has at most so many jobs in hand as it does at a time, and as many that it has not begun.
        #expect(storm.shop.visits - checks <= kills.count { $0.role == "worker" } * 64)
        print(
            """
            Fleet storm: \(checks) checks of \(size.listings) listings in \(storm.shop.visits) visits, \
            killed \(kills.map { "\($0.role) (\($0.active) active)" }.joined(separator: ", ")), \
            \(told) of \(storm.alerts) alerts in \(ids.count) mails, \(took.components.seconds) s.
            """
        )
    }
}

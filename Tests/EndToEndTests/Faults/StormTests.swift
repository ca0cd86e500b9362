import FoundationEssentials
import Model
import SQL
import TestSupport
import Testing

/// The real program is killed with SIGKILL while it works; `--long` does it as often as the README promises.
@Suite(.timeLimit(.minutes(20)))
struct StormTests {
    static var isLong: Bool { ProcessInfo.processInfo.environment["LONG_TESTS"] != nil }

    static var seed: UInt64 {
        ProcessInfo.processInfo.environment["STORM_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1_000_000)
    }

    @Test(arguments: Footing.allCases)
    func `killed again and again, it checks everything once, loses no alert and doubles only what was under way`(
        engine: Footing
    )
        async throws
    {
        let storm = try await Storm(Self.isLong ? .whole : .short, on: engine, seed: Self.seed)
        print("Storm on \(engine): seed \(storm.seed) (STORM_SEED repeats it)")
        try await storm.fill()
        let start = ContinuousClock.now
        let kills = try await storm.rage()
        let took = ContinuousClock.now - start

        #expect(kills.count == storm.size.kills)
        #expect(kills.count(where: \.isForced) == storm.size.forced)
        #expect(kills.allSatisfy { $0.active >= Storm.leastActive })

        let checks = try await storm.expectWholeHistory()
        let ids = storm.door.mails.compactMap(\.messageID)
        let copies = ids.count - Set(ids).count
        #expect(ids.count == storm.door.mails.count)
        #expect(Set(ids).count == storm.alerts)
        #expect(copies <= storm.size.forced)
        #expect(Dictionary(grouping: ids, by: \.self).values.allSatisfy { $0.count <= 1 + storm.size.forced })
        print(
            """
            Storm on \(engine): \(checks) checks of \(storm.size.listings) listings in \(storm.shop.visits) visits, \
            \(kills.count) kills (\(storm.size.forced) between a mail's writing and its answer) \
            with \(kills.map { "\($0.active)" }.joined(separator: ", ")) jobs active, \
            \(storm.alerts) alerts in \(ids.count) mails, \(copies) extra copies, \
            \(took.components.seconds) s.
            """
        )
    }
}

extension Storm {
    /// Every check is written down once and has left its run of history, every alert is delivered; says how many checks.
    func expectWholeHistory() async throws -> Int {
        let whole = StormShop.prices.map { Ledger.Run(minor: $0, checks: 1, standing: "accepted") }
        let (histories, checks, outcomes, integrity, messages) = try await ledger.look { connection in
            (
                try connection.histories(),
                try connection.number("SELECT COUNT(*) AS n FROM check_log"),
                try connection.rows("SELECT DISTINCT outcome FROM check_log").map { try $0.text("outcome") },
                try connection.engine == .sqlite
                    ? connection.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") } : ["ok"],
                try connection.number("SELECT COUNT(*) AS n FROM message WHERE state = 'delivered'")
            )
        }
        #expect(checks == size.checks)
        #expect(outcomes == ["ok"])
        #expect(histories.count == size.listings)
        let broken = histories.filter { $0.value != whole }
        #expect(broken.isEmpty)
        #expect(integrity == ["ok"])
        #expect(messages == alerts)
        return checks
    }
}

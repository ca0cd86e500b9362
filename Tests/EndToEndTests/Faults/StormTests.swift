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
        let told = try await storm.expectEachAlertTold(unanswered: storm.size.forced)
        let ids = storm.door.mails.compactMap(\.messageID)
        let copies = ids.count - Set(ids).count
        #expect(ids.count == storm.door.mails.count)
        #expect(copies <= storm.size.forced)
        #expect(Dictionary(grouping: ids, by: \.self).values.allSatisfy { $0.count <= 1 + storm.size.forced })
        print(
            """
            Storm on \(engine): \(checks) checks of \(storm.size.listings) listings in \(storm.shop.visits) visits, \
            \(kills.count) kills (\(storm.size.forced) between a mail's writing and its answer) \
            with \(kills.map { "\($0.active)" }.joined(separator: ", ")) jobs active, \
            \(told) of \(storm.alerts) alerts in \(ids.count) mails, \(copies) extra copies, \
            \(took.components.seconds) s.
            """
        )
    }
}

extension Storm {
    /// Every check is written down once and has left its run of history; says how many checks.
    func expectWholeHistory() async throws -> Int {
        let whole = StormShop.prices.map { Ledger.Run(minor: $0, checks: 1, standing: "accepted") }
        let (histories, checks, outcomes, integrity) = try await ledger.look { connection in
            (
                try connection.histories(),
                try connection.number("SELECT COUNT(*) AS n FROM check_log"),
                try connection.rows("SELECT DISTINCT outcome FROM check_log").map { try $0.text("outcome") },
                try connection.engine == .sqlite
                    ? connection.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") } : ["ok"]
            )
        }
        #expect(checks == size.checks)
        #expect(outcomes == ["ok"])
        #expect(histories.count == size.listings)
        let broken = histories.filter { $0.value != whole }
        #expect(broken.isEmpty)
        #expect(integrity == ["ok"])
        return checks
    }

    /// Every alert was delivered, or withdrawn after its price had moved on; says how many were delivered.
    ///
    /// `unanswered` of the mails may have come though nothing knows that they did.
    func expectEachAlertTold(unanswered: Int = 0) async throws -> Int {
        let patient = (0..<size.listings).filter(StormShop.isPatient).map { "\(Ledger.prefix)\($0)" }
        let (delivered, lost, withdrawn, hasty) = try await ledger.look { connection in
            (
                try connection.number("SELECT COUNT(*) AS n FROM message WHERE state = 'delivered'"),
                try connection.number(
                    """
                    SELECT COUNT(*) AS n FROM message JOIN listing ON listing.product_id = message.product_id
                     WHERE message.state <> 'delivered' AND listing.id IN \(list: patient)
                    """
                ),
                try connection.number("SELECT COUNT(*) AS n FROM message WHERE withdrawn_at IS NOT NULL"),
                try connection.number(
                    """
                    SELECT COUNT(*) AS n FROM message WHERE withdrawn_at IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM listing JOIN history_run ON history_run.listing_id = listing.id
                         WHERE listing.product_id = message.product_id
                           AND history_run.from_at >= message.created_at
                           AND history_run.from_at <= message.withdrawn_at
                    )
                    """
                )
            )
        }
        let arrived = Set(door.mails.compactMap(\.messageID)).count
        #expect(delivered + withdrawn == alerts)
        #expect(lost == 0)
        #expect(hasty == 0)
        #expect(delivered >= patient.count * 2)
        #expect((delivered...delivered + unanswered).contains(arrived))
        return delivered
    }
}

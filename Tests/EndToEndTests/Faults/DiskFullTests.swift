import FoundationEssentials
import Glibc
import SQL
import Subprocess
import TestSupport
import Testing

/// The data folder on a small file system of its own that gets full, and has space again.
@Suite(.enabled(if: geteuid() == 0, "Only root can mount a small disk."), .timeLimit(.minutes(20)))
struct DiskFullTests {
    @Test
    func `a full disk is told, harms nothing, and when there is space again the work goes on by itself`() async throws {
        let (held, door) = (try HeldShop(), try MailDoor())
        let installation = try Installation(Household.settings(mail: door.port))
        let disk = try SmallDisk(at: "\(installation.folder)/data")
        defer { withExtendedLifetime(disk) {} }
        let (count, ledger) = (8, Ledger(installation))
        let (_, status) = try await installation.runUntilEnded { program, process in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            try await ledger.watch((0..<count).map { (held.address(of: $0), 4200) })
            _ = await held.server.requests(count)
            try disk.fill()
            held.gate.open()

            let visitor = home.visitor
            try await eventually { process.log.lines.contains { $0.contains("no room left on the disk") } }
            try await eventually { try await visitor.open("/ready").status == 503 }
            #expect(try await visitor.open("/ready").html.contains("no room left on the disk"))

            disk.free()
            try await eventually { try await visitor.open("/ready").status == 200 }
            try await eventually {
                let delivered = try await ledger.look {
                    try $0.number("SELECT COUNT(*) AS n FROM message WHERE state = 'delivered'")
                }
                guard delivered == count else { return false }
                return try await ledger.jobs().isEmpty
            }
            process.send(SIGTERM)
        }
        #expect(status == .exited(0))
        #expect(Set(door.mails.compactMap(\.messageID)).count == count)
        let (integrity, histories) = try await ledger.look { connection in
            (
                try connection.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") },
                try connection.histories()
            )
        }
        #expect(integrity == ["ok"])
        let whole = [Ledger.Run(minor: 4200, checks: 1, standing: "accepted")]
        #expect(histories.values.map(\.self) == Array(repeating: whole, count: count))
    }
}

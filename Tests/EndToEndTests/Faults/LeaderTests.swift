import Glibc
import SQL
import TestSupport
import Testing

/// Two schedulers: one acts, and the other one when it is lost.
@Suite(.timeLimit(.minutes(20)))
struct LeaderTests {
    private static let acts = "This process acts as scheduler."

    /// Stops a process between two of its transactions.
    ///
    /// Within one it would keep SQLite's only pen, and no other process could write.
    private static func freeze(_ program: LiveProcess, _ ledger: Ledger) async throws {
        for _ in 0..<5 {
            program.send(SIGSTOP)
            do {
                return try await ledger.write { try $0.run("UPDATE account SET name = name") }
            } catch SQLError.busy {
                program.send(SIGCONT)
            }
        }
        throw Problem("The program was within a transaction whenever it was stopped.")
    }

    @Test(arguments: Footing.allCases)
    func `a scheduler that is frozen is replaced, and finds that out when it goes on`(engine: Footing) async throws {
        let (held, count) = (try HeldShop(), 12)
        held.gate.open()
        let installation = try await Installation.on(engine, Household.settings())
        let ledger = Ledger(installation)
        try await installation.run("web") { log in
            let web = RunningProgram(installation: installation, port: try await log.port(), log: log)
            _ = try await Household.moveIn(web)
            try await installation.run("worker") { _ in
                try await installation.runUntilEnded("scheduler") { first in
                    try await eventually { first.log.lines.contains { $0.contains(Self.acts) } }
                    try await installation.runUntilEnded("scheduler") { second in
                        // It is there, and does not act.
                        try await eventually { second.log.lines.contains { $0.contains("starting") } }
                        #expect(!second.log.lines.contains { $0.contains(Self.acts) })
                        try await Self.freeze(first, ledger)
                        try await ledger.watch((0..<count).map { (held.address(of: $0), nil) })
                        try await eventually { second.log.lines.contains { $0.contains(Self.acts) } }
                        first.send(SIGCONT)
                        try await eventually {
                            first.log.lines.contains { $0.contains("Another process acts as scheduler now.") }
                        }
                        try await eventually {
                            try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log") } == count
                        }
                        second.send(SIGTERM)
                        try await eventually { second.log.hasEnded }
                    }
                    // The one that ends lets the other one act at once.
                    try await eventually { first.log.lines.count { $0.contains(Self.acts) } == 2 }
                    first.send(SIGTERM)
                    try await eventually { first.log.hasEnded }
                }
                try await eventually { try await ledger.jobs().isEmpty }
            }
        }
        // Each once: what the frozen one began was refused.
        #expect(
            try await ledger.look { try $0.recordedChecks() }.values.map(\.self) == Array(repeating: 1, count: count)
        )
    }
}

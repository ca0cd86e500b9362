import SQL
import TestSupport
import Testing

/// The server of the database is away for longer than anybody at a page wants to wait.
@Suite(.timeLimit(.minutes(20)))
struct ServerAwayTests {
    enum Absence: CaseIterable {
        case stopped, frozen
    }

    @Test func `pages say so while others still wait, and the work goes on by itself when it is back`() async throws {
        let shop = try HeldShop()
        shop.gate.open()
        try await PrivatePostgres.with { server in
            let installation = try Installation(Household.settings(), databaseURL: server.url())
            let ledger = Ledger(installation)
            try await installation.run { program in
                let home = try await Household.moveIn(program)
                try await server.stop()
                for _ in 0..<2 {
                    let page = try await home.visitor.open("/")
                    #expect(page.status == 503)
                    #expect(page.words.contains("The database server cannot be reached, so nothing was done."))
                }
                // The loops have more patience than people, and none of it is over.
                #expect(!program.log.lines.contains { $0.contains("at the moment; trying again") })
                #expect(try await home.visitor.open("/ready").status == 503)
                #expect(try await home.visitor.open("/health").status == 200)
                try await server.start()
                try await ledger.watch([(shop.address(of: 0), nil)])
                try await eventually {
                    try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log") } == 1
                }
                try await eventually { try await home.visitor.open("/").status == 200 }
            }
        }
    }

    @Test(arguments: Absence.allCases)
    func `told to end meanwhile, the program ends in order`(absence: Absence) async throws {
        try await PrivatePostgres.with { server in
            let installation = try Installation(Household.settings(), databaseURL: server.url())
            let log = try await installation.run { program in
                let home = try await Household.moveIn(program)
                switch absence {
                case .stopped: try await server.stop()
                case .frozen: try server.freeze()
                }
                // What it asks the server goes on after its own answer.
                #expect(try await home.visitor.open("/ready").status == 503)
                return program.log
            }
            #expect(!log.lines.contains { $0.contains("did not end in time") }, "\(log.lines)")
        }
    }
}

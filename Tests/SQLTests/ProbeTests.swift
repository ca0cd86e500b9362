import SQL
import TestSupport
import Testing

/// Trouble that begins and ends while the program runs.
@Suite(.timeLimit(.minutes(20)))
struct ProbeTests {
    @Test func `a lock shows until it is gone, and reading goes on meanwhile`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(3)
            try await folder.withDatabase { other in
                try await folder.withDatabase(busyTimeout: .milliseconds(5)) { database in
                    try await database.probe()
                    let turns = Turns()
                    async let locking: Void = other.transaction { connection in
                        turns.reached("locked")
                        turns.wait(for: "seen")
                        try connection.addPears(1)
                    }
                    await turns.asyncWait(for: "locked")
                    for work in [{ try await database.transaction { try $0.addPears(1) } }, database.probe] {
                        let error = await #expect(throws: SQLError.self) { try await work() }
                        guard case .busy = error else {
                            Issue.record("\(String(describing: error))")
                            break
                        }
                    }
                    #expect(try await database.pears() == 3)
                    turns.reached("seen")
                    try await locking
                    try await database.probe()
                    #expect(try await database.pears() == 4)
                }
            }
        }
    }

    /// SQLite answers a limit on the file as it answers a full disk.
    @Test func `a full disk takes one transaction whole, not those before it, and is over when there is room`()
        async throws
    {
        try await TestFolder.with { folder in
            try await folder.makePears(3)
            try await folder.withDatabase { database in
                let limit = try await database.transaction { connection in
                    let pages = try connection.row("PRAGMA page_count")?.int("page_count") ?? 0
                    return try connection.row(Statement(stringLiteral: "PRAGMA max_page_count = \(pages + 2)"))
                }
                #expect(limit != nil)
                try await database.transaction { try $0.addPears(1) }
                let error = await #expect(throws: SQLError.self) {
                    try await database.transaction { try $0.addPears(500) }
                }
                guard case .full(let why) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(why.contains(folder.database) && why.contains("make room"))
                #expect(try await database.pears() == 4)
                _ = try await database.transaction { try $0.row("PRAGMA max_page_count = 1000000") }
                try await database.transaction { try $0.addPears(500) }
                #expect(try await database.pears() == 504)
            }
        }
    }

    @Test func `a file that was replaced under the program is not written any more`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(3)
            try await folder.withDatabase { database in
                try await database.transaction { try $0.addPears(1) }
                try folder.move("prices.sqlite", to: "away.sqlite")
                let error = await #expect(throws: SQLError.self) {
                    try await database.transaction { try $0.addPears(1) }
                }
                guard case .unusable(let why) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(why.contains("moved, removed or replaced"))
                await #expect(throws: SQLError.self) { try await database.probe() }
            }
        }
    }
}

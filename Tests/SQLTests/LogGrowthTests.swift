import FoundationEssentials
import SQL
import TestSupport
import Testing

/// SQLite's log begins anew only in a moment in which nobody reads from it.
@Suite(.timeLimit(.minutes(2)))
struct LogGrowthTests {
    private static let limit = 16 << 20

    /// Readers that overlap, so that there is no such moment by itself.
    @Test func `the log stays short under readers that never pause together`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            try await folder.withDatabase { database in
                let writing = Flag()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<3 {
                        group.addTask {
                            while writing.isOn {
                                _ = try await database.read { try $0.rows("SELECT id FROM pear LIMIT 9") }
                            }
                        }
                    }
                    var longest = 0
                    for _ in 0..<50 {
                        try await database.transaction { try $0.addPears(2000) }
                        longest = max(longest, try folder.logSize)
                    }
                    writing.isOn = false
                    try await group.waitForAll()
                    // 50 times 1.3 MB were written: a log that is never emptied holds 65 MB.
                    #expect(longest < 2 * Self.limit)
                }
            }
        }
    }

    @Test func `a log that grew under a long reader is emptied once that is gone`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            try await folder.withDatabase { database in
                let turns = Turns()
                async let reading: Int = database.read { connection in
                    let before = try connection.row("SELECT COUNT(*) AS pears FROM pear")?.int("pears") ?? -1
                    turns.reached("reading")
                    turns.wait(for: "grown")
                    return before
                }
                await turns.asyncWait(for: "reading")
                for _ in 0..<30 { try await database.transaction { try $0.addPears(2000) } }
                let grown = try folder.logSize
                #expect(grown > Self.limit + (8 << 20))
                turns.reached("grown")
                #expect(try await reading == 1)
                // Tried again when the log has grown by 4 MB.
                for _ in 0..<8 { try await database.transaction { try $0.addPears(2000) } }
                #expect(try folder.logSize < Self.limit)
                #expect(try await database.pears() == 1 + 38 * 2000)
            }
        }
    }

    @Test func `maintenance empties the log, and a closed database has none`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            try await folder.withDatabase { database in
                try await database.transaction { try $0.addPears(100) }
                #expect(try folder.logSize > 0)
                try await database.maintain()
                #expect(try folder.logSize == 0)
                #expect(try await database.pears() == 101)
            }
            #expect(try folder.names == ["prices.sqlite", "prices.sqlite.lock"])
        }
    }
}

extension TestFolder {
    fileprivate var logSize: Int {
        get throws { try FileManager.default.attributesOfItem(atPath: database + "-wal")[.size] as? Int ?? 0 }
    }
}

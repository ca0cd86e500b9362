import FoundationEssentials
import SQL
import TestSupport
import Testing

/// SQLite's log begins anew only in a moment in which nobody reads from it.
@Suite(.timeLimit(.minutes(20)))
struct LogGrowthTests {
    private static let limit = 16 << 20

    /// Each ends only when the next one has begun, so that there is no such moment by itself.
    @Test func `the log stays short although at every moment somebody reads`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            try await folder.withDatabase { database in
                let (writing, turns) = (Flag(), Turns())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await readInRelay(database, turns, while: writing)
                    }
                    await turns.asyncWait(for: "reading")
                    var longest = 0
                    for _ in 0..<40 {
                        try await database.transaction { try $0.addPears(2000) }
                        longest = max(longest, try folder.logSize)
                    }
                    writing.isOn = false
                    try await group.waitForAll()
                    // 40 times 1.3 MB were written: a log that is never emptied holds 52 MB.
                    #expect(longest < 2 * Self.limit)
                }
            }
        }
    }

    private func readInRelay(_ database: SQLiteDatabase, _ turns: Turns, while writing: Flag) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var count = 0
            while writing.isOn {
                let number = count
                group.addTask {
                    try await database.read { connection in
                        _ = try connection.rows("SELECT id FROM pear LIMIT 9")
                        turns.reached("\(number) reads")
                        turns.wait(for: "\(number) may end")
                    }
                }
                await turns.asyncWait(for: "\(number) reads")
                turns.reached(number == 0 ? "reading" : "\(number - 1) may end")
                count += 1
                // Whoever has ended needs no memory any more.
                if number > 0 { try await group.next() }
            }
            turns.reached("\(count - 1) may end")
            try await group.waitForAll()
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
            #expect(try folder.logSize == 0)
        }
    }
}

extension TestFolder {
    fileprivate var logSize: Int {
        get throws {
            guard FileManager.default.fileExists(atPath: database + "-wal") else { return 0 }
            return try FileManager.default.attributesOfItem(atPath: database + "-wal")[.size] as? Int ?? 0
        }
    }
}

import FoundationEssentials
import SQL
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that are not what they should be when the program opens them.
@Suite(.timeLimit(.minutes(20)))
struct DamageTests {
    enum Fault: CaseIterable {
        case empty, noDatabase, headOnly, cutOff, scratched
    }

    @Test(arguments: Fault.allCases)
    func `a damaged file is refused by name and left as it is`(fault: Fault) async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(400)
            let whole = try folder.bytes(folder.database)
            let damaged: Data
            switch fault {
            case .empty: damaged = Data()
            case .noDatabase: damaged = Data(String(repeating: "Dear Anna ", count: 1000).utf8)
            case .headOnly: damaged = whole.prefix(100)
            case .cutOff: damaged = whole.prefix(whole.count / 8192 * 4096)
            case .scratched:
                var scratched = whole
                // A page in the middle of the table: only reading all of it finds that.
                for place in (40 * 4096)..<(41 * 4096) { scratched[place] = 0xA5 }
                damaged = scratched
            }
            try folder.write(damaged, to: folder.database)
            let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: folder.database, logger: .quiet) }
            guard case .damaged(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.hasPrefix("The database “\(folder.database)” is damaged: "))
            #expect(try folder.bytes(folder.database) == damaged)
        }
    }

    @Test func `damage that shows while the program runs has its own error`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(400)
            try await folder.withDatabase { database in
                // Past SQLite, as a failing disk or a copying tool would.
                try patch(folder.database, with: Array(repeating: 0xA5, count: 4096 * 20), at: 4096 * 20)
                let error = await #expect(throws: SQLError.self) {
                    try await database.read { try $0.rows("SELECT id, weight FROM pear") }
                }
                guard case .damaged(let why) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(why.contains(folder.database))
            }
        }
    }

    @Test func `a log whose database is missing is not put into a new one`() async throws {
        try await TestFolder.with { folder in
            try folder.write("a log".utf8, to: folder.database + "-wal")
            let error = #expect(throws: SQLError.self) { try SQLiteDatabase(path: folder.database, logger: .quiet) }
            #expect(String(describing: error).contains("\(folder.database)-wal"))
            let names = try folder.names
            #expect(!names.contains("prices.sqlite"))
        }
    }

    @Test func `what a killed process left is healed without a word`() async throws {
        try await TestFolder.with { folder in
            try await folder.makePears(1)
            let copies = try await folder.withDatabase { database in
                try await database.transaction { try $0.addPears(100) }
                return (try folder.bytes(folder.database), try folder.bytes(folder.database + "-wal"))
            }
            try folder.write(copies.0, to: folder.path + "/killed.sqlite")
            // The last commit was being written.
            try folder.write(copies.1.dropLast(5000), to: folder.path + "/killed.sqlite-wal")
            #expect(try await folder.pears(in: "killed.sqlite") == 1)
            try folder.write(copies.1, to: folder.path + "/killed.sqlite-wal")
            try folder.write(copies.0, to: folder.path + "/killed.sqlite")
            #expect(try await folder.pears(in: "killed.sqlite") == 101)
        }
    }

    @Test func `a database that is asked for but missing is not made`() async throws {
        try await TestFolder.with { folder in
            let error = #expect(throws: SQLError.self) {
                try SQLiteDatabase(path: folder.database, logger: .quiet, creates: false)
            }
            #expect(error == .open("There is no database “\(folder.database)”. Check data.folder and database.url."))
            let names = try folder.names
            #expect(!names.contains("prices.sqlite"))
        }
    }

    @Test func `a half-made database is made anew`() async throws {
        try await TestFolder.with { folder in
            try folder.write("half".utf8, to: folder.database + ".new")
            try await folder.makePears(1)
            #expect(try folder.names == ["prices.sqlite", "prices.sqlite.lock"])
        }
    }
}

/// Writes into a file in place, so that SQLite goes on holding the same one.
private func patch(_ path: String, with bytes: [UInt8], at place: Int) throws {
    guard let file = fopen(path, "r+") else { throw POSIXError(.ENOENT) }
    defer { fclose(file) }
    fseek(file, place, SEEK_SET)
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}

import FoundationEssentials
import Glibc
import SQL
import TestSupport
import Testing

/// Starts of the real program that cannot succeed: each ends with a sentence that names what is wrong, and harms nothing.
@Suite(.timeLimit(.minutes(20)))
struct StartTests {
    @Test
    func `a port that another program has is named`() async throws {
        let server = try TestServer { _ in .response(404) }
        let ended = try await Installation().attempt(port: server.port)
        #expect(!ended.isSuccess)
        #expect(ended.problems.contains("\(server.port)"), "\(ended.problems)")
        #expect(ended.problems.contains("in use"), "\(ended.problems)")
        #expect(ended.problems.contains("web.port"), "\(ended.problems)")
    }

    /// How a file can be spoilt.
    enum Spoilt: CaseIterable {
        case noDatabase, truncated, scribbled
    }

    @Test(arguments: Spoilt.allCases)
    func `a file that is no whole database is named and left as it is`(_ spoilt: Spoilt) async throws {
        let installation = try Installation()
        try await installation.run { program in _ = try await program.command("user", "invite") }
        let place = URL(filePath: installation.databasePath)
        var bytes = try Data(contentsOf: place)
        switch spoilt {
        case .noDatabase: bytes = Data("This is a letter to my aunt.\n".utf8)
        case .truncated: bytes = bytes.prefix(bytes.count / 2)
        case .scribbled: bytes.replaceSubrange(4096..<min(12288, bytes.count), with: Data(repeating: 0x5a, count: 8192))
        }
        try bytes.write(to: place)

        let ended = try await installation.attempt()
        #expect(!ended.isSuccess)
        #expect(ended.problems.contains(installation.databasePath), "\(ended.problems)")
        #expect(try Data(contentsOf: place) == bytes)
    }

    @Test
    func `a database of a newer version is refused in words and left as it is`() async throws {
        let installation = try Installation()
        try await installation.run { _ in }
        let ledger = Ledger(installation)
        try await ledger.write { connection in
            try connection.run("UPDATE schema_migration SET oldest_usable = '99.1.0' WHERE room = 'store'")
        }
        let ended = try await installation.attempt()
        #expect(!ended.isSuccess)
        #expect(ended.problems.contains("can be used by version 99.1.0 or later"), "\(ended.problems)")
        #expect(ended.problems.contains("Start a newer version, or restore a backup"), "\(ended.problems)")
        #expect(try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM account") } == 0)
    }

    @Test
    func `a file that may not be written is named`() async throws {
        let installation = try Installation()
        try await installation.run { _ in }
        // Root may write whatever its rights say, so nobody tries.
        _ = try await Command.output("chmod", ["-R", "a+rwX", installation.folder])
        _ = try await Command.output("chmod", ["a-w", installation.databasePath])
        let nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        let ended = try await installation.attempt(by: getuid() == 0 ? nobody : [])
        #expect(!ended.isSuccess)
        #expect(ended.problems.contains(installation.databasePath), "\(ended.problems)")
        #expect(ended.problems.contains("Check that this user may read and write the file"), "\(ended.problems)")
    }

    @Test
    func `a file that another program keeps locked is named`() async throws {
        let installation = try Installation()
        try await installation.run { _ in }
        let lock = try await Locksmith(installation.databasePath, whole: true)
        let ended = try await installation.attempt()
        lock.release()
        #expect(!ended.isSuccess)
        #expect(ended.problems.contains(installation.databasePath), "\(ended.problems)")
        #expect(ended.problems.contains("locked"), "\(ended.problems)")
        try await installation.run { _ in }
    }

    @Test
    func `a file that is locked while the program works only makes it wait`() async throws {
        let shop = try StormShop(seed: 1)
        let installation = try Installation(Household.settings())
        let ledger = Ledger(installation)
        try await installation.run { program in
            let home = try await Household.moveIn(program)
            let lock = try await Locksmith(installation.databasePath)
            // Reading goes on.
            #expect(try await home.visitor.open("/").status == 200)
            lock.release()
            try await ledger.watch((0..<20).map { (shop.address(of: $0), nil) })
            try await eventually {
                try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log WHERE outcome = 'ok'") }
                    == 20
            }
        }
    }

    @Test
    func `two that start at once on a new folder both work`() async throws {
        let installation = try Installation()
        async let first = installation.run { try await Visitor($0).open("/health").status }
        async let second = installation.run { try await Visitor($0).open("/health").status }
        #expect(try await [first, second] == [200, 200])
    }

    @Test(arguments: ["KILL", "TERM"], [0, 30, 60, 120, 240, 480])
    func `killed or told to end while it starts for the first time, the next start works`(
        signal: String,
        milliseconds: Int
    ) async throws {
        let installation = try Installation()
        let ended = try await installation.attempt(limit: Double(milliseconds + 1) / 1000, signal: signal)
        #expect(!ended.isSuccess)
        try await installation.run { program in
            let list = try await program.command("user", "list")
            #expect(list != "")
        }
        let integrity = try await Ledger(installation).look { connection in
            try connection.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") }
        }
        #expect(integrity == ["ok"])
    }
}

/// Another program that holds the database's lock until it is told to let go.
struct Locksmith {
    private let child: ChildProcess

    /// `whole`: nobody else may even read.
    init(_ path: String, whole: Bool = false) async throws {
        let script = """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1], isolation_level=None)
            if sys.argv[2] == "whole": base.execute("PRAGMA locking_mode = EXCLUSIVE")
            base.execute("BEGIN EXCLUSIVE")
            print("locked", flush=True)
            sys.stdin.readline()
            """
        child = try ChildProcess("/usr/bin/python3", ["-c", script, path, whole ? "whole" : "writing"])
        _ = try await child.lines(1)
    }

    func release() { child.close() }
}

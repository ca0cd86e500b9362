import FoundationEssentials
import Model
import Moving
import SQL
import Store
import TestSupport
import Testing

@testable import Host

/// `host export` and `host import`, seen from outside.
@Suite(.timeLimit(.minutes(20)))
struct MovingCommandTests {
    /// A database in which `anna` watches one page, with `runs` runs of its history.
    private func with(
        _ engine: Engine,
        runs: Int = 3,
        isEmpty: Bool = false,
        _ body: (_ place: [String], _ database: any Database) async throws -> Void
    ) async throws {
        try await TestDatabase.with(engine, rooms: Storage.rooms) { test in
            if !isEmpty { try await fill(test.database, runs: runs) }
            try await body(["--set", "database.url=\(try test.url)"], test.database)
        }
    }

    private func fill(_ database: any Database, runs: Int) async throws {
        try await database.transaction { connection in
            try connection.run(
                "INSERT INTO account (id, name, password, created_at) VALUES ('a-1', 'anna', 'hash of anna', 1)"
            )
            try connection.run(
                "INSERT INTO product (id, owner_id, name, created_at) VALUES ('p-1', 'a-1', 'Lamp', 1)"
            )
            try connection.run(
                """
                INSERT INTO listing (id, product_id, owner_id, url, interval_ms, is_paused, due_at, queued_until,
                                     created_at, failures)
                VALUES ('l-1', 'p-1', 'a-1', 'https://shop.example/lamp', 3600000, 0, 1, 0, 1, 0)
                """
            )
            try connection.run(
                """
                INSERT INTO history_run (id, listing_id, from_at, to_at, checks, price_minor, currency, availability,
                                         standing, confidence, evidence)
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(runs))
                SELECT 'r-' || n, 'l-1', n, n, 1, 1999, 'EUR', 'inStock', 'accepted', 0.9, '[]' FROM numbers
                """
            )
        }
    }

    @Test(arguments: [(Engine.sqlite, Engine.postgres), (.postgres, .sqlite)])
    func `everything moves from one engine to the other`(from: Engine, into: Engine) async throws {
        let folder = try TestFolder()
        let (first, second) = ("\(folder.path)/all.jsonl", "\(folder.path)/again.jsonl")
        try await with(from) { place, _ in
            let exported = try await RealHost.run(["export", first, "--with-secrets"] + place, in: folder.path)
            #expect(exported.code == 0, "\(exported.error)")
            #expect(exported.output.contains("is whole: 6 rows."))
        }
        try await with(into, isEmpty: true) { place, _ in
            let tried = try await RealHost.run(["import", first, "--dry-run"] + place, in: folder.path)
            #expect(tried.code == 0, "\(tried.error)")
            #expect(tried.output.contains("All of it would come over: 6 rows. Nothing was changed."))
            let imported = try await RealHost.run(["import", first] + place, in: folder.path)
            #expect(imported.code == 0, "\(imported.error)")
            #expect(imported.output.contains("they are the same"))
            _ = try await RealHost.run(["export", second, "--with-secrets"] + place, in: folder.path)
        }
        let rows = try [first, second].map { path in
            String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n")
                .dropFirst()
                .dropLast()
        }
        #expect(rows[0] == rows[1])
        #expect(rows[0].count == 6)
    }

    @Test(arguments: TestDatabase.engines)
    func `an import that was killed goes on, and until then nothing else uses its database`(
        engine: Engine
    ) async throws {
        let folder = try TestFolder()
        let file = "\(folder.path)/all.jsonl"
        try await with(engine, runs: 100_000) { place, _ in
            let exported = try await RealHost.run(["export", file, "--with-secrets"] + place, in: folder.path)
            #expect(exported.code == 0, "\(exported.error)")
        }
        try await with(engine, isEmpty: true) { place, database in
            let child = try ChildProcess("\(try RealHost.path())", ["import", file] + place)
            // The first rows are there as soon as the place of the next is known.
            let clock = ContinuousClock()
            while try await database.read({ try $0.importPosition() }) == nil {
                try await clock.sleep(for: .milliseconds(5))
            }
            child.close()
            #expect(try await database.read { try $0.importPosition() } != nil)
            for verb in [["export", "\(folder.path)/half.jsonl"], ["run", "--set", "web.port=0"]] {
                let refused = try await RealHost.run(verb + place, in: folder.path)
                #expect(refused.code == 1)
                #expect(refused.error.contains("was cut short"), "\(verb): \(refused.error)")
            }
            let imported = try await RealHost.run(["import", file] + place, in: folder.path)
            #expect(imported.code == 0, "\(imported.error)")
            #expect(imported.output.contains("Imported 100003 rows"))
            #expect(try await database.read { try $0.importPosition() } == nil)
        }
    }

    @Test func `without secrets the way back is said, and works`() async throws {
        let folder = try TestFolder()
        let file = "\(folder.path)/all.jsonl"
        try await with(.sqlite) { place, _ in
            let exported = try await RealHost.run(["export", file] + place, in: folder.path)
            #expect(exported.output.contains("--with-secrets"))
            #expect(
                !String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self).contains("hash of anna")
            )
        }
        try await with(.sqlite, isEmpty: true) { place, database in
            let imported = try await RealHost.run(["import", file] + place, in: folder.path)
            #expect(imported.output.contains("host user password NAME"))
            let before = try await database.read { try $0.credentials(name: "anna")?.password }
            #expect(before == "none")
            let short = try await RealHost.run(["user", "password", "anna"] + place, input: "short\n", in: folder.path)
            #expect(short.code == 1)
            let set = try await RealHost.run(
                ["user", "password", "Anna"] + place,
                input: "correct horse battery\n",
                in: folder.path
            )
            #expect(set.code == 0, "\(set.error)")
            #expect(!(set.output + set.error).contains("correct horse"))
            let after = try await database.read { try $0.credentials(name: "anna")?.password }
            #expect(after?.hasPrefix("scrypt$") == true)
            let unknown = try await RealHost.run(
                ["user", "password", "eve"] + place,
                input: "correct horse battery\n",
                in: folder.path
            )
            #expect(unknown.code == 1)
        }
    }

    @Test func `a list comes over after a dry run has said what will, and is added once`() async throws {
        let folder = try TestFolder()
        let template = try await RealHost.run(["import", "--csv-template"], in: folder.path)
        let rows = (0..<30).map { "ftp://shop.example/\($0),,,,,," }
        try folder.write("list.csv", template.output + rows.joined(separator: "\n"))
        try await with(.sqlite) { place, database in
            let command = ["import", "\(folder.path)/list.csv", "--currency", "EUR"] + place
            let tried = try await RealHost.run(command + ["--dry-run"], in: folder.path)
            #expect(tried.code == 0, "\(tried.error)")
            for words in ["these would come over", "products             1", "It is watched already.", "and 10 more"] {
                #expect(tried.output.contains(words), "\(words): \(tried.output)")
            }
            #expect(try await database.read { try $0.accounts().count } == 1)
            let imported = try await RealHost.run(command, in: folder.path)
            #expect(imported.code == 0, "\(imported.error)")
            let again = try await RealHost.run(command, in: folder.path)
            #expect(again.output.contains("products             0"), "\(again.output)")
        }
    }

    @Test func `the original system's database is imported from its address, which need not be in the command`()
        async throws
    {
        let folder = try TestFolder()
        try await TestDatabase.with(.postgres) { original in
            try await original.database.transaction { connection in
                for statement in Self.original { try connection.run(Statement(stringLiteral: statement)) }
            }
            let address = try original.url
            try await with(.sqlite) { place, database in
                let command = ["import", "--from-original", "-"] + place
                let tried = try await RealHost.run(command + ["--dry-run"], input: address + "\n", in: folder.path)
                #expect(tried.code == 0, "\(tried.error)")
                #expect(tried.output.contains("From the original system these would come over"))
                let imported = try await RealHost.run(command, input: address + "\n", in: folder.path)
                #expect(imported.code == 0, "\(imported.error)")
                let listing = try await database.read {
                    try $0.listing(of: ID("a-1"), url: "https://shop.example/phone")
                }
                #expect(listing?.current?.price?.description == "19.99 EUR")
            }
        }
    }

    private static let original = [
        """
        CREATE TABLE products (id uuid PRIMARY KEY, url text NOT NULL, name text, image_url text, active boolean,
                               created_at timestamp)
        """,
        "CREATE TABLE price_records (id uuid, product_id uuid, price integer, currency text, scraped_at timestamp)",
        "CREATE TABLE run_logs (id uuid, product_id uuid, status text, error_message text, created_at timestamp)",
        "CREATE TABLE settings (id uuid, key text, value text, updated_at timestamp)",
        """
        INSERT INTO products VALUES ('11111111-1111-4111-8111-111111111111', 'https://shop.example/phone', 'Phone', NULL,
                                     true, '2026-01-01')
        """,
        """
        INSERT INTO price_records VALUES ('21111111-1111-4111-8111-111111111111', '11111111-1111-4111-8111-111111111111',
                                          1999, 'EUR', '2026-01-01')
        """,
    ]

    @Test(arguments: [
        ([], 64, "Name one file"), (["a", "--from-original", "postgres://x"], 64, "Name one file"),
        (["postgres://x/y"], 64, "--from priceghost"), (["missing.jsonl"], 1, "can't be read"),
        (["config.txt"], 1, "--from"),
        (["config.txt", "--from", "csv", "--currency", "euro"], 64, "not a currency"),
        (["config.txt", "--from", "csv"], 1, "“url” must be one of them"),
        (["config.txt", "--from", "export"], 1, "no export"),
        (["--from-original", "nonsense"], 1, "can't be read"),
    ])
    func `what can't be imported is refused in words`(arguments: [String], code: Int32, words: String) async throws {
        let folder = try TestFolder()
        try folder.write("config.txt", "hello\n")
        let ended = try await RealHost.run(["import"] + arguments, in: folder.path)
        #expect(ended.code == code, "\(ended.error)")
        #expect(ended.error.contains(words), "\(ended.error)")
    }
}

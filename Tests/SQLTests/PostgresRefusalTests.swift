import Logging
import SQL
import TestSupport
import Testing

/// What people read when a server does not let the program do what it wants, and what they must not read.
@Suite(.timeLimit(.minutes(20)))
struct PostgresRefusalTests {
    @Test func `what is wrong with the way in is said, with what to do`() async throws {
        try await PrivatePostgres.with { server in
            let place = "127.0.0.1:\(server.port)"
            let start = "connection to server at \"127.0.0.1\", port \(server.port) failed: FATAL:  "
            let expected = [
                server.url(password: "not-the-pass"):
                    "The database “prices@\(place)/postgres” can't be opened: \(start)password authentication failed for "
                    + "user \"prices\". Check user and password in database.url.",
                server.url(user: "nobody"):
                    "The database “nobody@\(place)/postgres” can't be opened: \(start)password authentication failed for "
                    + "user \"nobody\". Check user and password in database.url.",
                server.url(database: "pears"):
                    "The database “prices@\(place)/pears” can't be opened: \(start)database \"pears\" does not exist. "
                    + "Make the database with “createdb”, or name another one in database.url.",
            ]
            for (url, words) in expected {
                let database = PostgresDatabase(try PostgresAddress(url), logger: .quiet)
                let error = await #expect(throws: SQLError.self) { try await database.probe() }
                #expect(error == .open(words))
                let alone = await #expect(throws: SQLError.self) { try await database.alone(upTo: .seconds(1)) {} }
                #expect(alone == .open(words))
                await database.close()
            }
        }
    }

    @Test func `a user without rights learns which are missing`() async throws {
        try await PrivatePostgres.with { server in
            let admin = try await PostgresOwnConnection(PostgresAddress(server.url()))
            try await admin.run("CREATE ROLE guest LOGIN PASSWORD 'guest-pass'", "CREATE TABLE pear (id TEXT)")
            await admin.close()
            let database = PostgresDatabase(
                try PostgresAddress(server.url(user: "guest", password: "guest-pass")),
                logger: .quiet
            )
            let remedy =
                "Give the user the rights of the owner of its tables, or CREATE on the schema where they are missing."
            let making = await #expect(throws: SQLError.self) {
                _ = try await Migrator([("fruit", [.pears])]).migrate(database)
            }
            #expect(
                making
                    == .readOnly(
                        "The database “\(database.name)” refuses its user (42501): permission denied for schema public. "
                            + remedy
                    )
            )
            let reading = await #expect(throws: SQLError.self) {
                try await database.read { _ = try $0.rows("SELECT id FROM pear") }
            }
            #expect(
                reading
                    == .readOnly(
                        "The database “\(database.name)” refuses its user (42501): permission denied for table pear. "
                            + remedy
                    )
            )
            await database.close()
        }
    }

    @Test func `a server that is not there is named`() async throws {
        var settings = PostgresSettings()
        settings.patience = .milliseconds(200)
        let database = PostgresDatabase(
            try PostgresAddress("postgres://prices:not-to-be-seen@127.0.0.1:1/prices"),
            settings: settings,
            logger: .quiet
        )
        let error = await #expect(throws: SQLError.self) { try await database.probe() }
        guard case .unreachable(let why) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(why.hasPrefix("The database server of “prices@127.0.0.1:1/prices” can't be reached: "))
        #expect(why.hasSuffix(" Check that it runs and that this machine may connect to it."))
        #expect(!why.contains("not-to-be-seen"))
        await database.close()
    }

    @Test(arguments: [
        "postgres://user:not-to-be-seen@[::1/prices",
        "postgres://user:not-to-be-seen@host/prices?nonsense=1", "postgres://user:not%to-be-seen@host/prices",
        "postgres://user:not@to-be-seen@host/prices", "host=x password='not-to-be-seen",
        "postgres://user:not-to-be-seen@host/prices?sslmode",
    ])
    func `an address that can't be read shows no part of its password`(text: String) async throws {
        let error = #expect(throws: SQLError.self) {
            _ = PostgresDatabase(try PostgresAddress(text), logger: .quiet)
        }
        let words = "\(error as Any)"
        for part in ["to-be-seen", "not-to", "not%to"] { #expect(!words.contains(part), "\(words)") }
    }

    @Test func `an error about a value names it not`() async throws {
        let database = PostgresDatabase(try PostgresAddress(TestPostgres.url), logger: .quiet)
        let error = await #expect(throws: SQLError.self) {
            try await database.read { _ = try $0.rows("SELECT \("not-to-be-seen")::text::bigint AS number") }
        }
        #expect("\(error as Any)".contains("22P02"))
        #expect(!"\(error as Any)".contains("not-to-be-seen"))
        await database.close()
    }
}

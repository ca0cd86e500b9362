import Model
import Moving
import SQL
import Store
import TestSupport
import Testing

/// The system that this one replaces.
@Suite(.timeLimit(.minutes(20)))
struct OriginalTests {
    private static let tables = [
        """
        CREATE TABLE products (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, url text NOT NULL UNIQUE, name text, image_url text,
            active boolean DEFAULT true, last_success_at timestamp, last_failed_at timestamp,
            created_at timestamp DEFAULT now(), updated_at timestamp DEFAULT now(), description text, category text,
            brand text, country_of_origin text, attributes jsonb, info_updated_at timestamp
        )
        """,
        """
        CREATE TABLE price_records (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, product_id uuid NOT NULL, price integer NOT NULL,
            currency text DEFAULT 'USD', scraped_at timestamp DEFAULT now()
        )
        """,
        """
        CREATE TABLE run_logs (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, product_id uuid NOT NULL, status text NOT NULL,
            error_message text, created_at timestamp DEFAULT now()
        )
        """,
        """
        CREATE TABLE settings (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, key text NOT NULL UNIQUE, value text NOT NULL,
            updated_at timestamp DEFAULT now()
        )
        """,
    ]

    private static let (lamp, phone) = (
        "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
    )

    private static let rows = [
        """
        INSERT INTO products (id, url, name, active, created_at, brand)
        VALUES ('\(lamp)', 'https://shop.example/lamp', 'Lamp', true, '2026-01-01 00:00:00', 'Acme'),
               ('\(phone)', 'https://shop.example/phone', NULL, false, '2026-01-02 00:00:00', NULL)
        """,
        """
        INSERT INTO price_records (product_id, price, currency, scraped_at)
        SELECT '\(lamp)'::uuid, CASE WHEN n <= 6000 THEN 1999 ELSE 1749 END, 'USD',
               timestamp '2026-01-01 00:00:00' + n * interval '1 minute'
          FROM generate_series(1, 12000) AS n
        """,
        """
        INSERT INTO price_records (product_id, price, currency, scraped_at)
        VALUES ('\(phone)', 4980000, 'JPY', '2026-01-02 00:00:00.123456'), ('\(phone)', 4980050, 'JPY', '2026-01-03'),
               ('\(phone)', 100, NULL, '2026-01-04'), ('\(phone)', 100, 'bitcoin', '2026-01-05'),
               ('\(phone)', 0, 'JPY', '2026-01-06')
        """,
        """
        INSERT INTO run_logs (product_id, status, error_message, created_at)
        VALUES ('\(lamp)', 'SUCCESS', NULL, '2026-01-01 00:01:00'),
               ('\(lamp)', 'FAILED', E'no price\\nfound', '2026-01-02 00:01:00'),
               ('33333333-3333-4333-8333-333333333333', 'FAILED', 'gone', '2026-01-02 00:01:00')
        """,
        """
        INSERT INTO settings (key, value) VALUES ('email_schedule', '{"frequency":"daily","hour":9}')
        """,
    ]

    private static func with(_ body: (any Database) async throws -> Void) async throws {
        try await TestDatabase.with(.postgres) { test in
            try await test.database.transaction { connection in
                for statement in tables + rows { try connection.run(Statement(stringLiteral: statement)) }
            }
            try await body(ReadOnlyDatabase(test.database))
        }
    }

    @Test func `equal prices become one run, in the right unit of each currency`() async throws {
        try await Self.with { original in
            let catalog = try await OriginalSource.read(original, currency: nil)
            #expect(catalog.products.map(\.name) == ["Lamp", ""])
            let lamp = try #require(catalog.products.first?.listings.first)
            #expect(lamp.runs.map { $0.price?.description } == ["19.99 USD", "17.49 USD"])
            #expect(lamp.runs.map(\.checks) == [6000, 6000])
            #expect(lamp.runs.first?.to.iso8601 == "2026-01-05T04:00:00Z")
            #expect(lamp.checks.count == 2)
            let phone = try #require(catalog.products.last?.listings.first)
            #expect(phone.isPaused)
            #expect(phone.runs.map { $0.price?.description } == ["49800 JPY"])
            #expect(phone.runs.first?.from.milliseconds == 1_767_312_000_123)
        }
    }

    @Test func `what does not come over is named`() async throws {
        try await Self.with { original in
            let left = try await OriginalSource.read(original, currency: nil).notMoved
            let reasons = left.filter { $0.what == "1 prices of “https://shop.example/phone”" }.map(\.reason)
            #expect(
                reasons == [
                    "A price of 0 is none.", "Nothing says their currency. Name it with --currency.",
                    "They are no whole amounts in JPY.", "“bitcoin” is not a currency's code.",
                ]
            )
            #expect(left.contains { $0.what == "brand of “Lamp”" })
            #expect(left.contains { $0.what == "1 lines of run_logs" })
            #expect(left.contains { $0.what == "setting “email_schedule”" })
            let said = try await OriginalSource.read(original, currency: Currency(code: "JPY"))
            #expect(said.products.last?.listings.first?.runs.count == 2)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `it comes over into an account of either engine, with history, checks and what is believed now`(
        engine: Engine
    ) async throws {
        try await Self.with { original in
            try await FullDatabase.with(engine) { database in
                let anna = Account(id: .make(at: FullDatabase.start), name: "anna", created: FullDatabase.start)
                try await database.transaction { try $0.insert(anna, password: "hash") }
                let transfer = ForeignImport(
                    database: database,
                    intervals: .minutes(5)...(.days(30)),
                    standardInterval: .hours(6)
                ) { FullDatabase.start }
                let plan = try await transfer.plan(try await OriginalSource.read(original, currency: nil), for: anna)
                #expect((plan.products.count, plan.runs, plan.checks) == (2, 3, 2))
                try await transfer.run(plan, for: anna)
                let (listing, runs, checks) = try await database.read { connection in
                    let listing = try #require(try connection.listing(of: anna.id, url: "https://shop.example/lamp"))
                    return (
                        listing, try connection.runs(of: listing.id, limit: 10),
                        try connection.checks(of: listing.id, limit: 10)
                    )
                }
                #expect(listing.current?.price?.description == "17.49 USD")
                #expect(listing.lastCheck?.iso8601 == "2026-01-09T08:00:00Z")
                #expect(runs.map(\.checks) == [6000, 6000])
                #expect(runs.allSatisfy { $0.standing == .accepted && $0.strategy == "imported" })
                #expect(checks.map(\.outcome) == [.noPrice, .ok])
                #expect(checks.first?.note == "no price found")
            }
        }
    }

    @Test func `another database is refused`() async throws {
        try await FullDatabase.with(.postgres) { database in
            let error = await #expect(throws: MovingError.self) {
                _ = try await OriginalSource.read(database, currency: nil)
            }
            #expect(error?.description.contains("lacks one of the tables") == true)
        }
    }
}

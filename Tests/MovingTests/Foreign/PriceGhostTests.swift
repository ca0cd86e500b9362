import Model
import Moving
import SQL
import TestSupport
import Testing

struct PriceGhostTests {
    private static let tables = [
        """
        CREATE TABLE users (id SERIAL PRIMARY KEY, email VARCHAR(255) UNIQUE NOT NULL, password_hash VARCHAR(255) NOT NULL)
        """,
        """
        CREATE TABLE products (
            id SERIAL PRIMARY KEY, user_id INTEGER REFERENCES users(id), url TEXT NOT NULL, name VARCHAR(255),
            image_url TEXT, refresh_interval INTEGER DEFAULT 3600, last_checked TIMESTAMP,
            stock_status VARCHAR(20) DEFAULT 'unknown', price_drop_threshold DECIMAL(10,2), target_price DECIMAL(10,2),
            notify_back_in_stock BOOLEAN DEFAULT false, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
            checking_paused BOOLEAN DEFAULT false
        )
        """,
        """
        CREATE TABLE price_history (
            id SERIAL PRIMARY KEY, product_id INTEGER REFERENCES products(id), price DECIMAL(10,2) NOT NULL,
            currency VARCHAR(10) DEFAULT 'USD', recorded_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        )
        """,
        """
        CREATE TABLE stock_status_history (
            id SERIAL PRIMARY KEY, product_id INTEGER REFERENCES products(id), status VARCHAR(20) NOT NULL,
            changed_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        )
        """,
    ]

    private static let rows = [
        "INSERT INTO users (email, password_hash) VALUES ('a@b.example', 'secret hash')",
        """
        INSERT INTO products (user_id, url, name, image_url, refresh_interval, last_checked, price_drop_threshold,
                              target_price, notify_back_in_stock, created_at, checking_paused)
        VALUES (1, 'https://shop.example/lamp', 'Lamp', 'https://i.example/l.png', 7200, '2026-01-09 00:00:00.5', 5.00,
                17.50, true, '2026-01-01 00:00:00', false),
               (1, 'https://shop.example/jp', NULL, NULL, NULL, NULL, NULL, NULL, false, '2026-01-02 00:00:00', true)
        """,
        """
        INSERT INTO price_history (product_id, price, currency, recorded_at)
        VALUES (1, 17.99, 'EUR', '2026-01-03 00:00:00'), (1, 19.90, 'EUR', '2026-01-01 00:00:00'),
               (2, 1299.00, 'JPY', '2026-01-02 00:00:00'), (2, 1299.50, 'JPY', '2026-01-03 00:00:00'),
               (2, 5.00, NULL, '2026-01-04 00:00:00')
        """,
        """
        INSERT INTO stock_status_history (product_id, status, changed_at)
        VALUES (1, 'in_stock', '2026-01-01 00:00:00'), (1, 'out_of_stock', '2026-01-05 00:00:00')
        """,
    ]

    private static let dump = #"""
        -- PostgreSQL database dump
        CREATE TABLE public.price_history (
            id integer NOT NULL
        );
        COPY public.price_history (id, product_id, price, currency, recorded_at, ai_status) FROM stdin;
        1	1	17.99	EUR	2026-01-03 00:00:00	\N
        2	1	19.90	EUR	2026-01-01 00:00:00	\N
        3	2	1299.00	JPY	2026-01-02 00:00:00	\N
        4	2	1299.50	JPY	2026-01-03 00:00:00	\N
        5	2	5.00	\N	2026-01-04 00:00:00	\N
        \.
        COPY public.products (id, user_id, url, name, image_url, refresh_interval, last_checked, price_drop_threshold, target_price, notify_back_in_stock, created_at, checking_paused) FROM stdin;
        1	1	https://shop.example/lamp	Lamp	https://i.example/l.png	7200	2026-01-09 00:00:00.5	5.00	17.50	t	2026-01-01 00:00:00	f
        2	1	https://shop.example/jp	\N	\N	\N	\N	\N	\N	f	2026-01-02 00:00:00	t
        \.
        COPY public.stock_status_history (id, product_id, status, changed_at) FROM stdin;
        1	1	in_stock	2026-01-01 00:00:00
        2	1	out_of_stock	2026-01-05 00:00:00
        \.
        """#

    @Test func `the database is read and not changed, and its dump gives the same`() async throws {
        let files = try Exported()
        try files.write(Self.dump, "dump.sql")
        #expect(try ForeignFile.kind(of: files.path("dump.sql")) == .priceghost)
        let fromDump = try ForeignFile.read(files.path("dump.sql"), as: .priceghost, currency: nil)
        try await TestDatabase.with(.postgres) { test in
            try await test.database.transaction { connection in
                for statement in Self.tables + Self.rows { try connection.run(Statement(stringLiteral: statement)) }
            }
            let catalog = try await PriceGhostSource.read(ReadOnlyDatabase(test.database), currency: nil)
            #expect(catalog == fromDump)
        }
        let lamp = try #require(fromDump.products.first)
        #expect(lamp.name == "Lamp")
        let euro = try #require(Currency(code: "EUR"))
        #expect(
            lamp.alerts == [
                .targetPrice(Money(minor: 1750, currency: euro)), .dropAmount(Money(minor: 500, currency: euro)),
                .backInStock,
            ]
        )
        let listing = try #require(lamp.listings.first)
        #expect(listing.interval == .hours(2))
        #expect(listing.runs.map { $0.price?.description } == ["19.90 EUR", "17.99 EUR", "17.99 EUR"])
        #expect(listing.runs.map(\.availability) == [.inStock, .inStock, .outOfStock])
        #expect(listing.runs.last?.to.milliseconds == 1_767_916_800_500)
        let other = try #require(fromDump.products.last)
        #expect(other.listings.first?.isPaused == true)
        #expect(other.alerts.isEmpty)
        #expect(other.listings.first?.runs.map { $0.price?.description } == ["1299 JPY"])
        let left = fromDump.notMoved.map(\.what)
        #expect(
            left == [
                "1 prices of “https://shop.example/jp”",
                "1 prices of “https://shop.example/jp”", "addresses for notifications",
            ]
        )
        #expect(!"\(fromDump)".contains("secret"))
    }

    @Test func `another database is refused`() async throws {
        try await FullDatabase.with(.postgres) { database in
            let error = await #expect(throws: MovingError.self) {
                _ = try await PriceGhostSource.read(database, currency: nil)
            }
            #expect(error?.description.contains("not one of PriceGhost") == true)
        }
    }
}

import Model
import Moving
import Testing

struct PriceBuddyTests {
    /// As `mysqldump` writes it: long lists of values without columns.
    private static let mysql = #"""
        -- MySQL dump 10.13  Distrib 8.2.0
        CREATE TABLE `products` (
          `id` bigint unsigned NOT NULL,
          `title` varchar(1024) NOT NULL,
          `image` varchar(1024) DEFAULT NULL,
          `status` char(1) NOT NULL DEFAULT 'p',
          `notify_price` double DEFAULT NULL,
          `notify_percent` double DEFAULT NULL,
          `notify_in_stock` tinyint(1) NOT NULL DEFAULT '0',
          `refresh_interval` int unsigned DEFAULT NULL,
          `paused` tinyint(1) NOT NULL DEFAULT '0',
          `price_cache` json DEFAULT NULL,
          `user_id` bigint unsigned NOT NULL,
          `created_at` timestamp NULL DEFAULT NULL
        );
        INSERT INTO `products` VALUES (1,'Lamp \'L\'','https://i.example/l.png','p',17.5,10,1,3600,0,'[{\"price\": 1}]',1,'2026-01-01 00:00:00'),(2,'Old chair',NULL,'a',NULL,NULL,0,NULL,0,NULL,2,'2026-01-02 00:00:00');
        CREATE TABLE `urls` (
          `id` bigint unsigned NOT NULL,
          `url` longtext NOT NULL,
          `product_id` bigint unsigned NOT NULL,
          `store_id` bigint unsigned NOT NULL,
          `price_factor` double NOT NULL DEFAULT '1',
          `availability` varchar(255) DEFAULT NULL,
          `updated_at` timestamp NULL DEFAULT NULL
        );
        INSERT INTO `urls` VALUES (1,'https://a.example/l',1,1,1,NULL,'2026-01-05 00:00:00'),(2,'https://b.example/l',1,2,1,'out_of_stock','2026-01-05 00:00:00'),(3,'https://c.example/c',2,3,1,NULL,NULL),(4,'https://d.example/x',9,3,1,NULL,NULL);
        CREATE TABLE `prices` (
          `id` bigint unsigned NOT NULL,
          `price` double NOT NULL,
          `unit_price` double DEFAULT NULL,
          `url_id` bigint unsigned NOT NULL,
          `store_id` bigint unsigned NOT NULL,
          `created_at` timestamp NULL DEFAULT NULL
        );
        INSERT INTO `prices` VALUES (2,17.99,17.99,1,1,'2026-01-02 00:00:00'),(1,19.99,19.99,1,1,'2026-01-01 00:00:00'),(3,17.99,17.99,1,1,'2026-01-03 00:00:00'),(4,0,0,1,1,'2026-01-04 00:00:00');
        INSERT INTO `prices` VALUES (5,2100,2100,2,2,'2026-01-01 00:00:00'),(6,5.5,5.5,3,3,'2026-01-01 00:00:00');
        CREATE TABLE `stores` (`id` bigint, `name` varchar(255), `settings` json);
        INSERT INTO `stores` VALUES (1,'A','{\"locale_settings\": {\"currency\": \"EUR\"}}'),(2,'B','{\"locale_settings\": {\"currency\": \"JPY\"}}'),(3,'C',NULL);
        CREATE TABLE `taggables` (`id` bigint, `tag_id` bigint);
        INSERT INTO `taggables` VALUES (1,1),(2,1);
        """#

    private func read(_ text: String, currency: String? = nil) throws -> ForeignCatalog {
        let files = try Exported()
        try files.write(text, "dump.sql")
        #expect(try ForeignFile.kind(of: files.path("dump.sql")) == .pricebuddy)
        let standard = currency.flatMap { Currency(code: $0) }
        return try ForeignFile.read(files.path("dump.sql"), as: .pricebuddy, currency: standard)
    }

    @Test func `products come over with all their shops, each in its currency`() throws {
        let catalog = try read(Self.mysql)
        #expect(catalog.products.map(\.name) == ["Lamp 'L'", "Old chair"])
        let lamp = try #require(catalog.products.first)
        let target = Money(minor: 1750, currency: try #require(Currency(code: "EUR")))
        #expect(lamp.alerts == [.targetPrice(target), .dropPercent(10), .backInStock])
        #expect(lamp.image == "https://i.example/l.png")
        #expect(lamp.created?.iso8601 == "2026-01-01T00:00:00Z")
        #expect(lamp.listings.map(\.address) == ["https://a.example/l", "https://b.example/l"])
        #expect(lamp.listings.map(\.interval) == [.hours(1), .hours(1)])
        #expect(lamp.listings.map(\.isPaused) == [false, false])
        let euros = lamp.listings[0].runs
        #expect(euros.map { $0.price?.description } == ["19.99 EUR", "17.99 EUR"])
        #expect(euros.last?.checks == 2)
        #expect(euros.last?.to.iso8601 == "2026-01-03T00:00:00Z")
        #expect(lamp.listings[1].runs.map(\.availability) == [.inStock, .outOfStock])
        #expect(lamp.listings[1].runs.first?.price?.description == "2100 JPY")
        // An archived product is one that nobody wants to be checked.
        #expect(catalog.products.last?.listings.map(\.isPaused) == [true])
    }

    @Test func `what does not come over is named`() throws {
        let left = Dictionary(grouping: try read(Self.mysql).notMoved, by: \.what).mapValues { $0.map(\.reason) }
        #expect(left["1 prices of 0 of “Lamp 'L'”"] == ["No price was read."])
        #expect(left["prices of “Old chair”"]?.first?.contains("--currency") == true)
        #expect(left["2 tags"] != nil)
        #expect(left["addresses of product 9"] != nil)
        #expect(left["whose product it is"]?.first?.hasPrefix("2 people") == true)
        #expect(left.count == 5)
    }

    @Test func `a percentage that is none is named`() throws {
        let odd = try read(Self.mysql.replacing("'p',17.5,10,1,", with: "'p',17.5,12.5,0,"))
        #expect(odd.products.first?.alerts.count == 1)
        #expect(odd.notMoved.contains { $0.what == "percentage of “Lamp 'L'”" && $0.reason.contains("12.5") })
    }

    @Test func `the currency that was said is that of shops without one`() throws {
        let chair = try #require(try read(Self.mysql, currency: "AUD").products.last)
        #expect(chair.listings.first?.runs.first?.price?.description == "5.50 AUD")
    }

    @Test func `a dump of SQLite is read as well, with the program's own currency`() throws {
        let catalog = try read(
            #"""
            PRAGMA foreign_keys=OFF;
            CREATE TABLE IF NOT EXISTS "products" ("id" integer primary key, "title" varchar not null, "price_cache" text, "user_id" integer);
            INSERT INTO products VALUES(1,'Lamp',NULL,1);
            CREATE TABLE IF NOT EXISTS "urls" ("id" integer, "url" text, "product_id" integer, "store_id" integer);
            INSERT INTO urls VALUES(1,'https://a.example/l',1,1);
            CREATE TABLE IF NOT EXISTS "prices" ("id" integer, "price" float, "url_id" integer, "created_at" datetime);
            INSERT INTO prices VALUES(1,12.990000000000000213,1,'2026-01-01 00:00:00');
            CREATE TABLE IF NOT EXISTS "settings" ("id" integer, "group" varchar, "name" varchar, "payload" text);
            INSERT INTO settings VALUES(1,'app','default_locale_settings','{"locale":"en","currency":"GBP"}');
            """#
        )
        #expect(catalog.products.first?.listings.first?.runs.first?.price?.description == "12.99 GBP")
        #expect(catalog.notMoved.isEmpty)
    }

    @Test func `a dump of something else is refused`() {
        #expect(throws: MovingError.self) { try read("CREATE TABLE x (price_cache int);\n") }
    }
}

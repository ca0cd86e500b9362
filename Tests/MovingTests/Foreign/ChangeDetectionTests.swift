import FoundationEssentials
import Model
import Moving
import Testing

struct ChangeDetectionTests {
    private static let id = "0b5a6d6a-0001-4000-8000-000000000001"

    private static let watch = #"""
        {"uuid": "0b5a6d6a-0001-4000-8000-000000000001", "url": "https://shop.example/lamp?a=1", "title": null,
         "page_title": "Desk lamp", "processor": "restock_diff", "paused": true, "date_created": 1767225600,
         "time_between_check": {"weeks": null, "days": null, "hours": 2, "minutes": 30, "seconds": null},
         "time_between_check_use_default": false, "tags": ["x"], "include_filters": [".price"], "headers": {},
         "last_checked": 1767240000, "restock": {"price": 17.5, "currency": "EUR", "in_stock": true}}
        """#

    /// A program of 2026: settings in one file, each watch in its own folder.
    private static func archive(_ watch: String = watch, isNew: Bool = true) -> [UInt8] {
        var zip = Zip()
        let settings = #"""
            "settings": {"requests": {"time_between_check": {"hours": 3}},
                         "application": {"notification_urls": ["mailto://secret"]}}
            """#
        if isNew {
            zip.add("changedetection.json", "{\(settings)}")
            zip.add("\(id)/watch.json", watch)
            zip.add("\(id)/restock_diff.json", #"{"restock_diff": {"price_change_min": 15.0, "price_change_max": 99}}"#)
        } else {
            zip.add("url-watches.json", #"{"watching": {"\#(id)": \#(watch)}, \#(settings)}"#)
        }
        let list = isNew ? "history-restock_diff.txt" : "history.txt"
        zip.add(
            "\(id)/\(list)",
            "1767225600,1.txt\n1767229200,/old/place/2.txt\n1767232800,3.txt\n1767236400,4.txt\n1767236401,gone.txt\n"
        )
        zip.add("\(id)/1.txt", "In Stock: True - Price: 19.99")
        zip.add("\(id)/2.txt", "In Stock: True - Price: 17.5")
        zip.add("\(id)/3.txt", "In Stock: False - Price: ")
        zip.add("\(id)/4.txt", "In Stock: True - Price: 17.5")
        zip.add("url-list.txt", "https://shop.example/lamp\r\n")
        return zip.finished()
    }

    private func read(_ bytes: [UInt8], currency: String? = nil) throws -> ForeignCatalog {
        let files = try Exported()
        try files.write(bytes, "backup.zip")
        #expect(try ForeignFile.kind(of: files.path("backup.zip")) == .changedetection)
        let standard = currency.flatMap { Currency(code: $0) }
        return try ForeignFile.read(files.path("backup.zip"), as: .changedetection, currency: standard)
    }

    @Test func `a watch of a price comes over with its history, interval and lower limit`() throws {
        let catalog = try read(Self.archive())
        let product = try #require(catalog.products.first)
        #expect(product.name == "Desk lamp")
        #expect(product.created?.iso8601 == "2026-01-01T00:00:00Z")
        #expect(product.alerts == [.targetPrice(try Self.euros(1500))])
        let listing = try #require(product.listings.first)
        #expect(listing.address == "https://shop.example/lamp?a=1")
        #expect(listing.interval == .minutes(150))
        #expect(listing.isPaused)
        #expect(listing.runs.map { $0.price?.description } == ["19.99 EUR", "17.50 EUR", nil, "17.50 EUR"])
        #expect(listing.runs.map(\.availability) == [.inStock, .inStock, .outOfStock, .inStock])
        // It was looked at once more without a change.
        #expect(listing.runs.last?.to.iso8601 == "2026-01-01T04:00:00Z")
        #expect(listing.runs.last?.checks == 2)
        #expect(
            Set(catalog.notMoved.map(\.what)) == [
                "filters, groups of “Desk lamp”", "1 snapshots of “Desk lamp”", "“above” price of “Desk lamp”",
                "addresses for notifications",
            ]
        )
        #expect(!"\(catalog.notMoved)".contains("secret"))
    }

    @Test func `the layout of earlier versions is read too`() throws {
        let old = Self.watch.replacing(#""tags": ["x"]"#, with: #""restock_settings": {"price_change_min": 12}"#)
        let catalog = try read(Self.archive(old, isNew: false))
        #expect(catalog.products.first?.listings.first?.runs.count == 4)
        #expect(catalog.products.first?.alerts == [.targetPrice(try Self.euros(1200))])
    }

    private static func euros(_ cents: Int) throws -> Money {
        Money(minor: cents, currency: try #require(Currency(code: "EUR")))
    }

    @Test func `percentages and “back in stock” come over where they are alerts here`() throws {
        func alerts(_ settings: String) throws -> (alerts: [Rule.Kind]?, left: [String]) {
            let catalog = try read(
                Self.archive(
                    Self.watch.replacing(#""tags": ["x"]"#, with: "\"restock_settings\": \(settings)"),
                    isNew: false
                )
            )
            return (catalog.products.first?.alerts, catalog.notMoved.map(\.what).filter { $0.contains("percentage") })
        }
        let both = try alerts(#"{"price_change_threshold_percent": 5.0, "in_stock_processing": "in_stock_only"}"#)
        #expect(both.alerts == [.dropPercent(5), .backInStock])
        #expect(both.left.isEmpty)
        let odd = try alerts(#"{"price_change_threshold_percent": 2.5, "in_stock_processing": "off"}"#)
        #expect(odd.alerts == [])
        #expect(odd.left == ["percentage of “Desk lamp”"])
        #expect(try alerts("{}").alerts == [])
    }

    @Test func `a folder is read like the archive of it`() throws {
        let files = try Exported()
        try FileManager.default.createDirectory(atPath: files.path(Self.id), withIntermediateDirectories: true)
        try files.write("{}", "changedetection.json")
        try files.write(Self.watch, "\(Self.id)/watch.json")
        let catalog = try ForeignFile.read(files.folder, as: .changedetection, currency: nil)
        #expect(catalog.products.map(\.name) == ["Desk lamp"])
    }

    @Test func `what watches no price does not come over, and is named`() throws {
        let text = Self.watch.replacing("restock_diff", with: "text_json_diff")
        let catalog = try read(Self.archive(text))
        #expect(catalog.products.isEmpty)
        #expect(catalog.notMoved.first?.what == "watch “Desk lamp”")
        #expect(catalog.notMoved.first?.reason.contains("text of a page") == true)
        let template = Self.watch.replacing("?a=1", with: "{% now %}")
        #expect(try read(Self.archive(template)).products.isEmpty)
    }

    @Test(arguments: [(#""€""#, nil, "EUR"), ("null", "CHF", "CHF"), (#""$""#, "CAD", "CAD"), ("null", nil, nil)])
    func `the currency is a code, a sign, or what was said`(text: String, said: String?, code: String?) throws {
        let watch = Self.watch.replacing(#""currency": "EUR""#, with: #""currency": \#(text)"#)
        let catalog = try read(Self.archive(watch), currency: said)
        #expect(catalog.products.first?.listings.first?.runs.first?.price?.currency.code == code)
        let isNamed = catalog.notMoved.contains { $0.reason.contains("--currency") }
        #expect(isNamed == (code == nil))
    }

    @Test func `another archive, or one whose JSON is broken, is refused`() throws {
        var zip = Zip()
        zip.add("readme.txt", "hello")
        #expect(throws: MovingError.self) { try read(zip.finished()) }
        zip.add("\(Self.id)/watch.json", "{")
        #expect(throws: MovingError.self) { try read(zip.finished()) }
    }
}

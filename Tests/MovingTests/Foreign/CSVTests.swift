import Model
import Moving
import Testing

struct CSVTests {
    private func read(_ text: String, currency: String? = nil) throws -> ForeignCatalog {
        try CSVCatalog.read(Array(text.utf8), named: "list.csv", currency: currency.flatMap { Currency(code: $0) })
    }

    @Test(arguments: [
        "url,name\nhttps://shop.example/a,Lamp\n", "url;name\r\nhttps://shop.example/a;Lamp\r\n",
        "url\tname\nhttps://shop.example/a\tLamp", "\u{feff}Name,URL,\nLamp,https://shop.example/a\n",
        "\"url\",\"name\"\n\"https://shop.example/a\",\"Lamp\"\n\n", "link,title\nhttps://shop.example/a,Lamp\n",
    ])
    func `commas, semicolons and tabs, either line end, quotes and a byte order mark are read`(text: String) throws {
        let catalog = try read(text)
        #expect(catalog.products.map(\.name) == ["Lamp"])
        #expect(catalog.products.first?.listings.map(\.address) == ["https://shop.example/a"])
        #expect(catalog.notMoved.isEmpty)
    }

    @Test func `quotation marks, separators and line ends may stand in a field`() throws {
        let catalog = try read("url,name\nhttps://shop.example/a,\"A \"\"b\"\", c\nd\"\nhttps://shop.example/b,e\n")
        #expect(catalog.products.map(\.name) == ["A \"b\", c\nd", "e"])
    }

    @Test func `every column is taken over`() throws {
        let product = try #require(
            try read(
                """
                url,name,target,currency,interval,paused,image
                https://shop.example/a,Lamp,1.299,KWD,6h,yes,https://shop.example/a.png
                """
            ).products.first
        )
        #expect(product.alerts == [.targetPrice(Money(minor: 1299, currency: try #require(Currency(code: "KWD"))))])
        #expect(product.image == "https://shop.example/a.png")
        #expect(
            product.listings == [
                ForeignListing(address: "https://shop.example/a", interval: .seconds(21600), isPaused: true)
            ]
        )
    }

    @Test(arguments: [
        ("39.90", "", "EUR", 3990), ("39,90 €", "", "", 3990), ("€ 1.299,00", "", "", 129_900),
        ("4980", "JPY", "EUR", 4980), ("39.9", "eur", "", 3990),
    ])
    func `a target is read as people write it`(text: String, column: String, standard: String, minor: Int) throws {
        let catalog = try read("url,target,currency\nhttps://a.example,\"\(text)\",\(column)\n", currency: standard)
        guard case .targetPrice(let target) = catalog.products.first?.alerts.first else {
            Issue.record("There is no target: \(catalog)")
            return
        }
        #expect(target.minor == minor)
        #expect(catalog.notMoved.isEmpty)
    }

    @Test(arguments: [
        ("target", "39.90", "Nothing says its currency"), ("target", "0", "currency"),
        ("target", "cheap", "not a price"),
        ("currency", "XXQ\",\"1", "is not a currency's code"), ("interval", "6", "is not one such as"),
        ("paused", "perhaps", "neither yes nor no"), ("colour", "red", "nothing like it here"),
    ])
    func `what can't be taken over is named with its line, and the rest comes over`(
        column: String,
        value: String,
        reason: String
    ) throws {
        let catalog = try read("url,\(column),target\nhttps://a.example,\"\(value)\"\n")
        #expect(catalog.products.count == 1)
        #expect(catalog.notMoved.contains { $0.reason.contains(reason) }, "\(catalog.notMoved)")
        if column != "colour" { #expect(catalog.notMoved.allSatisfy { $0.what.contains("line 2") }) }
    }

    @Test(arguments: [
        ("", "has no rows"), ("name\nLamp\n", "“url” must be one of them"), ("url\na,b\n", "Line 2"),
        ("url,name\nhttps://a.example,\"Lamp\n", "never closed"), ("url,name\nhttps://a.example,\"La\"mp\n", "Line 2"),
        ("url,name\nhttps://a.example,a\nhttps://b.example,\"\n\n\nb\"c\n", "Line 6"),
        ("url\n\u{0}\n", "UTF-8"),
    ])
    func `a list that is wrong is refused with the line`(text: String, words: String) throws {
        let error = try #require(throws: MovingError.self) { try read(text) }
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func `the template can be read`() throws {
        let catalog = try read(CSVCatalog.template)
        #expect(catalog.products.count == 2)
        #expect(catalog.products.last?.name == "Chair, \"the red one\"")
        #expect(catalog.notMoved.isEmpty)
    }
}

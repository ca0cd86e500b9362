import Model
import Testing

@testable import Extraction

@Suite struct DetailTests {
    @Test(arguments: [
        ("/a.jpg", "https://shop.example.de/a.jpg"), ("a.jpg", "https://shop.example.de/a.jpg"),
        ("//pictures.example/a b.jpg", "https://pictures.example/a%20b.jpg"),
        ("https://p.example/x/../a.jpg?w=1", "https://p.example/x/../a.jpg?w=1"),
        ("../x/./a.jpg", "https://shop.example.de/x/a.jpg"),
    ])
    func `the picture's address is absolute`(source: String, expected: String) throws {
        let page = Shop.lamp("<p class=price>5,00 €</p>", head: "<meta property=og:image content=\"\(source)\">")
        #expect(try Shop.read(page).image == expected)
    }

    @Test func `a picture that is no address is none`() throws {
        let page = Shop.lamp(
            "<p class=price>5,00 €</p>",
            head: "<meta property=og:image content='data:image/png;base64,AAAA'>"
        )
        #expect(try Shop.read(page).image == nil)
    }

    @Test(arguments: [
        (
            "<meta property=og:title content='Lamp Arc - Shop'><meta property=og:site_name content=Shop>", "<h2>x</h2>",
            "Lamp Arc"
        ),
        (
            Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#, name: "Lamp &amp; Arc"), "<h1>Lamp &amp; Arc</h1>",
            "Lamp & Arc"
        ),
        ("", "<h1>Adding to basket…</h1><h1>Lamp\n Arc</h1>", "Lamp Arc"),
    ])
    func `the title is the product's name`(head: String, heading: String, expected: String) throws {
        let page =
            "<html lang=de><head><title>Lamp Arc | Shop</title>\(head)</head><body>\(heading)<p class=price>5,00 €</p></body></html>"
        #expect(try Shop.read(page).title == expected)
    }

    @Test func `the seller of a marketplace`() throws {
        let head = Shop.product(
            #"{"price":"5","priceCurrency":"EUR","seller":{"@type":"Organization","name":"Lamps Ltd"}}"#
        )
        #expect(try Shop.read(Shop.lamp("", head: head)).seller == "Lamps Ltd")
    }

    @Test func `each value has evidence, with where it stood`() throws {
        let head = Shop.product(#"{"price":"5","priceCurrency":"EUR","availability":"InStock"}"#)
        let reading = try Shop.read(Shop.lamp("<p class=price>5,00 €</p>", head: head))
        let price = try #require(reading.evidence.first { $0.field == .price && $0.strategy == "json-ld" })
        #expect(price.path == "json-ld[0].offers.price")
        #expect(price.text == "5")
        #expect(price.value == "5.00 EUR")
        let seen = try #require(reading.evidence.first { $0.field == .price && $0.strategy == "visible" })
        #expect(seen.path.hasSuffix("p.price"))
        #expect(reading.evidence.contains { $0.field == .availability && $0.value == "inStock" })
    }

    @Test(arguments: [
        ("a.example.co.uk", "co.uk"), ("example.de", "de"), ("localhost", nil), ("127.0.0.1", nil), ("a.b.com", "com"),
    ])
    func `the top-level domain of a host`(host: String, expected: String?) {
        #expect(Survey.topLevelDomain(of: host) == expected)
    }
}

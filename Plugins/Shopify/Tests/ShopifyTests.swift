import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import ShopifyPlugin

@Suite struct ShopifyTests {
    private static let head =
        "<script>Shopify.shop = \"x\"; Shopify.currency = {\"active\":\"EUR\",\"rate\":\"1.0\"};</script>"

    private func page(_ url: String, _ html: String = head) throws -> Page {
        Page(address: try WebAddress(url), document: Document(html: html))
    }

    private func shopify() throws -> Shopify { try Shopify(PluginSetup(of: Shopify.self)) }

    private func read(_ url: String, _ json: String, _ html: String = head) throws -> [Candidate] {
        let answer = HTTPResponse(status: 200, body: Array(json.utf8), url: url)
        return try shopify().read(page(url, html), supplements: [answer])
    }

    @Test(arguments: [
        ("https://a.example/products/lamp", "https://a.example/products/lamp.js"),
        ("https://a.example/products/lamp?variant=3&x=1", "https://a.example/products/lamp.js"),
        ("https://a.example/en-gb/products/lamp/", "https://a.example/en-gb/products/lamp.js"),
        ("https://a.example/collections/all/products/lamp", "https://a.example/products/lamp.js"),
        ("https://a.example/de/collections/all/products/lamp", "https://a.example/de/products/lamp.js"),
        ("http://127.0.0.1:8080/products/lamp", "http://127.0.0.1:8080/products/lamp.js"),
    ])
    func `asks for the product's JSON`(url: String, expected: String) throws {
        #expect(try shopify().supplements(to: page(url)).map(\.url) == [expected])
    }

    @Test(arguments: [
        ("https://a.example/collections/all", head),
        ("https://a.example/products", head),
        ("https://a.example/products/lamp", "<p>We like Shopify</p>"),
        ("https://a.example/products/lamp", "<img src=\"https://cdn.shopify.example/lamp.jpg\">"),
    ])
    func `leaves other pages alone`(url: String, html: String) throws {
        #expect(try !Shopify.recognises(page(url, html)))
    }

    @Test func `recognises a product page by what the platform writes into it`() throws {
        #expect(try Shopify.recognises(page("https://a.example/products/lamp")))
    }

    @Test(arguments: [
        ("1", Money(minor: 1000, currency: .named("EUR"))), ("2", Money(minor: 2000, currency: .named("EUR"))),
        // Unknown numbers are no reason to give up.
        ("9", Money(minor: 2000, currency: .named("EUR"))),
    ])
    func `reads the variant that the address names`(variant: String, expected: Money) throws {
        let json = """
            {"handle": "lamp", "available": true, "variants": [
            {"id": 1, "price": 1000, "available": false}, {"id": 2, "price": 2000, "available": true}]}
            """
        let found = try read("https://a.example/products/lamp?variant=\(variant)", json)
        #expect(found.contains { $0.value == .price(expected) })
        #expect(found.contains { $0.value == .availability(variant == "1" ? .outOfStock : .inStock) })
    }

    @Test(arguments: [
        ("EUR", "1999", "19.99 EUR"), ("JPY", "120000", "1200 JPY"), ("KWD", "1999", "19.990 KWD"),
        ("EUR", "5", "0.05 EUR"),
    ])
    func `amounts have two places whatever the currency`(code: String, amount: String, expected: String) throws {
        let html = "<script>Shopify.currency = {\"active\":\"\(code)\"};</script>"
        let json = "{\"handle\": \"x\", \"variants\": [{\"id\": 1, \"price\": \(amount)}]}"
        let found = try read("https://a.example/products/x", json, html)
        let prices = found.compactMap { if case .price(let money) = $0.value { "\(money)" } else { nil } }
        #expect(prices == [expected])
    }

    @Test(arguments: [
        "<script type=\"application/ld+json\">{\"offers\":[{\"priceCurrency\":\"EUR\"},{\"priceCurrency\":\"USD\"}]}</script>",
        "<html lang=\"en-US\"><p>$45.00</p></html>",
    ])
    func `never guesses the currency`(html: String) throws {
        let json = "{\"handle\": \"x\", \"variants\": [{\"id\": 1, \"price\": 4500}]}"
        let found = try read("https://a.example/products/x", json, html)
        #expect(found.contains { if case .ambiguousPrice(_, ["45.00"]) = $0.value { true } else { false } })
        #expect(!found.contains { if case .price = $0.value { true } else { false } })
    }

    @Test func `says when the product's JSON is not what it was`() {
        #expect(throws: ScrapeError.layoutChanged(missing: "the variants in the product's JSON")) {
            try read("https://a.example/products/x", "{\"handle\": \"x\"}")
        }
    }

    @Test func `without the product's JSON it says nothing`() throws {
        #expect(try shopify().read(page("https://a.example/products/x"), supplements: [nil]) == [])
    }
}

extension Currency {
    /// For codes that are there.
    fileprivate static func named(_ code: String) -> Currency {
        Currency(code: code) ?? { preconditionFailure("\(code) is no currency.") }()
    }
}

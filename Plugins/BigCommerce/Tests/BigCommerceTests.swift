import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import BigCommercePlugin

@Suite struct BigCommerceTests {
    private func read(_ script: String) throws -> [Candidate] {
        let page = Page(
            address: try WebAddress("https://a.example/lamp/"),
            document: Document(html: "<script>\(script)</script>")
        )
        return try BigCommerce(PluginSetup(of: BigCommerce.self)).read(page, supplements: [])
    }

    private func values(_ found: [Candidate]) -> [Candidate.Value] { found.map(\.value) }

    @Test(arguments: [
        "<script>var BCData = {};</script>", "<p>We moved to BCData</p>", "<script>product_attributes</script>",
    ])
    func `leaves other pages alone`(html: String) throws {
        let page = Page(address: try WebAddress("https://a.example/lamp/"), document: Document(html: html))
        #expect(!BigCommerce.recognises(page))
    }

    @Test(arguments: [
        "var BCData = {\"product_attributes\":null};", "var BCData = {\"product_attributes\":[1]}", "BCData",
        "var BCData = {\"product_attributes\":{\"price\":{\"without_tax\":{\"value\":0,\"currency\":\"USD\"}}}}",
        "var BCData = {\"product_attributes\":{\"price\":{\"without_tax\":\"12\"}}}",
    ])
    func `data without a price gives nothing`(script: String) throws {
        #expect(try values(read(script)) == [])
    }

    @Test(arguments: [
        ("\"instock\":true,\"purchasable\":true", Availability.inStock), ("\"instock\":false", .outOfStock),
        ("\"instock\":true,\"purchasable\":false", .outOfStock), ("\"instock\":null,\"purchasable\":true", nil),
    ])
    func `it can be bought where it is there and sold`(attributes: String, expected: Availability?) throws {
        let found = try values(read("var BCData = {\"product_attributes\":{\(attributes)}};"))
        #expect(found == [expected.map { .availability($0) }].compactMap(\.self))
    }

    @Test func `an equal range is one price`() throws {
        let amount = "{\"without_tax\":{\"value\":5,\"currency\":\"USD\"}}"
        let price =
            "{\"without_tax\":{\"value\":5,\"currency\":\"USD\"},\"price_range\":{\"min\":\(amount),\"max\":\(amount)}}"
        let found = try values(read("var BCData = {\"product_attributes\":{\"price\":\(price)}};"))
        #expect(found.map { "\($0)" }.filter { $0.contains("ambiguous") }.isEmpty)
        #expect(found.count == 1)
    }
}

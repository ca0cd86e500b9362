import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import WooCommercePlugin

@Suite struct WooCommerceTests {
    private func page(_ html: String, _ url: String = "https://a.example/product/lamp/") throws -> Page {
        Page(address: try WebAddress(url), document: Document(html: html))
    }

    private func read(_ inside: String, query: String = "") throws -> [Candidate] {
        let html = """
            <meta property="product:price:currency" content="EUR">
            <body class="single-product woocommerce"><div class="product type-product instock">\(inside)</div></body>
            """
        let page = try page(html, "https://a.example/product/lamp/\(query)")
        return try WooCommerce(PluginSetup(of: WooCommerce.self)).read(page, supplements: [])
    }

    private func form(_ variations: String, _ inside: String = "") -> String {
        let escaped = variations.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "&quot;")
        return "<form class=\"variations_form\" data-product_variations=\"\(escaped)\">\(inside)</form>"
    }

    private func prices(_ found: [Candidate]) -> [String] {
        found.compactMap { candidate in
            switch candidate.value {
            case .price(let money): "\(money)"
            case .ambiguousPrice(_, let readings): readings.joined(separator: "|")
            default: nil
            }
        }
    }

    @Test(arguments: [
        "<body class=\"archive woocommerce woocommerce-page\"><ul><li class=\"product type-product\"></li></ul>",
        "<body class=\"home\"><p>We like woocommerce and single-product pages</p>",
        "<body class=\"single single-post woocommerce-no-js\"><p class=\"single-product\"></p>",
        "<p>woocommerce single-product</p>",
    ])
    func `leaves other pages alone`(html: String) throws {
        #expect(try !WooCommerce.recognises(page(html)))
    }

    @Test(arguments: [
        ("?attribute_size=s", "10.00 EUR"), ("?attribute_size=M", "20.00 EUR"), ("?attribute_size=xl", "10.00|20.00"),
        ("", "10.00|20.00"), ("?attribute_colour=red", "10.00|20.00"),
    ])
    func `the address chooses among variants`(query: String, expected: String) throws {
        let variations = """
            [{"attributes":{"attribute_size":"s"},"display_price":10,"is_in_stock":true},
            {"attributes":{"attribute_size":"m"},"display_price":20,"is_in_stock":true}]
            """
        #expect(try prices(read(form(variations), query: query)) == [expected])
    }

    @Test func `a theme that leaves out the product's element is read as a whole page`() throws {
        let html = """
            <body class="single-product woocommerce"><h1 class="product_title">Lamp</h1>
            <p class="price"><b class="woocommerce-Price-amount">€5.00</b></p>
            <ul><li class="product type-product"><p class="price"><b class="woocommerce-Price-amount">€1</b></p></li></ul>
            """
        #expect(try WooCommerce.recognises(page(html)))
        let found = try WooCommerce(PluginSetup(of: WooCommerce.self)).read(page(html), supplements: [])
        #expect(prices(found) == ["5.00 EUR"])
        #expect(!found.contains { if case .availability = $0.value { true } else { false } })
    }

    @Test func `what the form has chosen counts where the address says nothing`() throws {
        let variations = """
            [{"attributes":{"attribute_size":"s"},"display_price":10,"is_in_stock":true},
            {"attributes":{"attribute_size":"m"},"display_price":20,"is_in_stock":false}]
            """
        let select = "<select name=\"attribute_size\"><option value=\"m\" selected>M</option></select>"
        let found = try read(form(variations, select))
        #expect(prices(found) == ["20.00 EUR"])
        #expect(found.contains { $0.value == .availability(.outOfStock) })
        #expect(try prices(read(form(variations, select), query: "?attribute_size=s")) == ["10.00 EUR"])
    }

    @Test(arguments: ["false", "[]", "[{}]", "[null,1]", "{\"a\":1}", "[{\"display_price\":\"x\"}]", ""])
    func `data without a price gives none`(variations: String) throws {
        #expect(try prices(read(form(variations))) == [])
    }

    @Test(arguments: [
        ("<p class=\"price\"><b class=\"woocommerce-Price-amount\">€5.00</b></p>", ["5.00 EUR"]),
        (
            "<p class=\"price\"><b class=\"woocommerce-Price-amount\">€5</b>–<b class=\"woocommerce-Price-amount\">€9</b></p>",
            ["5.00|9.00"]
        ),
        ("<p class=\"price\"><del><b class=\"woocommerce-Price-amount\">€5.00</b></del></p>", []),
        ("<p class=\"price\">Free!</p>", []), ("<p class=\"price\"></p><form class=\"cart\"></form>", []),
        ("<ul><li class=\"product\"><p class=\"price\"><b class=\"woocommerce-Price-amount\">€5</b></p></li></ul>", []),
    ])
    func `reads the line of the template`(line: String, expected: [String]) throws {
        #expect(try prices(read(line)) == expected)
    }

    @Test(arguments: [("en-US", "45.00"), ("en-AU", "45.00 AUD"), ("en-CA", "45.00 CAD")])
    func `WordPress' own language makes no dollar American`(language: String, expected: String) throws {
        let html = """
            <html lang="\(language)"><body class="single-product woocommerce"><div class="product type-product">
            <p class="price"><b class="woocommerce-Price-amount">$45.00</b></p></div></body></html>
            """
        let found = try WooCommerce(PluginSetup(of: WooCommerce.self)).read(page(html), supplements: [])
        #expect(prices(found) == [expected])
    }

    @Test func `without a sign or a word the currency stays open`() throws {
        let html = """
            <body class="single-product woocommerce"><div class="product type-product">
            \(form("[{\"attributes\":{},\"display_price\":10,\"is_in_stock\":true}]"))</div></body>
            """
        let found = try WooCommerce(PluginSetup(of: WooCommerce.self)).read(page(html), supplements: [])
        #expect(prices(found) == ["10"])
        #expect(!found.contains { if case .price = $0.value { true } else { false } })
    }
}

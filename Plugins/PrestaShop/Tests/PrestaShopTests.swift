import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import PrestaShopPlugin

@Suite struct PrestaShopTests {
    private func page(_ html: String) throws -> Page {
        Page(address: try WebAddress("https://a.example/1-lamp.html"), document: Document(html: html))
    }

    private func read(_ inside: String, data: String = "{}") throws -> [Candidate] {
        let escaped = data.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "&quot;")
        let html = """
            <body id="product" class="currency-eur">\(inside)
            <div id="product-details" data-product="\(escaped)"></div><script>prestashop</script></body>
            """
        return try PrestaShop(PluginSetup(of: PrestaShop.self)).read(page(html), supplements: [])
    }

    private func price(_ found: [Candidate]) -> String? {
        found.compactMap { if case .price(let money) = $0.value { "\(money) at \($0.confidence)" } else { nil } }.first
    }

    @Test(arguments: [
        "<body id=\"category\" class=\"page-category\"><script>prestashop</script>",
        "<body id=\"product\"><p>Another system</p>", "<p id=\"product\">prestashop</p>",
    ])
    func `leaves other pages alone`(html: String) throws {
        #expect(try !PrestaShop.recognises(page(html)))
    }

    @Test(arguments: [
        ("<b class=\"current-price\">19,90 €</b>", "{\"price_amount\":19.9}", "19.90 EUR at 0.96"),
        ("<b class=\"current-price\">19,90 €</b>", "{\"price_amount\":16.72}", "19.90 EUR at 0.75"),
        ("<b class=\"current-price\">19,90 €</b>", "{}", "19.90 EUR at 0.9"),
        ("<b class=\"current-price\"><i content=\"19.9\">19,90 €</i></b>", "{}", "19.90 EUR at 0.94"),
        ("", "{\"price_amount\":\"19.899999\"}", "19.90 EUR at 0.9"),
        ("<article class=\"product-miniature\"><b class=\"current-price\">9 €</b></article>", "{}", nil),
        ("<b class=\"current-price\">19,90 €</b>", "{\"show_price\":false}", nil),
        ("<b class=\"current-price\"></b>", "{\"price_amount\":0}", nil), ("", "[]", nil),
        ("", "{\"price_amount\":{}}", nil),
    ])
    func `weighs what is shown with what the data says`(shown: String, data: String, expected: String?) throws {
        #expect(try price(read(shown, data: data)) == expected)
    }

    @Test(arguments: [
        ("{\"availability\":\"available\",\"quantity\":0}", Availability.inStock),
        ("{\"availability\":\"unavailable\"}", .outOfStock), ("{\"availability\":\"last_remaining_items\"}", .limited),
        ("{\"quantity\":\"3\"}", .inStock), ("{\"quantity\":0,\"allow_oosp\":0}", .outOfStock),
        ("{\"quantity\":0,\"allow_oosp\":1}", nil), ("{\"quantity\":-1}", nil),
    ])
    func `knows stock by the data`(data: String, expected: Availability?) throws {
        let found = try read("", data: data).compactMap { candidate -> Availability? in
            if case .availability(let value) = candidate.value { value } else { nil }
        }
        #expect(found.first == expected)
    }
}

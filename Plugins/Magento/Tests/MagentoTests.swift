import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import MagentoPlugin

@Suite struct MagentoTests {
    private func page(_ html: String, _ url: String = "https://a.example/lamp.html") throws -> Page {
        Page(address: try WebAddress(url), document: Document(html: html))
    }

    private func read(_ inside: String, query: String = "") throws -> [Candidate] {
        let html =
            "<body class=\"catalog-product-view\"><meta itemprop=\"priceCurrency\" content=\"EUR\">\(inside)</body>"
        let page = try page(html, "https://a.example/lamp.html\(query)")
        return try Magento(PluginSetup(of: Magento.self)).read(page, supplements: [])
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
        "<body class=\"catalog-category-view\"><script type=\"text/x-magento-init\">{}</script><i class=\"catalog-product-view\"></i>",
        "<body class=\"catalog-product-view\"><p>Another system</p>",
        "<p>Magento_ catalog-product-view</p>",
    ])
    func `leaves other pages alone`(html: String) throws {
        #expect(try !Magento.recognises(page(html)))
    }

    private static let form = "<form id=\"product_addtocart_form\"><input name=\"product\" value=\"7\"></form>"

    @Test(arguments: [
        "<i id=\"product-price-7\" data-price-amount=\"12.5\" data-price-type=\"finalPrice\"></i>",
        "<div data-product-id=\"7\"><i data-price-amount=\"12.5\" data-price-type=\"finalPrice\"></i></div>",
        "<div class=\"product-info-main\"><i data-price-amount=\"12.5\" data-price-type=\"finalPrice\"></i></div>",
    ])
    func `the product's own price is known by its number or its place`(price: String) throws {
        let other = "<i id=\"product-price-17\" data-price-amount=\"1\" data-price-type=\"finalPrice\"></i>"
        #expect(try prices(read(Self.form + other + price)) == ["12.50 EUR"])
    }

    @Test(arguments: [
        "<i id=\"product-price-17\" data-price-amount=\"12.5\" data-price-type=\"finalPrice\"></i>",
        "<div data-product-id=\"8\"><i data-price-amount=\"12.5\" data-price-type=\"finalPrice\"></i></div>",
        "<li class=\"product-item\"><i data-price-amount=\"12.5\" data-price-type=\"finalPrice\"></i></li>",
        "<div class=\"product-info-main\"><i data-price-amount=\"12.5\" data-price-type=\"basePrice\"></i></div>",
        "<div class=\"product-info-main\"><i data-price-amount=\"0\" data-price-type=\"finalPrice\"></i></div>",
    ])
    func `prices of others, without taxes and of nothing are none`(price: String) throws {
        #expect(try prices(read(Self.form + price)) == [])
    }

    @Test(arguments: [
        ("", "10.00|12.00"), ("?color=1", "10.00 EUR"), ("?93=2", "12.00 EUR"), ("?color=red", "12.00 EUR"),
        ("?color=9", "10.00|12.00"), ("?size=1", "10.00|12.00"),
    ])
    func `the address chooses among variants`(query: String, expected: String) throws {
        let settings = """
            <script type="text/x-magento-init">{"#product_addtocart_form":{"configurable":{"spConfig":{
            "attributes":{"93":{"id":"93","code":"color","options":[
            {"id":"1","label":"Blue","products":["21"]},{"id":"2","label":"Red","products":["22"]}]}},
            "optionPrices":{"21":{"finalPrice":{"amount":10}},"22":{"finalPrice":{"amount":"12.0000"}}}}}}}</script>
            """
        #expect(try prices(read(settings, query: query)) == [expected])
    }

    @Test func `variants without prices leave it to the page`() throws {
        let settings = "<script type=\"text/x-magento-init\">{\"a\":{\"optionPrices\":{\"1\":null}}}</script>"
        let price =
            "<div class=\"product-info-main\"><i data-price-amount=\"5\" data-price-type=\"finalPrice\"></i></div>"
        #expect(try prices(read(settings + price)) == ["5.00 EUR"])
    }
}

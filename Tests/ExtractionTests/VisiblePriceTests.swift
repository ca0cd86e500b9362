import Model
import Testing

@testable import Extraction

/// The traps of what can be seen.
@Suite struct VisiblePriceTests {
    private static let buy = "<button>In den Warenkorb</button>"

    @Test(arguments: [
        ("<p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p>19,99 €</p>", "19.99 EUR"),
        ("<p class=price><span>19</span><sup>99</sup> €</p>", "19.99 EUR"),
        ("<p class=price><span>€</span><span class=whole>1.299</span><span class=cents>50</span></p>", "1299.50 EUR"),
        ("<p class=price><b>1 299</b>,<small>50</small> €</p>", "1299.50 EUR"),
        ("<p class=price>664,– €</p>", "664.00 EUR"),
        ("<p class=price>14.99</p>", "14.99 EUR"),
        ("<p class=price><del>29,99 €</del> <ins>19,99 €</ins></p>", "19.99 EUR"),
        ("<p><s class=price>29,99 €</s></p><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p class='price old-price'>29,99 €</p><p class='price'>19,99 €</p>", "19.99 EUR"),
        ("<p class=price>UVP 29,99 €</p><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p class=price>statt <span>29,99 €</span></p><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p class=price>1,99 € / 100 ml</p><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p class=price>19,99 €</p><p class=price>39,98 € / kg</p>", "19.99 EUR"),
        ("<p class=price>5,00 € mtl.</p><p class=price>59,99 €</p>", "59.99 EUR"),
        ("<p>Versand 4,90 €</p><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p class=price>Sie sparen 10,00 €</p><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<div style='display:none' class=price>9,99 €</div><p class=price>19,99 €</p>", "19.99 EUR"),
        ("<p class=price>16,80 € ohne MwSt</p><p class=price>19,99 €</p>", "19.99 EUR"),
    ])
    func `finds the price to pay`(body: String, expected: String) throws {
        let reading = try Shop.read(Shop.lamp(body + Self.buy))
        #expect(reading.price?.description == expected)
        #expect(reading.outcome == .ok)
        #expect(reading.strategy == "visible")
    }

    @Test(arguments: [
        ("https://shop.example.ca/x", "en-CA", "$19.99", "19.99 CAD"),
        ("https://shop.example.com.ar/x", "es", "$24.990", "24990.00 ARS"),
        ("https://shop.example.cl/x", "es", "$24.990", "24990 CLP"),
        ("https://shop.example.co.uk/x", "en", "£1,299", "1299.00 GBP"),
        ("https://shop.example.com/x", "en-US", "$19.99", "19.99 USD"),
        ("https://shop.example.tw/x", "zh-TW", "$1,280", "1280.00 TWD"),
        ("https://shop.example.com/x", "ja", "1,280円", "1280 JPY"),
        ("https://shop.example.com/x", "ko", "12,800원", "12800 KRW"),
        ("https://shop.example.com/x", "en", "83,900 €", "83900.00 EUR"),
    ])
    func `a sign means the currency of the country`(url: String, lang: String, text: String, expected: String) throws {
        let page = Shop.lamp("<p class=price>\(text)</p><button>Add to cart</button>", lang: lang)
        #expect(try Shop.read(page, url: url).price?.description == expected)
    }

    @Test func `a sign of several currencies on a page of no country is ambiguous`() throws {
        let page = Shop.lamp("<p class=price>$19.99</p><button>Add to cart</button>", lang: "en")
        let reading = try Shop.read(page, url: "https://shop.example/x")
        #expect(reading.outcome == .ambiguous)
        #expect(reading.price == nil)
    }

    @Test func `prices of other products are not this one's`() throws {
        let cards = (1...6).map {
            "<div class=card><a href=/p/\($0)><img src=\($0).jpg>Other \($0)</a><p class=price>\($0),99 €</p></div>"
        }
        let body =
            "<p>Derzeit nicht verfügbar</p><section class=related><h2>Ähnliche Produkte</h2>\(cards.joined())</section>"
        let reading = try Shop.read(Shop.lamp(body))
        #expect(reading.price == nil)
        #expect(reading.outcome == .outOfStock)
    }

    @Test func `two prices that nothing tells apart are ambiguous or doubted`() throws {
        let body = "<p class=price>19,99 €</p><p class=price>24,99 €</p>"
        let reading = try Shop.read(Shop.lamp(body))
        #expect(reading.confidence < 0.5)
    }

    @Test func `the old price stands beside the new one`() throws {
        let body = "<p class=price><del>29,99 €</del> <ins>19,99 €</ins></p>\(Self.buy)"
        let reading = try Shop.read(Shop.lamp(body))
        #expect(reading.listPrice?.description == "29.99 EUR")
        #expect(reading.listPriceText == "29,99 €")
    }

    @Test(arguments: [
        "<p class=price>19,99 €</p>",
        // The same without tax is no second price.
        "<p class=price>19,99 €</p><p class=price>16,80 € ohne MwSt</p>",
        "<p class=price>19,99 €</p><p class=price>1,99 € / 100 ml</p>",
    ])
    func `the only price on the page is sure`(body: String) throws {
        let reading = try Shop.read(Shop.lamp(body + Self.buy))
        #expect(reading.price?.description == "19.99 EUR")
        #expect(reading.confidence >= 0.8)
    }

    @Test(arguments: [
        "<p class=price>ab 19,99 €</p>", "<p class=price><small>ab</small> <b>19,99 €</b></p>",
        "<p class=price>19,99 € – 49,99 €</p>", "<p class=price>19,99-49,99 €</p>",
        // No element says that it is a price, and it may be anything.
        "<p>19,99 €</p>",
        // Too far below for tax alone.
        "<p class=price>19,99 €</p><p class=price>9,99 € ohne MwSt</p>",
    ])
    func `one of several prices, or what may be something else, is not sure`(body: String) throws {
        let reading = try Shop.read(Shop.lamp(body + Self.buy))
        #expect(reading.price?.description == "19.99 EUR")
        #expect(reading.confidence < 0.8)
    }

    @Test(arguments: ["12,– €", "19,- €", "1.299,-", "19,99 € AB-12 Lampe"])
    func `a dash for no cents, or in a name, is no range`(text: String) {
        #expect(!SpotText.isRange(text))
    }

    @Test(arguments: ["10 – 20 €", "5499.00-6799.00", "€10—€20", "10 EUR - 20 EUR", "10〜20円"])
    func `a dash between two numbers is a range`(text: String) {
        #expect(SpotText.isRange(text))
    }

    @Test func `a sentence about another offer is not the price`() throws {
        let body =
            "<div class=price>19,99 €</div><div class=price><a href='#others'>sehen Sie auch ein Angebot für 39,99 €</a></div>"
        #expect(try Shop.read(Shop.lamp(body + Self.buy)).price?.description == "19.99 EUR")
    }

    @Test func `a label in a block of its own belongs to what comes next`() throws {
        let body =
            "<div class=price>199,00 €</div><div>Monatliche Rate</div><div class=price>ab 16,60 € mtl.</div>"
        let reading = try Shop.read(Shop.lamp(body + Self.buy))
        #expect(reading.price?.description == "199.00 EUR")
        #expect(reading.confidence >= 0.8)
    }
}

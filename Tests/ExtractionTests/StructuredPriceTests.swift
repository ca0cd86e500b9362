import Model
import Testing

@testable import Extraction

/// The traps of structured data, each on a page of our own making.
@Suite struct StructuredPriceTests {
    private func price(_ html: String, url: String = "https://shop.example.de/lamp") throws -> String? {
        try Shop.read(html, url: url).price?.description
    }

    @Test(arguments: [
        (#"{"@type":"Offer","price":"19.99","priceCurrency":"EUR"}"#, "19.99 EUR"),
        (#"{"@type":"Offer","price":19.9,"priceCurrency":"EUR"}"#, "19.90 EUR"),
        (#"[{"@type":"Offer","price":"19.99","priceCurrency":"EUR"}]"#, "19.99 EUR"),
        (#"{"@type":"Offer","price":"1.299,00","priceCurrency":"EUR"}"#, "1299.00 EUR"),
        (#"{"@type":"Offer","price":"€ 19,99","priceCurrency":"EUR"}"#, "19.99 EUR"),
        (#"{"@type":"Offer","price":"24.990","priceCurrency":"CLP"}"#, "24990 CLP"),
        (#"{"@type":"Offer","price":"1250.00","priceCurrency":"JPY"}"#, "1250 JPY"),
        (#"{"@type":"Offer","price":67.839600,"priceCurrency":"EUR"}"#, "67.84 EUR"),
        (#"{"@type":"AggregateOffer","lowPrice":"5","highPrice":"9","priceCurrency":"EUR"}"#, "5.00 EUR"),
        (
            #"{"@type":"AggregateOffer","priceCurrency":"EUR","lowPrice":5,"offers":[{"@type":"Offer","price":9}]}"#,
            "5.00 EUR"
        ),
        (#"{"@type":"AggregateOffer","offers":[{"@type":"Offer","price":9,"priceCurrency":"EUR"}]}"#, "9.00 EUR"),
        (#"{"@type":"Offer","priceSpecification":{"price":7,"priceCurrency":"EUR"}}"#, "7.00 EUR"),
        (
            #"{"@type":"Offer","priceSpecification":[{"@type":"UnitPriceSpecification","priceType":"https://schema.org/ListPrice","price":9,"priceCurrency":"EUR"},{"@type":"UnitPriceSpecification","price":7,"priceCurrency":"EUR"}]}"#,
            "7.00 EUR"
        ),
        (
            #"{"@type":"Offer","priceSpecification":[{"@type":"UnitPriceSpecification","price":1,"priceCurrency":"EUR","referenceQuantity":{"unitCode":"KGM"}},{"price":7,"priceCurrency":"EUR"}]}"#,
            "7.00 EUR"
        ),
    ])
    func `reads the forms of an offer`(offers: String, expected: String) throws {
        #expect(try price(Shop.lamp("", head: Shop.product(offers))) == expected)
    }

    @Test(arguments: [
        #"{"@type":"Offer","price":{},"priceCurrency":"EUR"}"#, #"{"@type":"Offer","price":"0","priceCurrency":"EUR"}"#,
        #"{"@type":"AggregateOffer","lowPrice":"0","offerCount":0,"priceCurrency":"EUR"}"#,
        #"{"@type":"Offer","price":"","priceCurrency":"EUR"}"#, #"{"@type":"Offer","price":"on request"}"#,
    ])
    func `what is no price is no price`(offers: String) throws {
        let reading = try Shop.read(Shop.lamp("", head: Shop.product(offers)))
        #expect(reading.price == nil)
        #expect(reading.outcome == .noPrice)
        #expect(reading.note != nil)
    }

    @Test func `a bad block beside a good one`() throws {
        let bad = Shop.script(#"{"@type":"Product","name":"Lamp" "Arc", oops"#)
        let good = Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#)
        #expect(try price(Shop.lamp("", head: bad + good)) == "5.00 EUR")
    }

    @Test func `a product in a graph, with its type in a list`() throws {
        let json = """
            {"@graph":[{"@type":"WebPage","name":"x"},{"@type":["Thing","Product"],"name":"Lamp Arc",
            "offers":{"price":"5","priceCurrency":"EUR"}}]}
            """
        #expect(try price(Shop.lamp("", head: Shop.script(json))) == "5.00 EUR")
    }

    @Test func `variants: the first that can be bought`() throws {
        let json = """
            {"@type":"ProductGroup","name":"Lamp Arc","hasVariant":[
            {"@type":"Product","offers":{"price":"5","priceCurrency":"EUR","availability":"https://schema.org/OutOfStock"}},
            {"@type":"Product","offers":{"price":"6","priceCurrency":"EUR","availability":"https://schema.org/InStock"}}]}
            """
        let reading = try Shop.read(Shop.lamp("", head: Shop.script(json)))
        #expect(reading.price?.description == "6.00 EUR")
        #expect(reading.availability == .inStock)
        #expect(reading.outcome == .ok)
    }

    @Test func `the product that the page is about, not one that is related to it`() throws {
        let json = """
            [{"@type":"Product","name":"Chair","offers":{"price":"99","priceCurrency":"EUR"}},
            {"@type":"Product","name":"Lamp Arc","offers":{"price":"5","priceCurrency":"EUR"},
            "isRelatedTo":[{"@type":"Product","name":"Bulb","offers":{"price":"1","priceCurrency":"EUR"}}]}]
            """
        #expect(try price(Shop.lamp("", head: Shop.script(json))) == "5.00 EUR")
    }

    @Test func `microdata: the main item, not the ones inside lists`() throws {
        let item = { (name: String, price: String, role: String) in
            """
            <div \(role) itemscope itemtype="https://schema.org/Product"><b itemprop="name">\(name)</b>
            <p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><i itemprop="price">\(price)</i>
            <meta itemprop="priceCurrency" content="EUR"></p></div>
            """
        }
        let related = item("Chair", "99,00", "itemprop=\"isRelatedTo\"")
        #expect(try price(Shop.lamp(related + item("Lamp Arc", "5,00", ""))) == "5.00 EUR")
    }

    @Test func `a range in one microdata price is its low end`() throws {
        let body = """
            <div itemscope itemtype="https://schema.org/Product"><p itemprop="offers" itemscope
            itemtype="https://schema.org/Offer"><i itemprop="price">€ 97,39 - 128,72</i></p></div>
            """
        #expect(try price(Shop.lamp(body)) == "97.39 EUR")
    }

    @Test func `a price in meta tags alone`() throws {
        let head = """
            <meta property="og:type" content="product"><meta property="product:price:amount" content="329.99">
            <meta property="product:price:currency" content="USD">
            """
        #expect(try price(Shop.lamp("<p>MzI5Ljk5</p>", head: head)) == "329.99 USD")
    }

    @Test(arguments: [
        ("Price", "€19.99", "19.99 EUR"), ("Preis ", "19,99 €", "19.99 EUR"), ("Category", "€19.99", nil),
        ("Price", "on request", nil),
    ])
    func `a line of a card counts where its label says price`(label: String, text: String, expected: String?) throws {
        let head = """
            <meta property="og:type" content="product"><meta name="twitter:label1" content="Brand">
            <meta name="twitter:data1" content="€ 1"><meta name="twitter:label2" content="\(label)">
            <meta name="twitter:data2" content="\(text)">
            """
        #expect(try Shop.read(Shop.lamp("", head: head)).price?.description == expected)
    }

    @Test(arguments: [("17,10 €", "17.10 EUR"), ("18,00 €", "18.00 EUR")])
    func `of several offers the one that is shown is chosen`(shown: String, expected: String) throws {
        let offer = #"{"@type":"Offer","price":"%","priceCurrency":"EUR"}"#
        let offers = ["18.00", "17.10", "25.00"].map { offer.replacing("%", with: $0) }.joined(separator: ",")
        let body = "<p class=price>\(shown)</p><button>In den Warenkorb</button>"
        #expect(try price(Shop.lamp(body, head: Shop.product("[\(offers)]"))) == expected)
    }

    @Test func `no currency anywhere is ambiguous, never a guess`() throws {
        let head = Shop.product(#"{"price":"19.99"}"#)
        let reading = try Shop.read(Shop.lamp("", head: head, lang: "en"), url: "https://shop.example/lamp")
        #expect(reading.outcome == .ambiguous)
        #expect(reading.price == nil)
        #expect(reading.note?.contains("currency") == true)
    }

    @Test func `a structured price that is struck out on the page is the old one`() throws {
        let head =
            Shop.product(#"{"price":"150","priceCurrency":"EUR"}"#)
            + "<meta property='product:price:amount' content='120'><meta property='product:price:currency' content='EUR'>"
        let body =
            "<p class=price><del>150,00 €</del> <b class='price current'>120,00 €</b></p><button>In den Warenkorb</button>"
        let reading = try Shop.read(Shop.lamp(body, head: head))
        #expect(reading.price?.description == "120.00 EUR")
        #expect(reading.listPrice?.description == "150.00 EUR")
    }

    @Test func `agreement raises the confidence, contradiction lowers it`() throws {
        let head = Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#)
        let alone = try Shop.read(Shop.lamp("", head: head))
        let agreed = try Shop.read(Shop.lamp("<p class=price>5,00 €</p><button>In den Warenkorb</button>", head: head))
        let against = try Shop.read(Shop.lamp("<p class=price>7,00 €</p><button>In den Warenkorb</button>", head: head))
        #expect(agreed.confidence > alone.confidence)
        #expect(agreed.confidence >= 0.8)
        #expect(against.confidence < alone.confidence)
        #expect(Set(agreed.evidence.map(\.strategy)).isSuperset(of: ["json-ld", "visible"]))
    }
}

import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import AmazonPlugin

@Suite struct AmazonTests {
    private func page(_ url: String, _ html: String) throws -> Page {
        Page(address: try WebAddress(url), document: Document(html: html))
    }

    private func read(_ box: String, _ url: String = "https://www.amazon.com/dp/B000000001") throws -> [Candidate] {
        let html = "<span id=\"productTitle\">Lamp</span><div id=\"buybox\">\(box)</div>"
        return try Amazon(PluginSetup(of: Amazon.self)).read(page(url, html), supplements: [])
    }

    private func prices(_ found: [Candidate]) -> [String] {
        found.compactMap { if case .price(let money) = $0.value { "\(money)" } else { nil } }
    }

    @Test(arguments: [
        ("www.amazon.com", "com"), ("amazon.de", "de"), ("smile.amazon.co.uk", "co.uk"),
        ("www.amazon.com.br", "com.br"),
    ])
    func `knows every marketplace by its host`(host: String, domain: String) throws {
        #expect(Marketplace(try WebAddress("https://\(host)/"))?.domain == domain)
        #expect(try Amazon.recognises(page("https://\(host)/dp/B000000001", "")))
    }

    @Test(arguments: ["amazon.shop.example", "notamazon.com", "amazon", "amazon.com.shop.example", "lamps.example"])
    func `leaves other hosts alone`(host: String) throws {
        #expect(try !Amazon.recognises(page("https://\(host)/dp/B000000001", "<p>Amazon</p>")))
    }

    @Test func `recognises a saved page without its address`() throws {
        let picture = "<img id=\"landingImage\" src=\"https://m.media-amazon.com/images/I/none.jpg\">"
        let parts = "<div id=\"ppd\"><span id=\"productTitle\">Lamp</span>\(picture)</div>"
        #expect(try Amazon.recognises(page("https://page.invalid/", parts)))
        // A shop that shows a picture from there is another shop.
        #expect(try !Amazon.recognises(page("https://page.invalid/", "<h1>Lamp</h1>\(picture)")))
    }

    @Test(arguments: [
        ("https://www.amazon.com/dp/1", "USD"), ("https://www.amazon.com.au/dp/1", "AUD"),
        ("https://www.amazon.ca/dp/1", "CAD"), ("https://www.amazon.com.mx/dp/1", "MXN"),
    ])
    func `a dollar is the marketplace's own`(url: String, code: String) throws {
        #expect(try prices(read("<span id=\"priceblock_ourprice\">$39.00</span>", url)) == ["39.00 \(code)"])
    }

    @Test func `music that is sold as files has its price on the button`() throws {
        let button =
            "<a class=\"a-button-text\">Audio CD <span>$12.49</span></a>"
            + "<span id=\"dmusic_digital_buy_button_buyBox_B000000001\"><a>"
            + "Buy MP3 Album <span class=\"a-text-bold\">$9.49</span></a></span>"
        let title = "<div id=\"dmusicProductTitle_feature_div\"><h1>Songs</h1></div>"
        #expect(try prices(read(title + button)) == ["9.49 USD"])
        // On the page of the disc the files are another product.
        #expect(try prices(read(button)).isEmpty)
    }

    @Test func `a code that the text names counts before the marketplace`() throws {
        #expect(try prices(read("<span id=\"priceblock_ourprice\">EUR 39.00</span>")) == ["39.00 EUR"])
    }

    @Test(arguments: [
        "<span class=\"a-price\" data-a-strike=\"true\"><span class=\"a-offscreen\">$59.00</span></span>",
        "<span class=\"pricePerUnit\"><span class=\"a-price\"><span class=\"a-offscreen\">$1.00</span></span></span>",
        "<div class=\"aok-hidden\"><span class=\"a-price\"><span class=\"a-offscreen\">$8.00</span></span></div>",
    ])
    func `a box of other prices has none`(inside: String) throws {
        #expect(try prices(read("<div id=\"corePrice_feature_div\">\(inside)</div>")) == [])
    }

    @Test(arguments: ["usedAccordionRow", "snsAccordionRowMiddle", "rentAccordionRow", "usedBuySection"])
    func `a row for used ones, rents or subscriptions is not the price`(row: String) throws {
        let price = "<span class=\"a-price\"><span class=\"a-offscreen\">$8.00</span></span>"
        let found = try read("<div id=\"\(row)\"><div id=\"corePrice_feature_div\">\(price)</div></div>")
        #expect(prices(found) == [])
    }

    @Test func `says that other sellers have it and no more`() throws {
        let found = try read("<span id=\"buybox-see-all-buying-choices\">See all buying options</span>")
        #expect(found.contains { if case .ambiguousPrice(_, []) = $0.value { true } else { false } })
        #expect(!found.contains { if case .availability = $0.value { true } else { false } })
    }

    @Test func `a price without a button says nothing about stock`() throws {
        let found = try read("<span id=\"priceblock_ourprice\">$39.00</span>")
        #expect(!found.contains { if case .availability = $0.value { true } else { false } })
    }

    @Test func `other pages of the shop are left to the generic reader`() throws {
        let page = try page("https://www.amazon.com/s?k=lamp", "<span class=\"a-price\">$39.00</span>")
        #expect(try Amazon(PluginSetup(of: Amazon.self)).read(page, supplements: []) == [])
    }

    @Test(arguments: [
        (
            "<i class=\"a-price-symbol\">€</i><i class=\"a-price-whole\">1.299,</i><i class=\"a-price-fraction\">00</i>",
            "€ 1.299,00"
        ),
        ("<i class=\"a-price-whole\">1299</i><i class=\"a-price-fraction\">00</i>", "1299.00"),
        ("<i class=\"a-price-whole\">1.299</i><i class=\"a-price-fraction\">00</i>", "1.299,00"),
        ("<i class=\"a-price-whole\">649.</i>", "649"), ("<i class=\"a-offscreen\">$5.00</i>5", "$5.00"),
    ])
    func `puts the parts of a price together`(parts: String, expected: String) throws {
        let price = try #require(Document(html: "<b class=\"a-price\">\(parts)</b>").elements.first { $0.is(.b) })
        #expect(PriceSpan.text(of: price) == expected)
    }
}

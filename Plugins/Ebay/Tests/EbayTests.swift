import Markup
import Model
import PluginAPI
import TestSupport
import Testing

@testable import EbayPlugin

@Suite struct EbayTests {
    private func page(_ html: String, _ url: String = "https://www.ebay.com/itm/1") throws -> Page {
        Page(address: try WebAddress(url), document: Document(html: html))
    }

    private func read(_ html: String, _ url: String = "https://www.ebay.com/itm/1") throws -> [Candidate] {
        try Ebay(PluginSetup(of: Ebay.self)).read(page("<h1 id=\"itemTitle\">Lamp</h1>\(html)", url), supplements: [])
    }

    private func prices(_ found: [Candidate]) -> [String] {
        found.compactMap { if case .price(let money) = $0.value { "\(money)" } else { nil } }
    }

    @Test(arguments: ["www.ebay.com", "ebay.de", "www.ebay.co.uk", "www.ebay.com.au", "m.ebay.fr"])
    func `knows every marketplace by its host`(host: String) throws {
        #expect(try Ebay.recognises(page("", "https://\(host)/itm/1")))
    }

    @Test(arguments: ["ebay.shop.example", "notebay.com", "lamps.example"])
    func `leaves other hosts alone`(host: String) throws {
        let picture = "<img src=\"https://i.ebayimg.com/none.jpg\"><h1>Lamp</h1>"
        #expect(try !Ebay.recognises(page(picture, "https://\(host)/itm/1")))
    }

    @Test func `recognises a saved listing without its address`() throws {
        let listing = "<h1 id=\"itemTitle\">Lamp</h1><img src=\"https://i.ebayimg.com/none.jpg\">"
        #expect(try Ebay.recognises(page(listing, "https://page.invalid/")))
    }

    @Test(arguments: [
        ("<b id=\"prcIsum\">US $5.00</b>", "5.00 USD"), ("<b id=\"prcIsum\">$5.00</b>", "5.00 USD"),
        ("<b id=\"prcIsum\">AU $5.00</b>", "5.00 AUD"), ("<b id=\"prcIsum\">C $5.00</b>", "5.00 CAD"),
        ("<b id=\"prcIsum_bidPrice\">£5.00</b><b id=\"prcIsum\">£9.00</b>", "9.00 GBP"),
        ("<b id=\"prcIsum\">£9.00</b><b id=\"mm-saleDscPrc\">£7.00</b>", "7.00 GBP"),
        ("<b id=\"convbinPrice\">US $5.00</b>", nil), ("<b id=\"prcIsum\"></b>", nil),
    ])
    func `the price is what it costs to buy it now, in the seller's currency`(html: String, expected: String?) throws {
        #expect(try prices(read(html)) == [expected].compactMap(\.self))
    }

    @Test func `an ended listing has no price and cannot be bought`() throws {
        let found = try read("<b class=\"vi-VR-cvipPrice\">£5.00</b><b id=\"prcIsum\">£5.00</b>")
        #expect(prices(found) == [])
        #expect(found.contains { $0.value == .availability(.outOfStock) })
    }

    @Test func `a message about the state of a listing that can be bought does not end it`() throws {
        let found = try read(
            "<p class=\"d-statusmessage\">Seen often</p><b id=\"prcIsum\">£5.00</b><a id=\"binBtn_btn\">Buy</a>"
        )
        #expect(prices(found) == ["5.00 GBP"])
        #expect(found.contains { $0.value == .availability(.inStock) })
    }

    @Test func `other pages are left to the generic reader`() throws {
        let page = try page("<h1>Lamps</h1><b class=\"x-price-primary\">$5.00</b>", "https://www.ebay.com/sch/lamps")
        #expect(try Ebay(PluginSetup(of: Ebay.self)).read(page, supplements: []) == [])
    }
}

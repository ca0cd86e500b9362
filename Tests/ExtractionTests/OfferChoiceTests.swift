import Model
import Testing

@testable import Extraction

/// Several offers at different prices: the one that the page speaks for, else none, with the list.
@Suite
struct OfferChoiceTests {
    private static let both = """
        [{"price":"10.00","priceCurrency":"GBP","name":"S","url":"/lamp?size=s"},
        {"price":"12.00","priceCurrency":"GBP","name":"M","url":"/lamp?size=m"}]
        """
    private static let buy = "<button>Add to basket</button>"

    private func read(
        _ body: String = "",
        offers: String = both,
        head: String = "",
        url: String = "https://shop.example.co.uk/lamp"
    ) throws -> Reading {
        try Shop.read(Shop.lamp(body + Self.buy, head: Shop.product(offers) + head, lang: "en"), url: url)
    }

    @Test(arguments: [
        "", "<select><option>S £10.00</option><option selected>M £12.00</option></select>",
        "<ul><li class=price>£10.00</li><li class=price>£12.00</li></ul>",
    ])
    func `nothing says which one is chosen: no price, and the list`(body: String) throws {
        let reading = try read(body)
        #expect(reading.outcome == .ambiguous)
        #expect(reading.price == nil)
        #expect(reading.note == "The page offers it at £10.00 and £12.00, and nothing says which one is chosen.")
    }

    @Test func `of a long list five are named`() throws {
        let offers = (1...9).map { "{\"price\":\"\($0)0\",\"priceCurrency\":\"GBP\"}" }.joined(separator: ",")
        let words = "£10.00, £20.00, £30.00, £40.00, £50.00 and 4 more"
        #expect(
            try read(offers: "[\(offers)]").note
                == "The page offers it at \(words), and nothing says which one is chosen."
        )
    }

    @Test(arguments: [
        ("<p class=price>£12.00</p><select><option>S £10.00</option><option selected>M £12.00</option></select>", ""),
        ("", "<meta property='product:price:amount' content=12><meta property='product:price:currency' content=GBP>"),
        (
            "<p itemscope itemtype='https://schema.org/Product'><i itemprop=name>Lamp Arc</i><b itemprop=offers itemscope "
                + "itemtype='https://schema.org/Offer'><meta itemprop=price content=12.00><meta itemprop=priceCurrency "
                + "content=GBP></b></p>", ""
        ),
        ("", "<script>push({price: 12.00, id: 7}); push({price: 12.00, old_price: 14})</script>"),
    ])
    func `what the page shows or says elsewhere decides`(body: String, head: String) throws {
        #expect(try read(body, head: head).price?.description == "12.00 GBP")
    }

    @Test func `the page's own address decides`() throws {
        #expect(try read(url: "https://shop.example.co.uk/lamp?size=m").price?.description == "12.00 GBP")
    }

    @Test func `all that can be bought cost the same`() throws {
        let offers = """
            [{"price":"10.00","priceCurrency":"GBP","availability":"SoldOut"},
            {"price":"12.00","priceCurrency":"GBP","availability":"InStock"},{"price":"12","priceCurrency":"GBP"}]
            """
        #expect(try read(offers: offers).price?.description == "12.00 GBP")
    }

    @Test(arguments: [
        #""itemCondition":"https://schema.org/RefurbishedCondition""#, #""itemCondition":"UsedCondition""#,
        #""eligibleQuantity":{"minValue":10}"#, #""eligibleQuantity":{"minValue":"10","unitCode":"C62"}"#,
    ])
    func `one new piece is what a page is about`(special: String) throws {
        let offers = """
            [{"price":"10.00","priceCurrency":"GBP",\(special)},{"price":"12.00","priceCurrency":"GBP"}]
            """
        #expect(try read(offers: offers).price?.description == "12.00 GBP")
        #expect(
            try read(offers: #"{"price":"10.00","priceCurrency":"GBP",\#(special)}"#).price?.description == "10.00 GBP"
        )
    }

    @Test func `where the page sums them up, the least, and not for sure`() throws {
        let offers = """
            {"@type":"AggregateOffer","lowPrice":"10.00","highPrice":"12.00","priceCurrency":"GBP","offers":\(Self.both)}
            """
        let reading = try read(offers: offers)
        #expect(reading.price?.description == "10.00 GBP")
        #expect(reading.confidence < 0.8)
    }
}

import Markup
import Model
import PluginAPI
import Testing

@Suite struct StatedPriceTests {
    @Test(arguments: [
        ("71.910401", "EUR", 7191), ("11.946201", "EUR", 1195), ("19.995", "EUR", 2000), ("5", "EUR", 500),
        ("1199.4", "JPY", 1199), ("1.2345", "KWD", 1235), ("0.01", "EUR", 1),
    ])
    func `numbers from data are rounded as shops show them`(text: String, code: String, minor: Int) throws {
        let currency = try #require(Currency(code: code))
        #expect(Candidate.Value.price(data: text, in: currency) == .price(Money(minor: minor, currency: currency)))
    }

    @Test(arguments: ["0", "0.00", "-5", "1e3", "", ".", "1,5", "12 ", "1234567890123", "1.2.3"])
    func `what is no amount above 0 is no price`(text: String) {
        #expect(Candidate.Value.price(data: text, in: Currency(code: "EUR")) == nil)
        #expect(Candidate.Value.price(data: text, in: nil) == nil)
    }

    @Test func `without a currency the amount is what is left open`() {
        guard case .ambiguousPrice(_, let readings)? = Candidate.Value.price(data: "19.90", in: nil) else {
            Issue.record("A number without a currency was decided.")
            return
        }
        #expect(readings == ["19.90"])
        #expect(Candidate.Value.price(shown: "free of charge", in: PriceText.Context()) == nil)
    }

    @Test func `variants that cost the same have one price, others a list`() {
        let (five, six) = (Candidate.Value.price(data: "5", in: nil), Candidate.Value.price(data: "6", in: nil))
        let values = [five, six, five].compactMap(\.self)
        #expect(Candidate.Value.price(ofAny: []) == nil)
        #expect(Candidate.Value.price(ofAny: [values[0], values[2]]) == values[0])
        guard case .ambiguousPrice(_, let readings)? = Candidate.Value.price(ofAny: values) else {
            Issue.record("Different prices became one.")
            return
        }
        #expect(readings == ["5", "6"])
    }

    @Test(arguments: [
        ("<meta property=\"og:price:currency\" content=\"SEK\">", "SEK"),
        ("<meta itemprop=\"priceCurrency\" content=\"NOK\">", "NOK"),
        ("<script type=\"application/ld+json\">{\"offers\":[{\"priceCurrency\":\"CHF\"}]}</script>", "CHF"),
        ("<i itemprop=\"priceCurrency\" content=\"EUR\"></i><i itemprop=\"priceCurrency\" content=\"USD\"></i>", nil),
        ("<p>EUR</p>", nil),
    ])
    func `a page's currency is the one that it names to machines`(html: String, code: String?) {
        #expect(NamedCurrency.find(Document(html: html))?.currency.code == code)
    }
}

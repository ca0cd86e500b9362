import Model
import Operations
import Testing

@testable import Host

struct OutputTests {
    @Test(arguments: [
        ("shop.example.de", "de"), ("www.shop.co.uk", "co.uk"), ("shop.com.au", "com.au"), ("co.uk", "uk"),
        ("shop.com", "com"), ("localhost", nil), ("192.168.1.1", nil),
    ])
    func `the country is read from the end of a host name`(host: String, domain: String?) {
        #expect(TopLevelDomain.text(of: host) == domain)
    }

    @Test(arguments: [
        (
            PriceText.Meaning.money(Money(minor: 129_900, currency: .euro)),
            #"{"amount":"1299.00","currency":"EUR","minor":129900}"#
        ),
        (.amount("1299.00"), #"{"amount":"1299.00","currency":null,"minor":null}"#),
        (.ambiguous(why: "why", readings: ["1.299", "1299"]), #"{"ambiguous":"why","readings":["1.299","1299"]}"#),
        (.none, #"{"none":true}"#),
    ])
    func `the meaning of a price text is written as scripts expect it`(meaning: PriceText.Meaning, line: String) {
        #expect(PriceLine.json(meaning).line == line)
    }

    @Test func `a reading is written with every member, in the contract's shape`() {
        var reading = Reading(
            outcome: .ok,
            title: "Lamp",
            price: Money(minor: 1999, currency: .euro),
            priceText: "19,99 €"
        )
        (reading.availability, reading.strategy, reading.confidence) = (.inStock, "json-ld", 0.93)
        #expect(
            ReadingLine.extracted(reading, file: "a.html").line
                == #"{"file":"a.html","outcome":"ok","title":"Lamp","price":{"minor":1999,"currency":"EUR","text":"19,99 €"},"#
                + #""listPrice":null,"availability":"inStock","image":null,"strategy":"json-ld","confidence":0.93}"#
        )
    }

    @Test func `a price is only told with an outcome that has one`() {
        let reading = Reading(outcome: .ambiguous, price: Money(minor: 1999, currency: .euro))
        #expect(ReadingLine.extracted(reading, file: "a").line.contains(#""price":null"#))
    }

    @Test func `columns are as wide as their widest cell, and lines end where the text does`() {
        let lines = TextTable.lines(heads: ["A", "BB"], rows: [["long", ""], ["x", "y"]])
        #expect(lines == ["A     BB", "long", "x     y"])
    }

    @Test(arguments: [Outcome.refused, .unreachable, .timeout, .notFound, .blocked, .captcha, .notAPage, .tooLarge])
    func `where no page was read, the first line says why`(outcome: Outcome) {
        let reading = Reading(outcome: outcome, note: "10.0.0.1 is a private address.")
        let lines = ReadingText.lines(reading, page: "http://10.0.0.1/ (no answer, 1 ms)")
        #expect(lines.first == "10.0.0.1 is a private address.")
        #expect(lines.count == 3)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
    }

    @Test func `foreign text cannot steer the terminal`() {
        let reading = Reading(outcome: .ok, title: "A\u{1b}[2J\nB", note: "n\u{7}")
        let lines = ReadingText.lines(reading, page: "https://a.example/")
        #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
        #expect(lines.first == "A[2J B")
    }
}

extension Currency {
    fileprivate static var euro: Currency {
        guard let euro = Currency(code: "EUR") else { preconditionFailure("EUR is a currency.") }
        return euro
    }
}

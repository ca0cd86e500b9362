import FoundationEssentials
import Model
import Testing

struct CurrencyTests {
    @Test(arguments: [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), ("TND", 3), ("HUF", 2)])
    func `knows the decimal places of a currency`(code: String, exponent: Int) throws {
        #expect(try #require(Currency(code: code)).exponent == exponent)
    }

    @Test func `does not care about case`() {
        #expect(Currency(code: "eur") == Currency(code: "EUR"))
        #expect(Currency(code: "eUr")?.code == "EUR")
    }

    @Test(arguments: ["", "EU", "EURO", "XYZ", "€", "E R"])
    func `knows no other codes`(code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test func `every code is three capital letters with zero to four places`() {
        #expect(Currency.exponents.count > 150)
        for (code, exponent) in Currency.exponents {
            #expect(code.utf8.count == 3 && code.utf8.allSatisfy { (0x41...0x5a).contains($0) }, "\(code)")
            #expect((0...4).contains(exponent), "\(code)")
        }
    }

    @Test func `travels as its code and refuses others`() throws {
        let euro = try #require(Currency(code: "EUR"))
        #expect(String(decoding: try JSONEncoder().encode([euro]), as: UTF8.self) == #"["EUR"]"#)
        #expect(try JSONDecoder().decode([Currency].self, from: Data(#"["EUR"]"#.utf8)) == [euro])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Currency].self, from: Data(#"["XYZ"]"#.utf8)) }
    }
}

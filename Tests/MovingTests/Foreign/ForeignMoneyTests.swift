import Model
import Testing

@testable import Moving

struct ForeignMoneyTests {
    @Test(arguments: [
        ("12.99", "EUR", 1299), ("12.9", "EUR", 1290), ("12", "EUR", 1200), ("12.989999999999998", "EUR", 1299),
        ("12.990000000000000213", "EUR", 1299), ("1299", "JPY", 1299), ("1299.00", "JPY", 1299), ("1.299", "KWD", 1299),
        ("1299.0000001", "JPY", 1299), (" 5.00 ", "USD", 500), ("0.01", "EUR", 1),
    ])
    func `a decimal number is an exact amount, also after a float had it`(text: String, code: String, minor: Int) throws
    {
        let currency = try #require(Currency(code: code))
        #expect(ForeignMoney.read(text, currency) == .money(Money(minor: minor, currency: currency)))
    }

    @Test(arguments: [
        ("0", "EUR", ForeignMoney.Meaning.nothing), ("0.00", "EUR", .nothing), ("-1", "EUR", .nothing),
        ("12.5", "JPY", .inexact), ("12.345", "EUR", .inexact), ("", "EUR", .notANumber), ("12,99", "EUR", .notANumber),
        ("1e3", "EUR", .notANumber), ("NaN", "EUR", .notANumber), ("99999999999999", "EUR", .notANumber),
    ])
    func `what is no amount is none`(text: String, code: String, meaning: ForeignMoney.Meaning) throws {
        #expect(ForeignMoney.read(text, try #require(Currency(code: code))) == meaning)
    }

    @Test(arguments: [
        (1999, "EUR", 1999), (129_900, "JPY", 1299), (1999, "KWD", 19_990), (1, "USD", 1),
    ])
    func `hundredths are an amount of each currency`(hundredths: Int, code: String, minor: Int) throws {
        let currency = try #require(Currency(code: code))
        #expect(ForeignMoney.read(hundredths: hundredths, currency) == .money(Money(minor: minor, currency: currency)))
    }

    @Test func `hundredths of a yen are no amount`() throws {
        let yen = try #require(Currency(code: "JPY"))
        #expect(ForeignMoney.read(hundredths: 1950, yen) == .inexact)
        #expect(ForeignMoney.read(hundredths: 0, yen) == .nothing)
        #expect(ForeignMoney.read(hundredths: .max, yen) == .notANumber)
    }
}

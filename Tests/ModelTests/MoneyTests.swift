import Model
import Testing

struct MoneyTests {
    @Test(arguments: [
        (129_900, "EUR", "1299.00"), (1299, "JPY", "1299"), (1299, "KWD", "1.299"), (5, "EUR", "0.05"),
        (0, "EUR", "0.00"),
        (-5, "EUR", "-0.05"), (-129_900, "EUR", "-1299.00"), (1, "CLF", "0.0001"),
        (Int.max, "JPY", "9223372036854775807"),
        (Int.min, "JPY", "-9223372036854775808"),
    ])
    func `writes minor units as decimal text`(minor: Int, code: String, expected: String) throws {
        let money = Money(minor: minor, currency: try #require(Currency(code: code)))
        #expect(money.decimal == expected)
        #expect(money.description == "\(expected) \(code)")
    }

    @Test(arguments: [
        ("1299", "EUR", 129_900), ("1299.5", "EUR", 129_950), ("1299.50", "EUR", 129_950),
        ("1299.5000", "EUR", 129_950),
        ("0.05", "EUR", 5), ("0", "EUR", 0), ("007", "EUR", 700), ("1299", "JPY", 1299), ("1299.00", "JPY", 1299),
        ("1.299", "KWD", 1299), ("9223372036854775807", "JPY", Int.max),
    ])
    func `reads plain decimal text`(text: String, code: String, minor: Int) throws {
        let currency = try #require(Currency(code: code))
        #expect(Money(decimal: text, currency: currency)?.minor == minor)
    }

    @Test(arguments: [
        ("", "EUR"), (".", "EUR"), (".5", "EUR"), ("5.", "EUR"), ("-5", "EUR"), ("+5", "EUR"), ("1,50", "EUR"),
        ("1.234.567", "EUR"), ("1e3", "EUR"), (" 5", "EUR"), ("٥", "EUR"), ("1.299", "EUR"), ("1.5", "JPY"),
        ("9223372036854775808", "JPY"), ("92233720368547758.08", "EUR"),
    ])
    func `refuses what is not an exact amount`(text: String, code: String) throws {
        let currency = try #require(Currency(code: code))
        #expect(Money(decimal: text, currency: currency) == nil)
    }

    @Test(arguments: [
        (129_900, "EUR", "€1,299.00"), (99, "EUR", "€0.99"), (123_456_789, "USD", "$1,234,567.89"),
        (1299, "JPY", "¥1,299"),
        (999, "JPY", "¥999"), (129_900, "RON", "1,299.00\u{a0}RON"), (-129_900, "EUR", "−€1,299.00"),
        (1_299_000, "KWD", "1,299.000\u{a0}KWD"),
    ])
    func `shows amounts as people read them`(minor: Int, code: String, expected: String) throws {
        #expect(Money(minor: minor, currency: try #require(Currency(code: code))).displayText == expected)
    }
}

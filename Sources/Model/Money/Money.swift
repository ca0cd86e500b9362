/// An exact amount of one currency.
///
/// Minor units, never a float: 1999 is 19.99 EUR, 1999 JPY is ¥1999, 1999 is 1.999 KWD.
package struct Money: Hashable, Sendable, Codable {
    /// The amount in the currency's smallest unit.
    package let minor: Int
    package let currency: Currency

    package init(minor: Int, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// The amount as plain decimal text with all of the currency's places: `1299.00`, `1299`, `-0.05`.
    package var decimal: String {
        Money.decimal(minor: minor, exponent: currency.exponent)
    }

    /// `minor` as decimal text with `exponent` places.
    package static func decimal(minor: Int, exponent: Int) -> String {
        let digits = String(minor.magnitude)
        let sign = minor < 0 ? "-" : ""
        guard exponent > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(exponent)).\(padded.suffix(exponent))"
    }

    /// Reads plain decimal text (`1299`, `1299.5`, `0.05`); nil for anything else, for more places than the currency
    /// has (unless they are zeros), and for amounts that do not fit.
    package init?(decimal: some StringProtocol, currency: Currency) {
        let parts = decimal.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let places = parts.count == 2 ? parts[1] : ""
        guard let whole = parts.first, !whole.isEmpty, whole.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        guard parts.count == 1 || !places.isEmpty, places.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        guard places.dropFirst(currency.exponent).allSatisfy({ $0 == "0" }) else { return nil }
        let kept = places.prefix(currency.exponent)
        let padding = String(repeating: "0", count: currency.exponent - kept.count)
        guard let minor = Int("\(whole)\(kept)\(padding)") else { return nil }
        self.init(minor: minor, currency: currency)
    }
}

extension Money: CustomStringConvertible {
    /// As logs and errors write it: `1299.00 EUR`.
    package var description: String { "\(decimal) \(currency.code)" }
}

extension UInt8 {
    package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// `0`…`9`, `A`…`Z` or `a`…`z`.
    package var isASCIILetterOrDigit: Bool { isASCIIDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7a) }
}

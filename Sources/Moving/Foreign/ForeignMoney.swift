import Model

/// Reads the numbers by which other programs keep prices.
enum ForeignMoney {
    enum Meaning: Hashable {
        case money(Money)
        /// 0 and less: what these programs store when they found no price.
        case nothing
        /// A number that is no amount of the currency.
        case inexact
        case notANumber
    }

    /// A plain decimal number in a currency.
    ///
    /// Many of these programs calculate in floats, so 12.989999999999998 is meant to be 12.99; but half a yen is none.
    static func read(_ text: some StringProtocol, _ currency: Currency) -> Meaning {
        let text = text.trimmingWhitespace()
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole.utf8.count <= 13 else { return .notANumber }
        if whole.hasPrefix("-") { return .nothing }
        let places = parts.count == 2 ? parts[1] : ""
        guard !whole.isEmpty, (whole + places).utf8.allSatisfy(\.isASCIIDigit) else { return .notANumber }
        // Three digits more than the currency has tell what was rounded from what is a part of the unit.
        let wanted = currency.exponent + 3
        let digits = String(places.prefix(wanted)) + String(repeating: "0", count: max(0, wanted - places.count))
        guard let thousandths = Int(whole + digits) else { return .notANumber }
        return rounded(thousandths, currency)
    }

    /// Hundredths whatever the currency, as the original keeps them.
    static func read(hundredths: Int, _ currency: Currency) -> Meaning {
        guard (1...1_000_000_000_000).contains(hundredths) else { return hundredths <= 0 ? .nothing : .notANumber }
        var thousandths = hundredths * 1000
        for _ in 0..<max(0, currency.exponent - 2) { thousandths *= 10 }
        for _ in 0..<max(0, 2 - currency.exponent) {
            guard thousandths.isMultiple(of: 10) else { return .inexact }
            thousandths /= 10
        }
        return rounded(thousandths, currency)
    }

    private static func rounded(_ thousandths: Int, _ currency: Currency) -> Meaning {
        let (minor, rest) = ((thousandths + 500) / 1000, thousandths % 1000)
        guard rest <= 5 || rest >= 995 else { return .inexact }
        return minor == 0 ? .nothing : .money(Money(minor: minor, currency: currency))
    }
}

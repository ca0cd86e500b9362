extension Money {
    /// The amount as people read it: `€1,299.00`, `CA$12.50`, `1,299.00 RON` with a no-break space.
    ///
    /// A sign where it names one currency only, else the code after the amount.
    package var displayText: String {
        let sign = minor < 0 ? "−" : ""
        let amount = Money.grouped(decimal.drop { $0 == "-" })
        guard let symbol = Money.symbols[currency.code] else { return "\(sign)\(amount)\u{a0}\(currency.code)" }
        return "\(sign)\(symbol)\(amount)"
    }

    /// Commas between groups of three: `1299.00` as `1,299.00`.
    private static func grouped(_ decimal: some StringProtocol) -> String {
        let places = decimal.drop { $0 != "." }
        let whole = decimal.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped + places
    }

    /// Signs that a reader anywhere takes for this currency alone.
    ///
    /// Source: Unicode CLDR, English.
    private static let symbols = [
        "AUD": "A$", "BRL": "R$", "CAD": "CA$", "CNY": "CN¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "ILS": "₪",
        "INR": "₹", "JPY": "¥", "KRW": "₩", "MXN": "MX$", "NZD": "NZ$", "PHP": "₱", "TWD": "NT$", "USD": "$",
        "VND": "₫",
    ]
}

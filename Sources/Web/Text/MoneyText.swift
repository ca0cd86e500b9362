import Model

/// How amounts are written for people: `€1,299.00`, `CA$12.50`, `1,299.00 RON`.
enum MoneyText {
    /// A sign where it names one currency only, else the code after the amount.
    static func full(_ money: Money) -> String {
        let sign = money.minor < 0 ? "−" : ""
        let amount = grouped(money.decimal)
        guard let symbol = symbols[money.currency.code] else { return "\(sign)\(amount)\u{a0}\(money.currency.code)" }
        return "\(sign)\(symbol)\(amount)"
    }

    /// As `full`, without decimal places where they are zeros: for axes.
    static func short(_ money: Money) -> String {
        let text = full(money)
        guard let point = text.lastIndex(of: "."), money.currency.exponent > 0 else { return text }
        let places = text[text.index(after: point)...].prefix { $0.isNumber }
        guard places.allSatisfy({ $0 == "0" }) else { return text }
        return String(text[..<point] + text[places.endIndex...])
    }

    private static func grouped(_ decimal: String) -> String {
        let unsigned = decimal.first == "-" ? decimal.dropFirst() : decimal[...]
        let parts = unsigned.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return decimal }
        var digits = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { digits.append(",") }
            digits.append(digit)
        }
        return parts.count == 2 ? "\(digits).\(parts[1])" : digits
    }

    /// Signs that a reader anywhere takes for this currency alone.
    ///
    /// Source: Unicode CLDR, English.
    private static let symbols = [
        "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "VND": "₫", "BRL": "R$",
        "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "HKD": "HK$", "TWD": "NT$", "MXN": "MX$", "CNY": "CN¥", "PHP": "₱",
    ]
}

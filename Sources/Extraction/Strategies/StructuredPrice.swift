import Model
import PluginAPI

/// A price as structured data writes it, with a currency that stands beside it.
struct StructuredPrice {
    let value: Candidate.Value
    /// Whether the page names the currency.
    let isCurrencyNamed: Bool

    /// nil for what is no price: empty, zero, negative, words.
    static func read(_ text: String, currency named: String?, _ survey: Survey) -> StructuredPrice? {
        let trimmed = text.trimmingWhitespace()
        guard !trimmed.isEmpty, trimmed.utf8.count <= 100 else { return nil }
        let context = survey.priceContext(hint: named)
        let own = named.flatMap { Currency(code: $0.trimmingWhitespace()) ?? PriceText.currency($0, in: context) }
        if PlainNumber.isPlain(trimmed) {
            guard let currency = own ?? survey.currency?.currency else {
                guard PlainNumber.isPositive(trimmed) else { return nil }
                return .init(value: nameless(trimmed), isCurrencyNamed: false)
            }
            let isNamed = own != nil || survey.currency?.isNamed == true
            if let money = Money(decimal: trimmed, currency: currency) ?? PlainNumber.rounded(trimmed, currency) {
                return money.minor > 0 ? .init(value: .price(money), isCurrencyNamed: isNamed) : nil
            }
        }
        switch PriceText.read(trimmed, in: context) {
        case .money(let money): return money.minor > 0 ? .init(value: .price(money), isCurrencyNamed: true) : nil
        case .amount(let amount):
            guard PlainNumber.isPositive(amount) else { return nil }
            guard let currency = own ?? survey.currency?.currency,
                let money = Money(decimal: amount, currency: currency)
            else { return .init(value: nameless(amount), isCurrencyNamed: false) }
            return .init(value: .price(money), isCurrencyNamed: own != nil || survey.currency?.isNamed == true)
        case .ambiguous(let why, let readings):
            return .init(value: .ambiguousPrice(why: why, readings: readings), isCurrencyNamed: false)
        case .none: return nil
        }
    }

    static func nameless(_ amount: String) -> Candidate.Value {
        .ambiguousPrice(why: "The page names no currency for “\(amount)”.", readings: [amount])
    }
}

/// Plain decimals, as JSON writes numbers.
enum PlainNumber {
    static func isPlain(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }
    }

    static func isPositive(_ text: String) -> Bool {
        text.first != "-" && text.utf8.contains { $0 >= 0x31 && $0 <= 0x39 }
    }

    /// Rounds computed prices, which carry more places than money has.
    ///
    /// nil for exactly three places, which may be thousands.
    static func rounded(_ text: String, _ currency: Currency) -> Money? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, parts[1].utf8.count > 3 else { return nil }
        let exponent = currency.exponent
        guard let next = parts[1].utf8.dropFirst(exponent).first else { return nil }
        let kept = "\(parts[0])" + (exponent > 0 ? ".\(parts[1].prefix(exponent))" : "")
        guard let money = Money(decimal: kept, currency: currency) else { return nil }
        return Money(minor: money.minor + (next >= 0x35 ? 1 : 0), currency: currency)
    }
}

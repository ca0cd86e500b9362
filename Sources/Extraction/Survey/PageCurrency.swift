import Markup
import Model

/// The currency in which a page speaks where a price names none.
struct PageCurrency {
    let currency: Currency
    /// Whether the page itself names it; else its language and country do.
    let isNamed: Bool

    static func find(_ document: Document, locale: String?, topLevelDomain: String?) -> PageCurrency? {
        let context = PriceText.Context(locale: locale, topLevelDomain: topLevelDomain)
        if let named = named(document.structuredData, context) { return PageCurrency(currency: named, isNamed: true) }
        let mentioned = mentioned(document)
        if let byDomain = topLevelDomain.flatMap({ Region.region(topLevelDomain: $0)?.currency }) {
            return PageCurrency(currency: byDomain, isNamed: byDomain == mentioned)
        }
        if let mentioned { return PageCurrency(currency: mentioned, isNamed: true) }
        if let byLocale = locale.flatMap({ Region.region(locale: $0)?.currency }) {
            return PageCurrency(currency: byLocale, isNamed: false)
        }
        return american(document, locale).map { PageCurrency(currency: $0, isNamed: false) }
    }

    /// An English page of no country that speaks of the United States and writes dollars.
    private static func american(_ document: Document, _ locale: String?) -> Currency? {
        guard locale?.lowercased().hasPrefix("en") ?? true, document.contains("$") else { return nil }
        let others: [StaticString] = [
            "\"CAD\"", "\"AUD\"", "\"NZD\"", "\"SGD\"", "\"HKD\"", "\"MXN\"", "\"CLP\"", "\"ARS\"",
        ]
        guard !others.contains(where: { document.contains($0) }) else { return nil }
        let isAmerican = document.contains("USD") || document.contains("United States") || document.contains("en_US")
        return isAmerican ? Currency(code: "USD") : nil
    }

    /// What structured data names most often.
    private static func named(_ data: StructuredData, _ context: PriceText.Context) -> Currency? {
        for name in ["product:price:currency", "og:price:currency", "product:sale_price:currency", "pricecurrency"] {
            if let text = data.meta(name), let currency = read(text, context) { return currency }
        }
        var votes: [Currency: Int] = [:]
        for block in data.jsonLD {
            var budget = 2000
            count(block.value, context, &votes, &budget)
        }
        for item in data.microdata + data.rdfa {
            if let text = item["priceCurrency"]?.text, let currency = read(text, context) {
                votes[currency, default: 0] += 1
            }
        }
        for property in data.loose where property.name == "priceCurrency" {
            if let currency = read(property.text, context) { votes[currency, default: 0] += 1 }
        }
        return winner(votes)
    }

    /// Equal votes are no answer.
    private static func winner(_ votes: [Currency: Int]) -> Currency? {
        guard let most = votes.values.max() else { return nil }
        let winners = votes.filter { $0.value == most }.map(\.key)
        return winners.count == 1 ? winners.first : nil
    }

    private static func read(_ text: String, _ context: PriceText.Context) -> Currency? {
        Currency(code: text) ?? PriceText.currency(text, in: context)
    }

    private static func count(
        _ value: JSONValue,
        _ context: PriceText.Context,
        _ votes: inout [Currency: Int],
        _ budget: inout Int
    ) {
        budget -= 1
        guard budget > 0 else { return }
        switch value {
        case .array(let values):
            for value in values { count(value, context, &votes, &budget) }
        case .object(let members):
            for member in members {
                if member.key == "priceCurrency", let text = member.value.text, let currency = read(text, context) {
                    votes[currency, default: 0] += 1
                } else {
                    count(member.value, context, &votes, &budget)
                }
            }
        default: break
        }
    }

    /// What scripts and attributes name most often as a currency: `"currencyCode":"USD"`.
    private static func mentioned(_ document: Document) -> Currency? {
        var votes: [Currency: Int] = [:]
        for code in document.codes(after: "urrency") {
            if let currency = Currency(code: code) { votes[currency, default: 0] += 1 }
        }
        return winner(votes)
    }
}

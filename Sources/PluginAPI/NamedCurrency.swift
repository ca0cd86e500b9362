package import Markup
package import Model

/// The one currency that a page names to machines, for shops whose own data holds bare numbers.
package struct NamedCurrency: Hashable, Sendable {
    /// What is named.
    package let currency: Currency
    /// Where: a meta tag's name, or `priceCurrency`.
    package let path: String

    /// nil where nothing is named or several are: it is never guessed.
    package static func find(_ document: Document) -> NamedCurrency? {
        let data = document.structuredData
        for name in ["product:price:currency", "og:price:currency"] {
            if let currency = data.meta(name).flatMap({ Currency(code: $0) }) {
                return NamedCurrency(currency: currency, path: name)
            }
        }
        var named: Set<Currency> = []
        for block in data.jsonLD { collect(block.value, depth: 0, into: &named) }
        for property in data.loose + (data.microdata + data.rdfa).flatMap(\.properties)
        where property.name == "priceCurrency" {
            if let currency = Currency(code: property.text) { named.insert(currency) }
        }
        guard named.count == 1, let currency = named.first else { return nil }
        return NamedCurrency(currency: currency, path: "priceCurrency")
    }

    private static func collect(_ value: JSONValue, depth: Int, into named: inout Set<Currency>) {
        guard depth < 10 else { return }
        switch value {
        case .array(let values):
            for value in values { collect(value, depth: depth + 1, into: &named) }
        case .object(let members):
            for member in members {
                if member.key == "priceCurrency", let currency = member.value.text.flatMap({ Currency(code: $0) }) {
                    named.insert(currency)
                } else {
                    collect(member.value, depth: depth + 1, into: &named)
                }
            }
        default: break
        }
    }
}

import Markup
import Model
import PluginAPI

/// What a product's JSON says about the variant that is shown.
struct ProductReading {
    let json: JSONValue
    let variants: [JSONValue]
    /// The number of the variant that the address names.
    let wanted: String?
    let currency: ShopCurrency?

    func candidates() throws(ScrapeError) -> [Candidate] {
        let index = shown
        let variant = variants[index]
        let path = "variants[\(index)]"
        guard let price = variant["price"]?.text, Self.isAmount(price) else {
            throw .layoutChanged(missing: "the price in the product's JSON")
        }
        var found: [Candidate] = []
        if let title = json["title"]?.text.map(Self.line), !title.isEmpty {
            found.append(candidate(.title(title), "title", title, 0.95))
        }
        found.append(candidate(value(price), "\(path).price", price, 0.9))
        if case .price(let now) = value(price), let before = variant["compare_at_price"]?.text, Self.isAmount(before),
            case .price(let old) = value(before), old.minor > now.minor
        {
            found.append(candidate(.listPrice(old), "\(path).compare_at_price", before, 0.95))
        }
        if let stock = stock(variant, path) { found.append(stock) }
        if let image = image(variant) { found.append(candidate(.image(image), "featured_image", image, 0.95)) }
        return found
    }

    /// The one that the address names, else the first that can be bought, else the first: so does Shopify itself.
    private var shown: Int {
        if let wanted, let index = variants.firstIndex(where: { $0["id"]?.text == wanted }) { return index }
        return variants.firstIndex { $0["available"]?.bool == true } ?? 0
    }

    /// Shopify writes every amount with two decimal places and without the point, whatever the currency: ¥1,200 is
    /// 120000.
    private func value(_ amount: String) -> Candidate.Value {
        let padded = String(repeating: "0", count: max(0, 3 - amount.count)) + amount
        let decimal = "\(padded.dropLast(2)).\(padded.suffix(2))"
        guard let currency = currency?.currency else {
            return .ambiguousPrice(
                why: "The shop's page does not name the currency of \(decimal).",
                readings: [decimal]
            )
        }
        guard let money = Money(decimal: decimal, currency: currency) else {
            return .ambiguousPrice(why: "\(decimal) is no amount of \(currency).", readings: [decimal])
        }
        return .price(money)
    }

    /// Of the variant alone where the address names it, else of all of them.
    private func stock(_ variant: JSONValue, _ path: String) -> Candidate? {
        if wanted != nil, variant["id"]?.text == wanted, let available = variant["available"]?.bool {
            return candidate(
                .availability(available ? .inStock : .outOfStock),
                "\(path).available",
                String(available),
                0.95
            )
        }
        let known = variants.compactMap { $0["available"]?.bool }
        guard let available = json["available"]?.bool ?? (known.isEmpty ? nil : known.contains(true)) else {
            return nil
        }
        return candidate(.availability(available ? .inStock : .outOfStock), "available", String(available), 0.95)
    }

    private func image(_ variant: JSONValue) -> String? {
        let source = variant["featured_image"]?["src"]?.text ?? json["featured_image"]?.text
        guard let source, !source.isEmpty else { return nil }
        let address = source.hasPrefix("//") ? "https:\(source)" : source
        // A path alone would need the page's address; the generic reader finds the picture there.
        return (try? WebAddress(address))?.text
    }

    private static func isAmount(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 15 && text.utf8.allSatisfy(\.isASCIIDigit)
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func candidate(_ value: Candidate.Value, _ path: String, _ text: String, _ confidence: Double) -> Candidate
    {
        Candidate(value, strategy: Shopify.id.text, path: path, text: text, confidence: confidence)
    }
}

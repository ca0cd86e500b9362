import Markup
import PluginAPI

/// Reads meta tags: Open Graph's product properties and the like.
///
/// Source: ogp.me; Facebook's product properties; Pinterest's rich pins.
enum OpenGraphStrategy {
    static let name = "open-graph"

    static func candidates(_ survey: Survey) -> [Candidate] {
        var candidates: [Candidate] = []
        let data = survey.data
        let prices = [
            ("product:sale_price:amount", "product:sale_price:currency"),
            ("product:price:amount", "product:price:currency"),
            ("og:price:amount", "og:price:currency"), ("og:product:price:amount", "og:product:price:currency"),
            ("product:price", "product:price:currency"), ("og:price", "og:price:currency"),
        ]
        var price: Candidate?
        for (name, currencyName) in prices where price == nil {
            guard let text = data.meta(name) else { continue }
            let currency =
                data.meta(currencyName) ?? data.meta("product:price:currency") ?? data.meta("og:price:currency")
            price = Self.price(text, currency: currency, at: name, survey)
        }
        if let price = price ?? cardPrice(survey) { candidates.append(price) }
        for name in ["product:original_price:amount", "og:price:standard_amount", "product:original_price"] {
            guard let text = data.meta(name) else { continue }
            let currency = data.meta("product:original_price:currency") ?? data.meta("product:price:currency")
            guard case .price(let money)? = StructuredPrice.read(text, currency: currency, survey)?.value else {
                continue
            }
            candidates.append(.init(.listPrice(money), strategy: Self.name, path: name, text: text, confidence: 0.8))
            break
        }
        for name in ["product:availability", "og:availability"] {
            guard let text = data.meta(name), let availability = AvailabilityText.read(text) else { continue }
            candidates.append(
                .init(.availability(availability), strategy: Self.name, path: name, text: text, confidence: 0.7)
            )
            break
        }
        if let title = data.meta("og:title")?.trimmedLine, !title.isEmpty {
            candidates.append(.init(.title(title), strategy: Self.name, path: "og:title", text: title, confidence: 0.6))
        }
        for name in ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"] {
            guard let text = data.meta(name), let address = survey.absolute(text) else { continue }
            candidates.append(.init(.image(address), strategy: Self.name, path: name, text: text, confidence: 0.7))
            break
        }
        return candidates
    }

    private static func price(_ text: String, currency: String?, at path: String, _ survey: Survey) -> Candidate? {
        guard let price = StructuredPrice.read(text, currency: currency, survey) else { return nil }
        let trust = price.isCurrencyNamed ? 0.62 : 0.5
        return Candidate(price.value, strategy: name, path: path, text: text, confidence: trust)
    }

    /// Twitter's cards have two lines of which a shop says itself what they are.
    private static func cardPrice(_ survey: Survey) -> Candidate? {
        for number in 1...2 {
            guard let label = survey.data.meta("twitter:label\(number)")?.trimmedLine.lowercased(),
                priceLabels.contains(label), let text = survey.data.meta("twitter:data\(number)"),
                !SpotText.isRange(text), !Phrase.least.occurs(in: text),
                let price = price(text, currency: nil, at: "twitter:data\(number)", survey)
            else { continue }
            return price
        }
        return nil
    }

    private static let priceLabels: Set<String> = [
        "price", "preis", "prix", "precio", "prezzo", "preço", "prijs", "pris", "hinta", "hind", "cena", "ár", "preț",
        "цена", "ціна", "fiyat", "מחיר", "السعر", "价格", "價格", "価格", "가격",
    ]
}

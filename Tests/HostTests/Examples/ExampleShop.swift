import Markup
package import Model
package import PluginAPI

/// Reads product pages of Example Shop, which marks what matters with `data-field`.
package struct ExampleShop: SiteScraper {
    package static let id: PluginID = "example-shop"
    package static let title = "Example Shop"
    package static let summary = "Reads name, price and stock from the product pages of Example Shop."
    package static let sites: Set<String> = ["example-shop.test"]

    package init(_ setup: PluginSetup) throws(SetupError) {}

    package func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        if field("puzzle", of: page) != nil { throw .captcha }
        // Other pages of the shop have no number: there is nothing to read, and nothing is wrong.
        guard field("number", of: page) != nil else { return [] }
        guard let text = field("price", of: page) else { throw .layoutChanged(missing: "data-field=price") }
        var found = [candidate(price(text, at: page.address), "price", text: text, confidence: 0.95)]
        if let name = field("name", of: page), !name.isEmpty {
            found.append(candidate(.title(name), "name", text: name, confidence: 0.95))
        }
        if let stock = field("stock", of: page) {
            let availability: Availability = stock == "0" ? .outOfStock : .inStock
            found.append(candidate(.availability(availability), "stock", text: stock, confidence: 0.9))
        }
        return found
    }

    /// What the text means, or why that cannot be decided: never a guess.
    private func price(_ text: String, at address: WebAddress) -> Candidate.Value {
        let domain = address.host.split(separator: ".").last.map(String.init)
        return switch PriceText.read(text, in: PriceText.Context(topLevelDomain: domain)) {
        case .money(let money): .price(money)
        case .amount(let amount): .ambiguousPrice(why: "“\(text)” names no currency.", readings: [amount])
        case .ambiguous(let why, let readings): .ambiguousPrice(why: why, readings: readings)
        case .none: .ambiguousPrice(why: "“\(text)” is no price.", readings: [])
        }
    }

    private func field(_ name: String, of page: Page) -> String? {
        page.document.elements.first { $0["data-field"] == name }?.visibleText(limit: 500)
    }

    private func candidate(_ value: Candidate.Value, _ field: String, text: String, confidence: Double) -> Candidate {
        let path = "[data-field=\(field)]"
        return Candidate(value, strategy: Self.id.text, path: path, text: text, confidence: confidence)
    }
}

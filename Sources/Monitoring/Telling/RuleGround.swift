import Model
import SQL
import Store

/// What a rule of a product begins from: what is believed of it now, and the rules that it has.
struct RuleGround {
    let rules: [Rule]
    /// The product's; nil when it is not known yet.
    let currency: Currency?
    private let best: Money?
    private let isSoldOut: Bool

    init(of product: ID<Product>, on connection: any Connection) throws {
        let listings = try connection.listings(of: product)
        let alive = listings.filter(\.isAlive)
        best = Best(alive)?.price
        isSoldOut =
            alive.contains { $0.current != nil }
            && alive.compactMap(\.current).allSatisfy { $0.availability.canBeBought == false }
        currency = best?.currency ?? listings.compactMap { $0.current?.price?.currency }.first
        rules = try connection.rules(of: product)
    }

    /// How a rule stands that has just begun: it is measured against what is believed now, and what is not known to be
    /// sold out has to be so before it can come back.
    func start(of kind: Rule.Kind) -> (state: Rule.State, reference: Money?) {
        switch kind {
        case .dropPercent, .dropAmount, .change: (.armed, best)
        case .targetPrice, .lowest: (.armed, nil)
        case .backInStock: (isSoldOut ? .armed : .fired, nil)
        }
    }

    /// Throws `.conflict` when the product has the same already, and for a second target price: it has one at a time.
    func refuseTwin(of kind: Rule.Kind, besides id: ID<Rule>? = nil) throws(RequestError) {
        for rule in rules where rule.id != id {
            if rule.kind == kind {
                throw .conflict("This product has the same alert already.", existing: rule.product.text)
            }
            if case (.targetPrice(let target), .targetPrice) = (rule.kind, kind) {
                throw .conflict(
                    "This product has a target price already: \(target.displayText). Change that alert, or remove it first.",
                    existing: rule.product.text
                )
            }
        }
    }
}

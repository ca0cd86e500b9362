import FoundationEssentials
import Model
import PluginAPI
import Store

/// What is told when a rule fires.
struct RuleFiring: Sendable {
    let rule: Rule
    let product: Product
    /// Where it is cheapest.
    let listing: Listing
    /// What it cost before, as the rule counts.
    let previous: Money?
    /// What the price was read from.
    let run: HistoryRun?
    let publicURL: String?
    /// When the person may be told; nil for at once.
    let heldUntil: Timestamp?
    let now: Timestamp

    /// The message for one channel.
    ///
    /// Its key names the rule, the firing and the channel, so that one firing can't become two messages on one channel.
    func message(for channel: Channel) throws -> OutboxMessage {
        let key = "\(rule.id).\(rule.firings).\(channel.id)"
        let message = try message(key: key).worded(by: channel)
        return OutboxMessage(
            id: .make(at: now),
            channel: channel.id,
            idempotencyKey: key,
            subject: message.subject,
            content: try MessageContent.encode(message),
            created: now,
            heldUntil: heldUntil
        )
    }

    private func message(key: String) throws -> Message {
        guard let price = listing.current?.payable else { throw RuleFiringError.noPrice }
        let site = listing.address.site
        let words = RuleWords(rule.kind, product: product.name, price: price, previous: comparable(price), site: site)
        return Message(
            idempotencyKey: key,
            kind: words.kind,
            subject: words.subject,
            lines: words.lines,
            why: "You asked your price monitor: “\(rule.sentence)”",
            link: publicURL.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/products/\(product.id)" },
            product: Message.Product(
                title: product.name,
                url: listing.address.text,
                site: site,
                image: product.image,
                price: price,
                previous: comparable(price),
                target: words.target,
                evidence: evidence
            ),
            created: now
        )
    }

    private func comparable(_ price: Money) -> Money? {
        previous.flatMap { $0.currency == price.currency && $0 != price ? $0 : nil }
    }

    private var evidence: String {
        guard let run, let strategy = run.strategy else { return "The price was read from the shop's page." }
        let path = run.evidence.first { $0.field == .price && $0.strategy == strategy }.map { " at \($0.path)" } ?? ""
        // Never 100 %: nothing that is read from a page is.
        let percent = min(99, Int((run.confidence * 100).rounded()))
        return "The price was read by the strategy “\(strategy)”\(path), \(percent) % sure."
    }
}

/// Why there is nothing to tell.
enum RuleFiringError: Error, Hashable {
    /// A rule fires only on a price at which the product can be bought.
    case noPrice
}

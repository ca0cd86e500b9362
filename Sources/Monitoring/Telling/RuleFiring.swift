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
    /// What it cost there before.
    let previous: Money?
    /// What the price was read from.
    let run: HistoryRun?
    let publicURL: String?
    let now: Timestamp

    /// The message for one channel.
    ///
    /// Its key names the rule, the firing and the channel, so that one firing can't become two messages on one channel.
    func message(for channel: Channel) throws -> OutboxMessage {
        let key = "\(rule.id).\(rule.firings).\(channel.id)"
        let message = message(key: key).worded(by: channel)
        return OutboxMessage(
            id: .make(at: now),
            channel: channel.id,
            idempotencyKey: key,
            subject: message.subject,
            content: try MessageContent.encode(message),
            created: now
        )
    }

    private func message(key: String) -> Message {
        let price = listing.current?.payable ?? listing.current?.price
        let target =
            switch rule.kind {
            case .targetPrice(let target): target
            }
        let now = price ?? target
        let site = listing.address.site
        var lines = [
            "\(product.name) costs \(now.displayText) at \(site). You asked to be told at \(target.displayText) or less."
        ]
        if let previous, previous.currency == now.currency, previous != now {
            lines.append("Before, it cost \(previous.displayText).")
        }
        return Message(
            idempotencyKey: key,
            kind: .targetPrice,
            subject: "\(product.name) is down to \(now.displayText)",
            lines: lines,
            link: publicURL.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/products/\(product.id)" },
            product: Message.Product(
                title: product.name,
                url: listing.address.text,
                site: site,
                image: product.image,
                price: now,
                previous: previous,
                target: target,
                evidence: evidence
            ),
            created: self.now
        )
    }

    private var evidence: String {
        guard let run, let strategy = run.strategy else { return "The price was read from the shop's page." }
        let path = run.evidence.first { $0.field == .price && $0.strategy == strategy }.map { " at \($0.path)" } ?? ""
        // Never 100 %: nothing that is read from a page is.
        let percent = min(99, Int((run.confidence * 100).rounded()))
        return "The price was read by the strategy “\(strategy)”\(path), \(percent) % sure."
    }
}

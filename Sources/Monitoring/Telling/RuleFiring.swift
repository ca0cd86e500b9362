import FoundationEssentials
import Model
import PluginAPI
import Store

/// What is told when rules fire at one listing.
struct RuleFiring: Sendable {
    /// At least one, the weightiest first.
    let reasons: [RuleReason]
    let product: Product
    let seen: Seen
    let publicURL: String?
    /// The clock that times are told by; nil for UTC.
    let zone: Zone?
    /// When the person may be told; nil for at once.
    let heldUntil: Timestamp?
    let now: Timestamp

    /// The look that read the price.
    struct Seen: Sendable {
        let at: Timestamp
        /// What the price was read from.
        let run: HistoryRun?
    }

    /// The message for one channel.
    ///
    /// Its key names the weightiest rule, its firing and the channel, so that one firing can't become two messages on one
    /// channel. What is held has a key of its own, for it is no firing yet.
    func message(for channel: Channel) throws -> OutboxMessage {
        guard let first = reasons.first else { throw RuleFiringError.noReason }
        let firing =
            heldUntil == nil ? "\(first.rule.id).\(first.rule.firings)" : "held.\(first.rule.id).\(now.milliseconds)"
        let key = "\(firing).\(channel.id)"
        let message = message(first, key: key).worded(by: channel)
        return OutboxMessage(
            id: .make(at: now),
            channel: channel.id,
            idempotencyKey: key,
            subject: message.subject,
            content: try MessageContent.encode(message),
            created: now,
            heldUntil: heldUntil,
            product: product.id,
            ground: MessageGround(rules: reasons.map(\.fired))
        )
    }

    private func message(_ first: RuleReason, key: String) -> Message {
        let words = reasons.map { RuleWords($0, product: product.name, zone: zone) }
        let site = first.listing.address.site
        var lines = ["\(product.name) costs \(first.price.displayText) at \(site)."]
        for line in words.flatMap(\.lines) where !lines.contains(line) { lines.append(line) }
        return Message(
            idempotencyKey: key,
            kind: first.rule.kind.told,
            reasons: reasons.map(\.rule.kind.told),
            subject: words[0].subject,
            lines: lines,
            why: "You asked your price monitor: \(reasons.map { "“\($0.rule.sentence)”" }.joined(separator: " and "))",
            link: publicURL.map { "\($0)/products/\(product.id)" },
            product: Message.Product(
                title: product.name,
                url: first.listing.address.text,
                site: site,
                image: product.image,
                price: first.price,
                previous: first.previous ?? reasons.lazy.compactMap(\.previous).first,
                target: words.lazy.compactMap(\.target).first,
                read: seen.at,
                readText: seen.at.readText(in: zone),
                evidence: evidence
            ),
            created: now
        )
    }

    private var evidence: String {
        guard let run = seen.run, let strategy = run.strategy else { return "The price was read from the shop's page." }
        let path = run.evidence.first { $0.field == .price && $0.strategy == strategy }.map { " at \($0.path)" } ?? ""
        // Never 100 %: nothing that is read from a page is.
        let percent = min(99, Int((run.confidence * 100).rounded()))
        return "The price was read by the strategy “\(strategy)”\(path), \(percent) % sure."
    }
}

/// Why there is nothing to tell.
enum RuleFiringError: Error, Hashable {
    /// A message is about rules that fired.
    case noReason
}

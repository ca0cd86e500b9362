import Model
import PluginAPI
import SQL
import Store

/// Looks at what was written about a product and not sent yet: what is not true any more is taken back, and what is true
/// instead is told.
///
/// One transaction for each product: whatever dies, a message is either still to be looked at or taken back with all that
/// follows from it.
struct Retelling: Sendable {
    let database: any Database
    let outbox: Outbox
    let times: OpeningTimes
    let publicURL: String?
    let now: @Sendable () -> Timestamp

    /// Tells what was held while its person was not to be disturbed, as it is now; says of how many products.
    func releaseHeld(in term: LeaderTerm? = nil) async throws -> Int {
        let now = now()
        guard try await database.read({ try $0.hasHeldMessages() }) else { return 0 }
        var count = 0
        while true {
            let products = try await database.read { try $0.productsToTell(now: now, limit: 100) }
            for product in products {
                try await retell(product, in: term) { $0.heldUntil != nil }
            }
            count += products.count
            if products.count < 100 { return count }
        }
    }

    /// Why a message is not true any more, a sentence; nil where it is, and for one that is not about a product.
    func whyUntrue(_ message: OutboxMessage) async throws -> String? {
        guard message.product != nil else { return nil }
        return try await database.read { try $0.whyUntrue(message) }
    }

    /// Takes back what is not true any more, before it is sent.
    func retellUntrue(about product: ID<Product>) async throws { try await retell(product) { _ in false } }

    /// Messages that `isDue` names are written anew, true or not: several of them become one.
    private func retell(
        _ product: ID<Product>,
        in term: LeaderTerm? = nil,
        isDue: @escaping @Sendable (OutboxMessage) -> Bool
    ) async throws {
        let (now, times, publicURL) = (now(), times, publicURL)
        let messages = try await database.transaction(.locking) { connection -> [ID<OutboxMessage>] in
            if let term { try connection.require(term) }
            let rules = try connection.lockedRules(of: product)
            var (due, released): ([(message: OutboxMessage, why: String?)], [ID<OutboxMessage>]) = ([], [])
            for message in try connection.pendingMessages(about: product, now: now) {
                let why = try connection.whyUntrue(message)
                guard why != nil || isDue(message) else { continue }
                if why == nil, message.ground?.doubt != nil {
                    try connection.release(message.id)
                    released.append(message.id)
                } else {
                    due.append((message, why))
                }
            }
            guard let first = due.first?.message else { return released }
            // Its own listing's price before it is what the person knew.
            let told = try? MessageContent.decode(first).product
            let listing = try connection.listings(of: product).first { $0.address.text == told?.url }
            let turn = RuleTurn(
                product: product,
                read: listing?.isAlive == true ? listing?.id : nil,
                previous: told?.previous,
                rules: try connection.takeBack(due.map(\.message), from: rules, of: product),
                publicURL: publicURL,
                times: times,
                now: now
            )
            let new = try turn.take(on: connection)
            for (message, why) in due {
                // What was held and is told anew needs no trace.
                if isDue(message), new.contains(where: { $0.tellsAgain(message) }) {
                    try connection.deleteMessage(message.id)
                } else {
                    try connection.withdraw(message.id, why: why ?? Self.noReason, at: now)
                }
            }
            return released + new.filter { $0.heldUntil == nil }.map(\.id)
        }
        try await outbox.enqueue(messages)
    }

    private static let noReason =
        "It was not sent: by then its alert had been changed, removed or put to rest, or a newer message told of it."
}

extension Connection {
    /// The rules as they stand without what only these messages told; writes them.
    fileprivate func takeBack(
        _ messages: [OutboxMessage],
        from rules: [Rule],
        of product: ID<Product>
    ) throws -> [Rule] {
        guard let first = messages.first else { return rules }
        let back = Set(messages.map(\.id))
        let others = try self.messages(about: product, since: first.created).filter { !back.contains($0.id) }
        let told = Set(others.flatMap { $0.ground?.rules ?? [] }.map { Firing($0) })
        let fired = Dictionary(grouping: messages.flatMap { $0.ground?.rules ?? [] }, by: \.rule)
        return try rules.map { rule in
            // One for each firing, the last ones that nobody was told of.
            var firings: [FiredRule] = []
            var number = rule.firings
            while let found = fired[rule.id]?.first(where: { $0.firing == number }), !told.contains(Firing(found)) {
                firings.insert(found, at: 0)
                number -= 1
            }
            guard !firings.isEmpty else { return rule }
            var rule = rule
            rule.takeBack(firings)
            try updateState(of: rule)
            return rule
        }
    }

    /// Why a message about a product is not true by what is believed now, a sentence; nil where it is.
    fileprivate func whyUntrue(_ message: OutboxMessage) throws -> String? {
        guard let product = message.product else { return nil }
        if let doubt = message.ground?.doubt {
            return try self.doubt(doubt) == nil ? "It was not sent: by then the price was not doubted any more." : nil
        }
        let told = try MessageContent.decode(message).product
        let listing = try listings(of: product).first { $0.address.text == told?.url }
        guard let listing, let current = listing.current else {
            return "It was not sent: by then the product was not watched there any more."
        }
        guard let price = current.payable, !listing.isGone else {
            return "It was not sent: by then it could not be bought there."
        }
        guard price == told?.price else { return "It was not sent: by then it cost \(price.displayText)." }
        let rules = Set((message.ground?.rules ?? []).map(\.rule))
        let newer = try messages(about: product, since: message.created).contains { other in
            other.channel == message.channel && other.created > message.created
                && !rules.isEmpty && rules.isSubset(of: (other.ground?.rules ?? []).map(\.rule))
        }
        return newer ? "It was not sent: a newer message says the same." : nil
    }
}

extension OutboxMessage {
    /// Whether it tells, on the same channel, of a rule that `message` tells of.
    func tellsAgain(_ message: OutboxMessage) -> Bool {
        let rules = (message.ground?.rules ?? []).map(\.rule)
        return channel == message.channel && ground?.rules.contains { rules.contains($0.rule) } == true
    }
}

/// One firing of one rule.
private struct Firing: Hashable {
    let rule: ID<Rule>
    let number: Int

    init(_ fired: FiredRule) { (rule, number) = (fired.rule, fired.firing) }
}

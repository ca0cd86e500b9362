import Model
import SQL
import Store

/// All rules of a product, shown what is believed of it now; lives for one transaction.
struct RuleTurn: Sendable {
    /// The listing whose price was just believed.
    let listing: Listing
    /// What it cost there before.
    let previous: Money?
    let rules: [Rule]
    let publicURL: String?
    let times: OpeningTimes
    let now: Timestamp

    /// Writes what is to be told; gives the messages that may be delivered at once.
    ///
    /// A rule whose owner has no channel stays as it is until there is someone to tell.
    func take(on connection: any Connection) throws -> [ID<OutboxMessage>] {
        guard !rules.isEmpty else { return [] }
        // The one that was just read counts, paused or not: somebody asked for that check.
        let listings = try connection.listings(of: listing.product).filter { $0.isAlive || $0.id == listing.id }
        let states = listings.compactMap(\.current)
        let isOutOfStock = !states.isEmpty && states.allSatisfy { $0.availability.canBeBought == false }
        var messages: [ID<OutboxMessage>] = []
        for var rule in rules {
            let cheapest = cheapest(listings, for: rule)
            let low = try lowBefore(cheapest, for: rule, on: connection)
            let before = rule
            let sight = Rule.Sight(best: cheapest?.current?.payable, isOutOfStock: isOutOfStock, lowBefore: low)
            switch rule.see(sight, now: now) {
            case .nothing: continue
            case .keep: try connection.updateState(of: rule)
            case .fire:
                let channels = try connection.channels(of: rule.owner)
                guard !channels.isEmpty, let cheapest, let product = try connection.product(rule.product) else {
                    continue
                }
                try connection.updateState(of: rule)
                let firing = RuleFiring(
                    rule: rule,
                    product: product,
                    listing: cheapest,
                    previous: previous(of: before, low: low, at: cheapest),
                    run: try connection.lastRun(of: cheapest.id),
                    publicURL: publicURL,
                    heldUntil: times.quietEnd(of: try connection.quietHours(of: rule.owner), at: now),
                    now: now
                )
                for channel in channels {
                    let message = try firing.message(for: channel)
                    try connection.insert(message)
                    if message.heldUntil == nil { messages.append(message.id) }
                }
            }
        }
        return messages
    }

    /// A rule with an amount looks at its currency, the others at that of the listing that was added first.
    private func cheapest(_ listings: [Listing], for rule: Rule) -> Listing? {
        switch rule.kind {
        case .targetPrice(let amount), .dropAmount(let amount): Best.cheapest(listings, in: amount.currency)
        case .dropPercent, .lowest, .backInStock, .change:
            Best(listings).flatMap { best in listings.first { $0.id == best.listing } }
        }
    }

    /// The lowest price before the present one began, for a rule that compares with it.
    private func lowBefore(_ cheapest: Listing?, for rule: Rule, on connection: any Connection) throws -> Money? {
        guard case .lowest(let days) = rule.kind, let cheapest, let current = cheapest.current,
            let price = current.payable
        else { return nil }
        // A price that was doubted first began with the look that was doubted.
        let run = try connection.lastRun(of: cheapest.id)
        let began = run?.price == price ? min(current.since, run?.from ?? current.since) : current.since
        return try connection.lowestPrice(
            of: cheapest.product,
            in: price.currency,
            before: began,
            since: days.map { began - .days($0) }
        )
    }

    private func previous(of rule: Rule, low: Money?, at cheapest: Listing) -> Money? {
        switch rule.kind {
        case .dropPercent, .dropAmount, .change: rule.reference
        case .lowest: low
        case .targetPrice, .backInStock: cheapest.id == listing.id ? previous : nil
        }
    }
}

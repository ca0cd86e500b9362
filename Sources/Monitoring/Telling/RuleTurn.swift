import Model
import SQL
import Store

/// All rules of a product, shown what is believed of it now; lives for one transaction.
struct RuleTurn: Sendable {
    let product: ID<Product>
    /// The listing whose price was just believed; nil where nothing was read.
    let read: ID<Listing>?
    /// What it cost there before.
    let previous: Money?
    let rules: [Rule]
    let publicURL: String?
    let times: OpeningTimes
    let now: Timestamp

    /// Writes what is to be told; gives the messages that were written.
    ///
    /// All that one look tells about a product is one message for each channel. A rule whose owner has no channel stays
    /// as it is until there is someone to tell. So does one whose owner is not to be disturbed: what it would tell is
    /// written and held, in place of what was held before, and it is asked again when the quiet hours end.
    func take(on connection: any Connection) throws -> [OutboxMessage] {
        guard let owner = rules.first?.owner else { return [] }
        let judged = try judge(try listings(on: connection), on: connection)
        for (rule, reason) in judged where reason == nil { try connection.updateState(of: rule) }
        var reasons = judged.compactMap(\.reason).sorted { $0.weight < $1.weight }
        guard !reasons.isEmpty, let product = try connection.product(product) else { return [] }
        let channels = try connection.channels(of: owner)
        guard !channels.isEmpty else { return [] }
        let heldUntil = times.quietEnd(of: try connection.quietHours(of: owner), at: now)
        if heldUntil == nil { for reason in reasons { try connection.updateState(of: reason.rule) } }
        let zone = times.zone(try connection.zone(of: owner))
        var messages: [OutboxMessage] = []
        while let first = reasons.first {
            // Rules that look at other currencies may look at other shops.
            let firing = RuleFiring(
                reasons: reasons.filter { $0.listing.id == first.listing.id },
                product: product,
                seen: try seen(first.listing, on: connection),
                publicURL: publicURL,
                zone: zone,
                heldUntil: heldUntil,
                now: now
            )
            messages += try channels.map(firing.message)
            reasons.removeAll { $0.listing.id == first.listing.id }
        }
        if heldUntil != nil {
            for held in try connection.heldMessages(about: product.id)
            where messages.contains(where: { $0.tellsAgain(held) }) {
                try connection.deleteMessage(held.id)
            }
        }
        for message in messages { try connection.insert(message) }
        return messages
    }

    /// Whether a rule would tell of a price if it were believed; changes nothing.
    func wouldTell(_ price: Money, at listing: Listing, on connection: any Connection) throws -> Bool {
        var listings = try listings(on: connection)
        for place in listings.indices where listings[place].id == listing.id {
            listings[place].current = Listing.Current(price: price, listPrice: nil, availability: .unknown, since: now)
        }
        return try judge(listings, on: connection).contains { $0.reason != nil }
    }

    private func listings(on connection: any Connection) throws -> [Listing] {
        // The one that was just read counts, paused or not: somebody asked for that check.
        try connection.listings(of: product).filter { $0.isAlive || $0.id == read }
    }

    /// The rules that changed; those with a reason fired.
    private func judge(
        _ listings: [Listing],
        on connection: any Connection
    ) throws -> [(rule: Rule, reason: RuleReason?)] {
        let states = listings.compactMap(\.current)
        let isOutOfStock = !states.isEmpty && states.allSatisfy { $0.availability.canBeBought == false }
        return try rules.compactMap { before in
            var rule = before
            let cheapest = cheapest(listings, for: rule)
            let low = try lowBefore(cheapest, for: rule, on: connection)
            let sight = Rule.Sight(best: cheapest?.current?.payable, isOutOfStock: isOutOfStock, lowBefore: low?.price)
            switch rule.see(sight, now: now) {
            case .nothing: return nil
            case .keep: return (rule, nil)
            case .fire:
                guard let cheapest, let price = cheapest.current?.payable else { return nil }
                let reason = RuleReason(
                    rule: rule,
                    before: before,
                    listing: cheapest,
                    price: price,
                    previous: previous(of: before, low: low?.price, at: cheapest),
                    watchedSince: low?.watchedSince
                )
                return (rule, reason)
            }
        }
    }

    /// A rule with an amount looks at its currency, the others at that of the listing that was added first.
    private func cheapest(_ listings: [Listing], for rule: Rule) -> Listing? {
        switch rule.kind {
        case .targetPrice(let amount), .dropAmount(let amount): Best.cheapest(listings, in: amount.currency)
        case .dropPercent, .lowest, .backInStock, .change:
            Best(listings).flatMap { best in listings.first { $0.id == best.listing } }
        }
    }

    /// The lowest price before the present one began, for a rule that compares with it; nil while too little is known for
    /// anything to be called a low.
    private func lowBefore(_ cheapest: Listing?, for rule: Rule, on connection: any Connection) throws
        -> (price: Money, watchedSince: Timestamp)?
    {
        guard case .lowest(let days) = rule.kind, let cheapest, let current = cheapest.current,
            let price = current.payable,
            let first = try connection.firstPrice(of: cheapest.product, in: price.currency)
        else { return nil }
        // A price that was doubted first began with the look that was doubted.
        let run = try connection.lastRun(of: cheapest.id)
        let began = run?.price == price ? min(current.since, run?.from ?? current.since) : current.since
        guard began - first >= .days(min(days ?? Rule.leastDaysOfLow, Rule.leastDaysOfLow)) else { return nil }
        let low = try connection.lowestPrice(
            of: cheapest.product,
            in: price.currency,
            before: began,
            since: days.map { began - .days($0) }
        )
        return low.map { ($0, first) }
    }

    private func previous(of rule: Rule, low: Money?, at cheapest: Listing) -> Money? {
        switch rule.kind {
        case .dropPercent, .dropAmount, .change: rule.reference
        case .lowest: low
        case .targetPrice, .backInStock: cheapest.id == read ? previous : nil
        }
    }

    /// The last look that the price was read at, and what it was read from.
    private func seen(_ listing: Listing, on connection: any Connection) throws -> RuleFiring.Seen {
        // What is doubted says nothing of the price that is told.
        if let run = try connection.lastRun(of: listing.id), run.standing == .accepted {
            return RuleFiring.Seen(at: run.to, run: run)
        }
        return RuleFiring.Seen(at: try connection.lastPrice(of: listing.id)?.to ?? now, run: nil)
    }
}

import Model
import SQL
import Store

/// One check on its way into the database; lives for one transaction.
struct RecordedCheck: Sendable {
    let job: String
    let looked: Looked
    let known: KnownListing
    /// Whether the product gets the picture of this page, also where it has one.
    let describesAnew: Bool
    let now: Timestamp
    let belief: Belief
    let secondLook: Duration
    let asksAboutDoubts: Bool
    let publicURL: String?
    let times: OpeningTimes

    private var reading: Reading { looked.reading }
    private var listing: Listing { known.listing }

    /// nil when the job was recorded already; then nothing is written.
    func write(to connection: any Connection) throws -> Recorded? {
        guard !known.isRecorded else { return nil }
        let last = known.lastRun
        let verdict = verdict(last: last)
        try connection.insert(line(verdict))
        var listing = listing
        listing.lastCheck = now
        listing.lastOutcome = reading.outcome
        listing.lastNote = verdict?.doubt ?? reading.note
        if reading.outcome.isReading {
            listing.recover()
            listing.due =
                now + (verdict?.standing != .suspect || last?.standing == .suspect ? listing.interval : secondLookSpan)
            listing.validators = isOvertaken ? Listing.Validators() : looked.validators
        } else if let opensIn = looked.opensIn {
            // The shop was not asked, which says nothing about the listing.
            listing.due = now + opensIn
        } else {
            listing.fail(reading.outcome, at: now)
            listing.due = now + listing.waitAfterFailure(at: now)
        }
        listing.due = times.opening(of: listing.window, from: listing.due)
        if reading.outcome == .unchanged, !isOvertaken, let last { try connection.extend(last, to: now) }
        if let verdict { try writeRun(verdict, last: last, to: connection) }
        guard verdict?.standing == .accepted else {
            try connection.update(listing)
            // A rule may have waited for a channel while the price stayed as it is.
            let stands = reading.outcome == .unchanged && last?.standing == .accepted
            var messages = try stands ? fireRules(of: listing, previous: listing.current?.price, on: connection) : []
            if verdict?.standing == .suspect { messages = try askAboutDoubt(last, on: connection) }
            return Recorded(standing: verdict?.standing, messages: messages)
        }
        let before = listing.current
        listing.current = current(before: before, last: last)
        try connection.update(listing)
        if listing.current?.since != before?.since { try connection.setChanged(listing.product, at: now) }
        if known.isUndescribed || describesAnew {
            try connection.describeProduct(
                listing.product,
                nameInsteadOf: listing.address.text,
                name: reading.title,
                image: reading.image,
                replacesImage: describesAnew
            )
        }
        return Recorded(
            standing: .accepted,
            messages: try fireRules(of: listing, previous: before?.price, on: connection)
        )
    }

    /// Whether another check has read the page since this one asked: then “unchanged” says nothing about what is known
    /// now, and the next check reads the whole page.
    private var isOvertaken: Bool { reading.outcome == .unchanged && looked.asked != listing.validators }

    private struct Verdict {
        let standing: Standing
        let doubt: String?
    }

    /// nil where nothing was observed.
    private func verdict(last: RunSummary?) -> Verdict? {
        guard reading.outcome == .ok || reading.outcome == .outOfStock else { return nil }
        let doubted = last?.standing == .suspect ? last : nil
        var context = Belief.Context(
            price: known.lastPrice,
            doubted: doubted?.price,
            // What only the next look refuted is never the last run: that look wrote one of its own.
            rejected: last?.standing == .rejected ? last?.price : nil,
            confirmedStrategy: listing.confirmedStrategy
        )
        if let doubted { (context.doubtedFor, context.doubtedLooks) = (now - doubted.from, doubted.checks) }
        var belief = belief
        if let tolerance = listing.tolerance { belief.tolerance = tolerance }
        switch belief.judge(reading, in: context) {
        case .accepted: return Verdict(standing: .accepted, doubt: nil)
        case .suspect(let why): return Verdict(standing: .suspect, doubt: why)
        case .rejected(let why): return Verdict(standing: .rejected, doubt: why)
        }
    }

    private var secondLookSpan: Duration { min(secondLook, listing.interval) }

    private func line(_ verdict: Verdict?) -> CheckRecord {
        CheckRecord(
            job: job,
            listing: listing.id,
            at: now,
            took: looked.took,
            outcome: reading.outcome,
            status: looked.status,
            price: reading.price,
            standing: verdict?.standing,
            note: verdict?.doubt ?? reading.note
        )
    }

    private func writeRun(_ verdict: Verdict, last: RunSummary?, to connection: any Connection) throws {
        if let last, last.standing == .suspect {
            // The second look decides about the first: the same again was true, anything else was a slip.
            if verdict.standing == .accepted, last.repeats(reading, standing: .suspect) {
                try connection.setStanding(.accepted, doubt: nil, of: last)
                try connection.extend(last, to: now)
                return
            }
            if last.price == reading.price {
                // Only what is beside the price changed.
                let standing: Standing = verdict.standing == .accepted ? .accepted : .rejected
                let doubt = standing == .accepted ? nil : "The next look read it again, with something else beside it."
                if !last.repeats(reading, standing: verdict.standing) {
                    try connection.setStanding(standing, doubt: doubt, of: last)
                }
            } else {
                let price = reading.price.map(\.displayText) ?? "no price"
                try connection.setStanding(.rejected, doubt: "The next look read \(price).", of: last)
            }
        }
        if let last, last.repeats(reading, standing: verdict.standing) {
            try connection.extend(last, to: now)
            return
        }
        let from = begin(after: last)
        try connection.insert(
            HistoryRun(
                id: .make(at: from),
                listing: listing.id,
                from: from,
                to: from,
                checks: 1,
                price: reading.price,
                listPrice: reading.listPrice,
                availability: reading.availability,
                standing: verdict.standing,
                strategy: reading.strategy,
                confidence: reading.confidence,
                evidence: reading.evidence,
                doubt: verdict.doubt
            )
        )
    }

    /// Now; after a clock was set back, the moment after the run before, so that the newest run stays the last one.
    private func begin(after last: RunSummary?) -> Timestamp {
        guard let last, now <= max(last.from, last.to) else { return now }
        return max(last.from, last.to) + .milliseconds(1)
    }

    /// `since` moves only when something that a person sees moves.
    ///
    /// What was doubted and borne out began with the look that was doubted.
    private func current(before: Listing.Current?, last: RunSummary?) -> Listing.Current {
        let availability: Availability =
            reading.outcome == .outOfStock && reading.availability.canBeBought != false
            ? .outOfStock : reading.availability
        let isSame = before?.price == reading.price && before?.availability == availability
        let isBorneOut = last?.standing == .suspect && last?.price == reading.price
        let began = isBorneOut ? last?.from ?? now : now
        return Listing.Current(
            price: reading.price,
            listPrice: reading.listPrice,
            availability: availability,
            since: isSame ? before?.since ?? began : began
        )
    }

    /// Only believed prices come here.
    private func fireRules(
        of listing: Listing,
        previous: Money?,
        on connection: any Connection
    ) throws -> [ID<OutboxMessage>] {
        try turn(of: listing, previous: previous).take(on: connection).filter { $0.heldUntil == nil }.map(\.id)
    }

    private func turn(of listing: Listing, previous: Money?) -> RuleTurn {
        RuleTurn(
            product: listing.product,
            read: listing.id,
            previous: previous,
            rules: known.rules,
            publicURL: publicURL,
            times: times,
            now: now
        )
    }

    /// Asks whether a doubted price is right, when the look after the first one read it again and it would be told if it
    /// were believed: most that look wrong are wrong, and nobody waits for the others.
    private func askAboutDoubt(_ last: RunSummary?, on connection: any Connection) throws -> [ID<OutboxMessage>] {
        guard asksAboutDoubts, let last, last.checks == 1, last.repeats(reading, standing: .suspect),
            let price = reading.price, reading.outcome == .ok, let before = known.lastPrice,
            try turn(of: listing, previous: nil).wouldTell(price, at: listing, on: connection),
            let product = try connection.product(listing.product)
        else { return [] }
        let question = DoubtQuestion(
            run: last,
            price: price,
            before: before,
            product: product,
            listing: listing,
            publicURL: publicURL,
            zone: times.zone(try connection.zone(of: listing.owner)),
            heldUntil: times.quietEnd(of: try connection.quietHours(of: listing.owner), at: now),
            now: now
        )
        let messages = try connection.channels(of: listing.owner).map(question.message)
        for message in messages { try connection.insert(message) }
        return messages.filter { $0.heldUntil == nil }.map(\.id)
    }
}

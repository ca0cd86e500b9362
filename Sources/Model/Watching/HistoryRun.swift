/// Equal observations of one listing in a row: one entry from the first to the last of them.
package struct HistoryRun: Hashable, Sendable {
    package let id: ID<HistoryRun>
    package let listing: ID<Listing>
    package let from: Timestamp
    package let to: Timestamp
    /// How many checks saw this, at least 1.
    package let checks: Int
    package let price: Money?
    package let listPrice: Money?
    package let availability: Availability
    package let standing: Standing
    /// What the first of the observations was read from.
    package let strategy: String?
    package let confidence: Double
    package let evidence: [Evidence]
    /// Why it is not believed, a sentence; nil when it is.
    package let doubt: String?

    package init(
        id: ID<HistoryRun>,
        listing: ID<Listing>,
        from: Timestamp,
        to: Timestamp,
        checks: Int,
        price: Money?,
        listPrice: Money?,
        availability: Availability,
        standing: Standing,
        strategy: String?,
        confidence: Double,
        evidence: [Evidence],
        doubt: String?
    ) {
        self.id = id
        self.listing = listing
        self.from = from
        self.to = to
        self.checks = checks
        self.price = price
        self.listPrice = listPrice
        self.availability = availability
        self.standing = standing
        self.strategy = strategy
        self.confidence = confidence
        self.evidence = evidence
        self.doubt = doubt
    }

    package var summary: RunSummary {
        RunSummary(
            id: id,
            from: from,
            to: to,
            checks: checks,
            price: price,
            listPrice: listPrice,
            availability: availability,
            standing: standing
        )
    }
}

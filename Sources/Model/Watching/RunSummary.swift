/// What the next observation is compared with: a run of the history without what it was read from.
package struct RunSummary: Hashable, Sendable {
    package let id: ID<HistoryRun>
    package let from: Timestamp
    package let to: Timestamp
    /// How many checks saw this, at least 1.
    package let checks: Int
    package let price: Money?
    package let listPrice: Money?
    package let availability: Availability
    package let standing: Standing

    package init(
        id: ID<HistoryRun>,
        from: Timestamp,
        to: Timestamp,
        checks: Int,
        price: Money?,
        listPrice: Money?,
        availability: Availability,
        standing: Standing
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.checks = checks
        self.price = price
        self.listPrice = listPrice
        self.availability = availability
        self.standing = standing
    }

    /// Whether an observation only repeats this run.
    package func repeats(_ reading: Reading, standing: Standing) -> Bool {
        price == reading.price && listPrice == reading.listPrice && availability == reading.availability
            && self.standing == standing
    }
}

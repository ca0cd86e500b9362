/// One line of the check log.
package struct CheckRecord: Hashable, Sendable {
    /// The job that made the check; the same job is recorded once.
    package let job: String
    package let listing: ID<Listing>
    package let at: Timestamp
    /// From the first byte sent to the reading.
    package let took: Duration
    package let outcome: Outcome
    /// The HTTP status; nil where no answer came.
    package let status: Int?
    package let price: Money?
    /// nil where nothing was observed.
    package let standing: Standing?
    /// A sentence, where the outcome needs one.
    package let note: String?

    package init(
        job: String,
        listing: ID<Listing>,
        at: Timestamp,
        took: Duration,
        outcome: Outcome,
        status: Int?,
        price: Money?,
        standing: Standing?,
        note: String?
    ) {
        self.job = job
        self.listing = listing
        self.at = at
        self.took = took
        self.outcome = outcome
        self.status = status
        self.price = price
        self.standing = standing
        self.note = note
    }
}

/// What a person saw before saving, kept so that saving uses exactly that.
package struct Preview: Hashable, Sendable {
    package let id: ID<Preview>
    package let owner: ID<Account>
    /// What was asked.
    package let address: WebAddress
    /// The address that answered, after redirects.
    package let answered: String
    /// The HTTP status; nil where no answer came.
    package let status: Int?
    package let took: Duration
    package let reading: Reading
    package let created: Timestamp

    package init(
        id: ID<Preview>,
        owner: ID<Account>,
        address: WebAddress,
        answered: String,
        status: Int?,
        took: Duration,
        reading: Reading,
        created: Timestamp
    ) {
        self.id = id
        self.owner = owner
        self.address = address
        self.answered = answered
        self.status = status
        self.took = took
        self.reading = reading
        self.created = created
    }
}

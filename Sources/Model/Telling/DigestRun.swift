/// One report on its way: of one account, for one due time.
///
/// It is the truth about whether that report was made: however often somebody begins it, there is one.
package struct DigestRun: Hashable, Sendable {
    package let id: ID<DigestRun>
    package let owner: ID<Account>
    /// When it was to be made.
    package let due: Timestamp
    package let cause: Cause
    package var state: State
    package let started: Timestamp
    /// Until when it waits for the checks that it asked for; not after `started` where it asked for none.
    package let patience: Timestamp
    /// When it was written or skipped.
    package var closed: Timestamp?
    /// How many products it reports.
    package var products: Int?
    /// How many messages were written, one for each channel.
    package var messages: Int?
    /// A sentence about what is not as it should be.
    package var note: String?

    /// Why it is made.
    package enum Cause: String, Hashable, Sendable, CaseIterable {
        /// The clock said so.
        case scheduled
        /// A person or a program asked for it.
        case asked
        /// A person wants to see that it arrives.
        case test
    }

    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Its products are being checked.
        case checking
        /// Its messages are in the outbox.
        case written
        /// It was not made, and will not be.
        case skipped
    }

    package init(
        id: ID<DigestRun>,
        owner: ID<Account>,
        due: Timestamp,
        cause: Cause,
        state: State = .checking,
        started: Timestamp,
        patience: Timestamp,
        closed: Timestamp? = nil,
        products: Int? = nil,
        messages: Int? = nil,
        note: String? = nil
    ) {
        self.id = id
        self.owner = owner
        self.due = due
        self.cause = cause
        self.state = state
        self.started = started
        self.patience = patience
        self.closed = closed
        self.products = products
        self.messages = messages
        self.note = note
    }
}

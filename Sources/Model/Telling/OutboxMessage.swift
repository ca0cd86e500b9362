/// One message in the outbox: what to deliver on which channel, and how far it got.
package struct OutboxMessage: Hashable, Sendable {
    package let id: ID<OutboxMessage>
    package let channel: ID<Channel>
    /// The same for every attempt; a second message with the same key is not stored.
    package let idempotencyKey: String
    package let subject: String
    /// The message as JSON; its key is that of this row, whatever it holds itself.
    package let content: String
    package let state: State
    /// How often a delivery was tried.
    package let attempts: Int
    package let created: Timestamp
    package let delivered: Timestamp?
    /// Why the last attempt failed, or why it was withdrawn, a sentence.
    package let problem: String?
    /// It is not delivered before, for it would disturb; nil for at once.
    package let heldUntil: Timestamp?
    /// The product whose price it tells of; nil for one about anything else.
    package let product: ID<Product>?
    /// What it says of that product rests on this; nil for one about anything else.
    package let ground: MessageGround?

    package enum State: String, Hashable, Sendable, CaseIterable {
        case pending, delivered, refused
        /// It was not sent, for it was not true any more.
        case withdrawn
    }

    package init(
        id: ID<OutboxMessage>,
        channel: ID<Channel>,
        idempotencyKey: String,
        subject: String,
        content: String,
        state: State = .pending,
        attempts: Int = 0,
        created: Timestamp,
        delivered: Timestamp? = nil,
        problem: String? = nil,
        heldUntil: Timestamp? = nil,
        product: ID<Product>? = nil,
        ground: MessageGround? = nil
    ) {
        self.id = id
        self.channel = channel
        self.idempotencyKey = idempotencyKey
        self.subject = subject
        self.content = content
        self.state = state
        self.attempts = attempts
        self.created = created
        self.delivered = delivered
        self.problem = problem
        self.heldUntil = heldUntil
        self.product = product
        self.ground = ground
    }
}

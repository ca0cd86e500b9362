package import Model
package import SQL

extension Connection {
    /// A message whose key is stored already is not stored again.
    package func insert(_ message: OutboxMessage) throws {
        try runLater(
            """
            INSERT INTO message (
                id, channel_id, idempotency_key, subject, content, state, attempts, created_at, delivered_at, problem,
                held_until, product_id, ground
            ) VALUES (
                \(message.id), \(message.channel), \(message.idempotencyKey), \(message.subject), \(message.content),
                \(message.state.rawValue), \(message.attempts), \(message.created), \(message.delivered),
                \(message.problem), \(message.heldUntil), \(message.product), \(try message.ground.map(jsonText))
            )
            ON CONFLICT (idempotency_key) DO NOTHING
            """
        )
    }

    package func message(_ id: ID<OutboxMessage>) throws -> OutboxMessage? {
        try row("SELECT * FROM message WHERE id = \(id)").map(OutboxMessage.init(row:))
    }

    /// Newest first, without their contents; those before `last`, the last one of another page, where it is given.
    ///
    /// A report of thousands of products takes megabytes, and a list shows none of it.
    package func messages(
        on channel: ID<Channel>,
        before last: MessagePlace? = nil,
        limit: Int
    ) throws -> [OutboxMessage] {
        let place: Statement =
            last.map { "AND (created_at < \($0.created) OR created_at = \($0.created) AND id < \($0.id))" } ?? ""
        return try rows(
            """
            SELECT id, channel_id, idempotency_key, subject, '' AS content, state, attempts, created_at, delivered_at,
                   problem, held_until, withdrawn_at, product_id, NULL AS ground
              FROM message WHERE channel_id = \(channel) \(place)
             ORDER BY created_at DESC, id DESC LIMIT \(limit)
            """
        ).map(OutboxMessage.init(row:))
    }

    /// Lets a refused message be tried again; false when it is not refused.
    package func offerAgain(_ id: ID<OutboxMessage>) throws -> Bool {
        try row(
            """
            UPDATE message SET state = 'pending'
             WHERE id = \(id) AND state = 'refused' AND withdrawn_at IS NULL RETURNING id
            """
        ) != nil
    }

    /// Oldest first: what still has to be delivered and is not held, written before `moment`, or in the future by a clock
    /// that was set back since.
    ///
    /// What was held about a product is not among them, for it is looked at again before it goes.
    package func pendingMessages(
        before moment: Timestamp,
        now: Timestamp,
        limit: Int
    ) throws -> [ID<OutboxMessage>] {
        try rows(
            """
            SELECT id FROM message WHERE state = 'pending' AND NOT (created_at > \(moment) AND created_at <= \(now))
               \(Self.isNotHeld(now)) AND (held_until IS NULL OR product_id IS NULL)
             ORDER BY created_at LIMIT \(limit)
            """
        ).map { try $0.id("id") }
    }

    /// Since when the message could be delivered that waits longest; nil when all are delivered or held.
    package func oldestPendingMessage(now: Timestamp) throws -> Timestamp? {
        try row(
            """
            SELECT COALESCE(held_until, created_at) AS since FROM message
             WHERE state = 'pending' \(Self.isNotHeld(now)) ORDER BY created_at LIMIT 1
            """
        )?.time("since")
    }

    /// No message is held for longer than a day: one that seems to be was written by a clock that was set back since.
    private static func isNotHeld(_ now: Timestamp) -> Statement {
        "AND (held_until IS NULL OR held_until <= \(now) OR held_until > \(now + .days(1)))"
    }

    /// The products of which something was held whose time has come, at most `limit`, what waited longest first.
    package func productsToTell(now: Timestamp, limit: Int) throws -> [ID<Product>] {
        // Said otherwise, `IS NOT NULL` would lead SQLite to the index over all that was ever told of products.
        try rows(
            """
            SELECT product_id, MIN(held_until) AS until FROM message
             WHERE state = 'pending' AND held_until IS NOT NULL AND COALESCE(product_id, '') <> '' \(Self.isNotHeld(now))
             GROUP BY product_id ORDER BY until LIMIT \(limit)
            """
        ).map { try $0.id("product_id") }
    }

    /// What is still to be sent about a product, oldest first; without what is held for longer.
    package func pendingMessages(about product: ID<Product>, now: Timestamp) throws -> [OutboxMessage] {
        try rows(
            """
            SELECT * FROM message WHERE product_id = \(product) AND state = 'pending' \(Self.isNotHeld(now))
             ORDER BY created_at, id
            """
        ).map(OutboxMessage.init(row:))
    }

    /// What is held about a product, due or not, oldest first.
    package func heldMessages(about product: ID<Product>) throws -> [OutboxMessage] {
        try rows(
            """
            SELECT * FROM message WHERE product_id = \(product) AND state = 'pending' AND held_until IS NOT NULL
             ORDER BY created_at, id
            """
        ).map(OutboxMessage.init(row:))
    }

    /// What was sent about a product since then, or is to be, oldest first.
    package func messages(about product: ID<Product>, since moment: Timestamp) throws -> [OutboxMessage] {
        try rows(
            """
            SELECT * FROM message
             WHERE product_id = \(product) AND created_at >= \(moment) AND state IN ('pending', 'delivered')
             ORDER BY created_at, id
            """
        ).map(OutboxMessage.init(row:))
    }

    /// Lets it be delivered as soon as may be.
    package func release(_ id: ID<OutboxMessage>) throws {
        try run("UPDATE message SET held_until = NULL WHERE id = \(id)")
    }

    /// Keeps a message from ever being sent; `why` is a sentence.
    ///
    /// Does nothing to one that was sent.
    package func withdraw(_ id: ID<OutboxMessage>, why: String, at moment: Timestamp) throws {
        // The version before this one, which may come back, knows no other word for it than “refused”.
        try run(
            """
            UPDATE message SET state = 'refused', withdrawn_at = \(moment), problem = \(why), held_until = NULL
             WHERE id = \(id) AND state = 'pending'
            """
        )
    }

    /// Keeps what was not sent yet on a channel from being sent, where its key begins like this.
    package func withdrawMessages(
        on channel: ID<Channel>,
        keyPrefix: String,
        why: String,
        at moment: Timestamp
    ) throws {
        for row in try rows(
            """
            SELECT id FROM message
             WHERE channel_id = \(channel) AND state = 'pending' AND idempotency_key LIKE \(keyPrefix + "%")
            """
        ) {
            try withdraw(try row.id("id"), why: why, at: moment)
        }
    }

    package func deleteMessage(_ id: ID<OutboxMessage>) throws {
        try run("DELETE FROM message WHERE id = \(id)")
    }

    /// Whether a message is held, be it for long or not.
    package func hasHeldMessages() throws -> Bool {
        try row("SELECT 1 AS found FROM message WHERE state = 'pending' AND held_until IS NOT NULL LIMIT 1") != nil
    }

    /// What is held for a person is not held any longer.
    package func releaseMessages(to owner: ID<Account>, now: Timestamp) throws {
        try run(
            """
            UPDATE message SET held_until = \(now)
             WHERE state = 'pending' AND held_until > \(now)
               AND channel_id IN (SELECT id FROM channel WHERE owner_id = \(owner))
            """
        )
    }

    /// Counts an attempt and keeps how it went.
    package func recordAttempt(
        of id: ID<OutboxMessage>,
        state: OutboxMessage.State,
        delivered: Timestamp?,
        problem: String?
    ) throws {
        try run(
            """
            UPDATE message SET state = \(state.rawValue), attempts = attempts + 1, delivered_at = \(delivered),
                               problem = \(problem)
             WHERE id = \(id) AND state = 'pending'
            """
        )
    }
}

/// Where a message stands in the list of its channel.
package struct MessagePlace: Hashable, Sendable {
    package let created: Timestamp
    package let id: ID<OutboxMessage>

    package init(created: Timestamp, id: ID<OutboxMessage>) {
        self.created = created
        self.id = id
    }
}

extension OutboxMessage {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            channel: try row.id("channel_id"),
            idempotencyKey: try row.text("idempotency_key"),
            subject: try row.text("subject"),
            content: try row.text("content"),
            state: try row.optionalTime("withdrawn_at") == nil ? try row.name("state") : .withdrawn,
            attempts: try row.int("attempts"),
            created: try row.time("created_at"),
            delivered: try row.optionalTime("delivered_at"),
            problem: try row.optionalText("problem"),
            heldUntil: try row.optionalTime("held_until"),
            product: try row.optionalText("product_id").map { ID($0) },
            ground: try row.optionalText("ground") == nil ? nil : try row.json("ground")
        )
    }
}

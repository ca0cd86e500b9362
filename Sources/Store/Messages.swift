package import Model
package import SQL

extension Connection {
    /// A message whose key is stored already is not stored again.
    package func insert(_ message: OutboxMessage) throws {
        try runLater(
            """
            INSERT INTO message (
                id, channel_id, idempotency_key, subject, content, state, attempts, created_at, delivered_at, problem,
                held_until
            ) VALUES (
                \(message.id), \(message.channel), \(message.idempotencyKey), \(message.subject), \(message.content),
                \(message.state.rawValue), \(message.attempts), \(message.created), \(message.delivered),
                \(message.problem), \(message.heldUntil)
            )
            ON CONFLICT (idempotency_key) DO NOTHING
            """
        )
    }

    package func message(_ id: ID<OutboxMessage>) throws -> OutboxMessage? {
        try row("SELECT * FROM message WHERE id = \(id)").map(OutboxMessage.init(row:))
    }

    /// Newest first.
    package func messages(on channel: ID<Channel>, limit: Int) throws -> [OutboxMessage] {
        try rows(
            "SELECT * FROM message WHERE channel_id = \(channel) ORDER BY created_at DESC, id DESC LIMIT \(limit)"
        ).map(OutboxMessage.init(row:))
    }

    /// Oldest first: what still has to be delivered and is not held, written before `moment`, or in the future by a clock
    /// that was set back since.
    package func pendingMessages(
        before moment: Timestamp,
        now: Timestamp,
        limit: Int
    ) throws -> [ID<OutboxMessage>] {
        try rows(
            """
            SELECT id FROM message WHERE state = 'pending' AND NOT (created_at > \(moment) AND created_at <= \(now))
               \(Self.isNotHeld(now)) ORDER BY created_at LIMIT \(limit)
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

    /// What is held for a person is delivered as soon as may be.
    package func releaseMessages(to owner: ID<Account>) throws {
        try run(
            """
            UPDATE message SET held_until = NULL
             WHERE state = 'pending' AND held_until IS NOT NULL
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

extension OutboxMessage {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            channel: try row.id("channel_id"),
            idempotencyKey: try row.text("idempotency_key"),
            subject: try row.text("subject"),
            content: try row.text("content"),
            state: try row.name("state"),
            attempts: try row.int("attempts"),
            created: try row.time("created_at"),
            delivered: try row.optionalTime("delivered_at"),
            problem: try row.optionalText("problem"),
            heldUntil: try row.optionalTime("held_until")
        )
    }
}

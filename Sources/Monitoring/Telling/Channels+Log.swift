package import Model
import SQL
import Store

extension Channels {
    /// The most messages of a page of the log.
    package static let longestLog = 200

    /// What was sent on a channel or is to be, newest first; `cursor` is what another page gave as `next`.
    ///
    /// Throws `.invalid` for `cursor` or `limit`.
    package func messages(
        on id: ID<Channel>,
        cursor: String? = nil,
        limit: Int = 50,
        as actor: Actor
    ) async throws -> MessageLog {
        guard (1...Self.longestLog).contains(limit) else {
            throw RequestError.invalid(
                field: "limit",
                "The limit must be a whole number from 1 to \(Self.longestLog), not \(limit)."
            )
        }
        let place = try cursor.map { try Self.place($0) }
        let found = try await database.read { connection in
            _ = try connection.channel(id, of: actor)
            return try connection.messages(on: id, before: place, limit: limit + 1)
        }
        let messages = Array(found.prefix(limit))
        let next = found.count > limit ? messages.last.map { "\($0.created.milliseconds).\($0.id)" } : nil
        return MessageLog(messages: messages, next: next)
    }

    /// Tries a refused message again, as when it was new.
    ///
    /// Throws `.conflict` for one that is not refused.
    package func sendAgain(_ message: ID<OutboxMessage>, on id: ID<Channel>, as actor: Actor) async throws {
        try actor.mayWrite()
        try await database.transaction { connection in
            _ = try connection.channel(id, of: actor)
            guard try connection.message(message)?.channel == id else {
                throw RequestError.notFound("There is no such message on this channel.")
            }
            guard try connection.offerAgain(message) else {
                throw RequestError.conflict("The message was not refused, so it is not sent again.", existing: nil)
            }
        }
        // Should this be lost, the scheduler's sweep finds the message.
        try await outbox.enqueue([message])
    }

    private static func place(_ cursor: String) throws(RequestError) -> MessagePlace {
        let parts = cursor.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let created = Int(parts[0]), let id = ID<OutboxMessage>(checking: String(parts[1]))
        else {
            throw .invalid(field: "cursor", "The cursor is none that this list gave. Leave it out to begin anew.")
        }
        return MessagePlace(created: Timestamp(milliseconds: created), id: id)
    }
}

/// One page of what was sent on a channel.
package struct MessageLog: Hashable, Sendable {
    /// Newest first.
    package let messages: [OutboxMessage]
    /// The cursor of the next page, of older ones; nil on the last.
    package let next: String?

    package init(messages: [OutboxMessage], next: String?) {
        self.messages = messages
        self.next = next
    }
}

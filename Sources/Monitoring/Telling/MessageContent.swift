import FoundationEssentials
import Model
import PluginAPI

/// Messages as the outbox stores them.
enum MessageContent {
    static func encode(_ message: Message) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(message), as: UTF8.self)
    }

    /// With the key of its row: rows for several channels may hold the same content.
    static func decode(_ stored: OutboxMessage) throws -> Message {
        try JSONDecoder().decode(Message.self, from: Data(stored.content.utf8)).keyed(stored.idempotencyKey)
    }
}

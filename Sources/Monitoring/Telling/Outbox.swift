import FoundationEssentials
import Model
import Queue
import Store

/// Turns stored messages into delivery jobs.
///
/// Called after the commit that stored them; what is lost in between, the scheduler's sweep finds.
struct Outbox: Sendable {
    let queue: any Queue

    func enqueue(_ messages: [ID<OutboxMessage>]) async throws {
        guard !messages.isEmpty else { return }
        try await queue.add(
            messages.map { id in
                NewJob(
                    id: "deliver-\(id)",
                    name: .deliverMessage,
                    payload: "{\"messageId\":\"\(id)\"}",
                    attempts: 12,
                    backoff: Backoff(base: .seconds(5), limit: .hours(2))
                )
            }
        )
    }

    /// nil when the payload names no message.
    static func message(in payload: String) -> ID<OutboxMessage>? {
        struct Payload: Decodable { let messageId: String }
        guard let payload = try? JSONDecoder().decode(Payload.self, from: Data(payload.utf8)) else { return nil }
        return ID(checking: payload.messageId)
    }
}

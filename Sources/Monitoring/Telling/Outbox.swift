import FoundationEssentials
import Model
import Queue
import SQL
import Store

/// Turns stored messages into delivery jobs.
///
/// Called after the commit that stored them; what is lost in between, the scheduler's sweep finds.
struct Outbox: Sendable {
    let queue: any Queue

    func enqueue(_ messages: [ID<OutboxMessage>]) async throws {
        guard !messages.isEmpty else { return }
        try await queue.add(
            messages.map { Self.newJob($0) }
        )
    }

    /// A message whose job was given up is tried again later and later: it may be what ended the program.
    ///
    /// After two days it is given up itself.
    func enqueueAgain(_ id: ID<OutboxMessage>, why: String, on database: any Database, now: Timestamp) async throws {
        let attempts = try await database.transaction { connection -> Int? in
            guard let message = try connection.message(id), message.state == .pending else { return nil }
            let isLate = now - message.created >= Self.patience
            let problem = "The delivery was given up: \(why)"
            try connection.recordAttempt(of: id, state: isLate ? .refused : .pending, delivered: nil, problem: problem)
            try connection.setDelivery(nil, problem: problem, of: message.channel)
            return isLate ? nil : message.attempts + 1
        }
        guard let attempts else { return }
        try await queue.add([Self.newJob(id, delay: Self.backoff.delay(afterAttempt: attempts))])
    }

    /// 5 s, 10 s, 20 s … 2 h.
    private static let backoff = Backoff(base: .seconds(5), limit: .hours(2), jitterPercent: 20)
    /// Longer than all attempts of a job.
    private static let patience: Duration = .days(2)

    static func job(_ message: ID<OutboxMessage>) -> String { "deliver-\(message)" }

    /// Its attempts take a day: a mail server that is mended the next morning still gets what it missed.
    private static func newJob(_ message: ID<OutboxMessage>, delay: Duration = .zero) -> NewJob {
        NewJob(
            id: job(message),
            name: .deliverMessage,
            payload: "{\"messageId\":\"\(message)\"}",
            delay: delay,
            attempts: 23,
            backoff: backoff,
            deadline: .minutes(5)
        )
    }

    /// nil when the payload names no message.
    static func message(in payload: String) -> ID<OutboxMessage>? {
        struct Payload: Decodable { let messageId: String }
        guard let payload = try? JSONDecoder().decode(Payload.self, from: Data(payload.utf8)) else { return nil }
        return ID(checking: payload.messageId)
    }
}

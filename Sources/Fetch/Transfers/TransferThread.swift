/// A thread of its own that runs many transfers at once; none of libcurl's calls happens on Swift's shared threads.
final class TransferThread: Sendable {
    private let inbox = TransferInbox()

    /// Starts the thread; `connections` is the size of the cache of open connections.
    init(name: String, politeness: Politeness, connections: Int) {
        let inbox = inbox
        NamedThread.start(name) {
            let crowd = TransferCrowd(inbox: inbox, politeness: politeness, connections: connections)
            crowd.run()
        }
    }

    deinit { inbox.close() }

    /// Runs one transfer; `make` gets the continuation to answer, once.
    ///
    /// Cancelling the task aborts the transfer, which then throws `CancellationError`, as everything does once the
    /// thread is closed.
    func run<Answer: Sendable>(
        _ make: @escaping @Sendable (CheckedContinuation<Answer, any Error>) -> any Transfer
    ) async throws -> Answer {
        try Task.checkCancellation()
        let ticket = inbox.newTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard inbox.push(.start(ticket, { make(continuation) })) else {
                    return continuation.resume(throwing: CancellationError())
                }
                // The handler below may have come before the start did, and was not heard then.
                if Task.isCancelled { _ = inbox.push(.cancel(ticket)) }
            }
        } onCancel: {
            // A closed thread has cancelled everything by itself.
            _ = inbox.push(.cancel(ticket))
        }
    }

    /// Running transfers fail with `CancellationError`; returns when the thread has ended, and may be called again.
    func close() async {
        await inbox.closeAndWait()
    }
}

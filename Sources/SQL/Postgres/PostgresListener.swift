import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Hears what other processes announce, on a connection and a thread of its own.
///
/// What is announced while the connection is cut is not heard; `hear` is called once when it is there again.
final class PostgresListener: Sendable {
    private let address: PostgresAddress
    private let settings: PostgresSettings
    private let subject: String
    private let hear: @Sendable () -> Void
    private let isStopped = Mutex(false)
    private let thread = WorkThread()
    /// A byte in it ends the waiting.
    private let wake: (reading: CInt, writing: CInt)

    init(
        _ address: PostgresAddress,
        settings: PostgresSettings,
        subject: String,
        hear: @escaping @Sendable () -> Void
    ) {
        self.address = address
        self.settings = settings
        self.subject = subject
        self.hear = hear
        var ends: [CInt] = [-1, -1]
        // Without one, stopping takes as long as one wait.
        _ = pipe(&ends)
        wake = (ends[0], ends[1])
    }

    deinit {
        close(wake.reading)
        close(wake.writing)
    }

    /// Begins; the thread keeps itself alive until `stop`.
    func start() {
        thread.run { [self] in
            while !isStopped.withLock(\.self) {
                // Whatever cuts it, the work itself meets it as well and reports it; here it is only tried again.
                try? listen()
                pause()
            }
        }
    }

    func stop() {
        isStopped.withLock { $0 = true }
        _ = write(wake.writing, [1], 1)
    }

    private func listen() throws(PostgresFailure) {
        let link = try PostgresLink(address, settings: settings, patience: settings.patience)
        defer { link.close() }
        let end = ContinuousClock.now + settings.patience
        let schema = try link.run([PostgresCommand("SELECT current_schema() AS name")], until: end)
        let name = (try? schema[0].rows.first?.text("name")) ?? "public"
        let channel = PostgresConnection.channel(subject, schema: name)
        _ = try link.run([PostgresCommand("LISTEN \"\(channel.replacing("\"", with: "\"\""))\"")], until: end)
        hear()
        while !isStopped.withLock(\.self) {
            if try !link.notifications(until: .now + Self.oneWait, wake: wake.reading).isEmpty { hear() }
            // A connection that only listens would never notice that the other end is gone.
            _ = try link.run([PostgresCommand("SELECT 1")], until: .now + settings.patience)
        }
    }

    private static let oneWait: Duration = .seconds(30)

    /// Before the next try.
    private func pause() {
        var socket = pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0)
        _ = poll(&socket, 1, 1000)
    }
}

extension PostgresDatabase {
    package func announcements(of subject: String) -> AsyncStream<Void> {
        // Several that come together are as good as one.
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let listener = PostgresListener(address, settings: settings, subject: subject) { continuation.yield() }
            continuation.onTermination = { _ in listener.stop() }
            listener.start()
        }
    }
}

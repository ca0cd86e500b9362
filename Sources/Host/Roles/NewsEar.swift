import ServiceLifecycle

/// Hears what other processes announce in the database, so that it counts at once and not at the next look.
struct NewsEar: Service {
    let listen: @Sendable () -> AsyncStream<Void>
    let hear: @Sendable () -> Void

    func run() async throws {
        // Cut short when the process is told to stop, which is what ends it.
        try? await cancelWhenGracefulShutdown {
            for await _ in listen() { hear() }
            // Nobody to listen to; a service that ends would end the others with it.
            try await gracefulShutdown()
        }
    }
}

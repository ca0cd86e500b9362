import SQL
import ServiceLifecycle
import Store

/// Hears of reports that a person wants otherwise in another process, so that it counts at once and not at the next look.
struct DigestEar: Service {
    let database: any Database
    let bell: Bell

    func run() async throws {
        // Cut short when the process is told to stop, which is what ends it.
        try? await cancelWhenGracefulShutdown {
            for await _ in database.digestNews { bell.ring() }
            // Nobody to listen to; a service that ends would end the others with it.
            try await gracefulShutdown()
        }
    }
}

import Queue
import ServiceLifecycle

/// Hears of jobs that other processes add, so that they are done at once and not at the next look into the queue.
struct QueueEar: Service {
    let queue: any Queue

    func run() async throws {
        // Cut short when the process is told to stop, which is what ends it.
        try? await cancelWhenGracefulShutdown {
            await queue.listen()
            // Nobody to listen to; a service that ends would end the others with it.
            try await gracefulShutdown()
        }
    }
}

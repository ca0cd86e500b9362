import Logging
import ServiceLifecycle

/// Does something once, trying until it works, then rests until the process ends.
struct OnceService: Service {
    /// Completes “cannot … at the moment”.
    let work: String
    let logger: Logger
    let turn: @Sendable () async throws -> Void

    init(work: String, logger: Logger, turn: @escaping @Sendable () async throws -> Void) {
        self.work = work
        self.logger = logger
        self.turn = turn
    }

    func run() async throws {
        var trouble = Trouble(work, logger: logger)
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            do {
                try await turn()
                trouble.isOver()
                // A service that ends would end the others with it.
                try await gracefulShutdown()
            } catch is CancellationError {
                return
            } catch {
                let pause = trouble.happened(error)
                // Cut short when the process is told to stop; the loop's condition decides what that means.
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
            }
        }
    }
}

import Logging
import Operations
import ServiceLifecycle

/// Does something again and again at an interval, until it is told to stop; survives errors.
struct TurnLoop: Service {
    /// What it is called on `/health`.
    let name: String
    /// Completes “cannot … at the moment”.
    let work: String
    /// Between the end of one turn and the beginning of the next.
    let interval: Duration
    let heartbeats: Heartbeats
    let logger: Logger
    /// Whether it is up to this process; until then it only looks whether it is.
    var isOurs: @Sendable () -> Bool = { true }
    /// Ends the wait for the next turn; nil where nothing does.
    var bell: Bell?
    /// True when there is more to do at once.
    let turn: @Sendable () async throws -> Bool

    /// A turn may be slow: the database may be busy for a while.
    private static let slowness: Duration = .seconds(60)
    /// How soon it begins after it became ours.
    private static let readiness: Duration = .milliseconds(250)

    func run() async throws {
        let beat = heartbeats.register(name, limit: interval + Self.slowness)
        var trouble = Trouble(work, logger: logger)
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            beat.beat()
            var wait = interval
            do {
                if !isOurs() {
                    wait = min(interval, Self.readiness)
                } else if try await turn() {
                    wait = .zero
                }
                trouble.isOver()
            } catch {
                wait = max(trouble.happened(error), interval)
            }
            guard wait > .zero else { continue }
            // Cut short when the process is told to stop; the loop's condition decides what that means.
            let pause = wait
            try? await cancelWhenGracefulShutdown {
                guard let bell else { return try await Task.sleep(for: pause) }
                await bell.wait(upTo: pause)
            }
        }
        beat.end()
    }
}

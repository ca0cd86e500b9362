package import Logging
package import Model
package import PluginAPI

/// Performs HTTP exchanges, many at once, on one thread of its own.
///
/// Redirects are followed, bodies decoded, connections kept open and used again; nothing of one exchange (cookies,
/// credentials) reaches another. A proxy in the environment is not used.
package final class Fetcher: Sendable {
    /// What all exchanges share.
    struct Shared: Sendable {
        let settings: FetchSettings
        let metrics: FetchMetrics
        let logger: Logger
    }

    private let shared: Shared
    private let thread: TransferThread

    /// Starts the thread.
    package init(settings: FetchSettings = FetchSettings(), logger: Logger) {
        shared = Shared(settings: settings, metrics: FetchMetrics(), logger: logger)
        let politeness = Politeness(
            concurrency: settings.hostConcurrency,
            pause: settings.hostPause,
            limit: settings.maximumConnections
        )
        thread = TransferThread(name: "fetch", politeness: politeness, connections: settings.maximumConnections)
    }

    /// Performs one exchange; any status is an answer, a redirect only where it names no address.
    ///
    /// Throws `ExchangeError` when no answer came, and `CancellationError` when the task was cancelled or the fetcher
    /// is closed. Through the guarded door an exchange may first wait for its host's turn, for as long as it takes;
    /// cancel the task to give up.
    package func exchange(_ request: HTTPRequest, through door: Door) async throws -> HTTPResponse {
        try request.headers.check()
        let target = try ExchangeTarget(request.url)
        let shared = shared
        let hop = Hop(request, to: target, settings: shared.settings)
        let end = try await thread.run { answer in
            ExchangeTransfer(hop, through: door, shared: shared, answer: answer)
        }
        guard case .answer(let response) = end else {
            preconditionFailure("An exchange that follows redirects ended with one.")
        }
        return response
    }

    /// Performs one hop through the guarded door.
    func perform(_ hop: Hop) async throws -> HopEnd {
        let shared = shared
        return try await thread.run { answer in
            ExchangeTransfer(hop, through: .guarded, shared: shared, answer: answer)
        }
    }

    var settings: FetchSettings { shared.settings }

    /// For addresses that came from a person or a page.
    package var guarded: HTTPExchange {
        { request in try await self.exchange(request, through: .guarded) }
    }

    /// Ends the thread: running and waiting exchanges throw `CancellationError`, and so do later ones.
    ///
    /// Returns when the thread has ended; may be called again.
    package func close() async {
        await thread.close()
    }
}

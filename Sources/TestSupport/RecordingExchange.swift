package import Model
package import PluginAPI
import Synchronization

/// Stands for the network: records what a plugin asks, and answers as the test says.
package final class RecordingExchange: Sendable {
    private let asked = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse

    /// Answers every request by `answer`.
    package init(_ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) {
        self.answer = answer
    }

    /// Answers every request with the same status, headers and body.
    package convenience init(status: Int, headers: HTTPHeaders = [:], body: String = "") {
        self.init { HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: $0.url) }
    }

    /// Every request so far, oldest first.
    package var requests: [HTTPRequest] { asked.withLock { $0 } }

    /// For `PluginSetup`.
    package var exchange: HTTPExchange {
        { request in
            self.asked.withLock { $0.append(request) }
            return try await self.answer(request)
        }
    }
}

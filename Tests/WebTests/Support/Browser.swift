import Hummingbird
import Logging
import Synchronization
import TestSupport

@testable import Web

/// Speaks to the routes without a network: keeps cookies as a browser does.
final class Browser: Sendable {
    private let responder: RouterResponder<WebContext>
    private let cookies = Mutex<[String: String]>([:])
    private let peer: String?
    private let logger: Logger

    init(_ server: WebServer, peer: String? = "192.0.2.7", logger: Logger = .quiet) {
        self.logger = logger
        responder = server.router().buildResponder()
        self.peer = peer
    }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        var location: String? { headers[.location] }

        /// The value of the first hidden field with this name.
        func field(_ name: String) -> String? {
            text.firstMatch(of: try? Regex("name=\"\(name)\" value=\"([^\"]+)\"", as: (Substring, Substring).self))
        }

        /// What a person reads: without tags, white space made one space.
        var words: String {
            text.replacing(#/<[^>]*>/#, with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers, "")
    }

    /// Sends a form as a page of ours would.
    func post(_ path: String, _ fields: [String: String], _ headers: HTTPFields = [:]) async throws -> Answer {
        let body = fields.map { "\($0.queryEncoded)=\($1.queryEncoded)" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(.post, path, headers, body)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: String) async throws
        -> Answer
    {
        var headers = headers
        let jar = cookies.withLock { $0 }
        if !jar.isEmpty { headers[.cookie] = jar.map { "\($0)=\($1)" }.joined(separator: "; ") }
        let request = Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: "prices.test",
                path: path,
                headerFields: headers
            ),
            body: RequestBody(buffer: ByteBuffer(string: body))
        )
        let response = try await responder.respond(to: request, context: WebContext(peer: peer, logger: logger))
        keep(response.headers[values: .setCookie])
        let text = Mutex("")
        let collected = Collected()
        try await response.body.write(Writer(collected: collected))
        text.withLock { $0 = collected.text }
        return Answer(status: response.status.code, headers: response.headers, text: collected.text)
    }

    private func keep(_ lines: [String]) {
        cookies.withLock { jar in
            for line in lines {
                let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
                jar[pair[0]] = pair.count == 2 && !line.contains("Max-Age=0") ? pair[1] : nil
            }
        }
    }

    func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }
}

private final class Collected: Sendable {
    private let buffer = Mutex(ByteBuffer())

    var text: String { buffer.withLock { String(buffer: $0) } }

    func append(_ bytes: ByteBuffer) {
        buffer.withLock { buffer in
            var bytes = bytes
            buffer.writeBuffer(&bytes)
        }
    }
}

private struct Writer: ResponseBodyWriter {
    let collected: Collected

    mutating func write(_ buffer: ByteBuffer) async throws { collected.append(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension String {
    fileprivate func firstMatch(of regex: Regex<(Substring, Substring)>?) -> String? {
        guard let regex, let match = try? regex.firstMatch(in: self) else { return nil }
        return String(match.1)
    }
}

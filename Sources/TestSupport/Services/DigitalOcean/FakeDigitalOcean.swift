import FoundationEssentials
package import Model
import PluginAPI
import Synchronization

/// Stands for DigitalOcean's API v2 as its documentation describes it: slow, asynchronous, and strict.
///
/// It refuses unknown and missing fields and parameters, makes two droplets when it is asked twice, and takes its time.
/// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/>
package final class FakeDigitalOcean: Sendable {
    /// What goes wrong with one request.
    package enum Trouble: Sendable {
        /// An answer instead of the right one; nothing is done.
        case answer(status: Int, headers: HTTPHeaders = [:], message: String = "trouble")
        /// It is done, and the answer is another one.
        case doneButAnswers(status: Int)
        /// The connection breaks before anything is done.
        case lostBefore
        /// It is done, and the connection breaks.
        case lostAfter
        /// The program is told to end before anything is done.
        case endedBefore
        /// It is done, and the program is told to end before it has the answer.
        case endedAfter
    }

    /// For `server`.
    package static let home = "https://api.digitalocean.example"
    package static let token = "dop_v1_5ecret-of-the-test"

    let state: Mutex<FakeCloud>
    private let troubles = Mutex<Troubles>(Troubles())

    private struct Troubles {
        var count = 0
        var requests: [HTTPRequest] = []
        var refusals: [String] = []
        var rule: @Sendable (_ number: Int, _ request: HTTPRequest) -> Trouble? = { _, _ in nil }
    }

    package init(_ cloud: FakeCloud = FakeCloud()) {
        state = Mutex(cloud)
    }

    /// What it holds.
    package var cloud: FakeCloud { state.withLock { $0 } }
    /// Changes what it holds, as a person in the control panel would.
    package func change(_ body: (inout FakeCloud) -> Void) { state.withLock { body(&$0) } }

    /// How many requests came so far.
    package var count: Int { troubles.withLock { $0.count } }
    /// Every request so far, oldest first.
    package var requests: [HTTPRequest] { troubles.withLock { $0.requests } }
    /// What it refused by its own rules, oldest first: `422 POST /v2/droplets: …`.
    package var refusals: [String] { troubles.withLock { $0.refusals } }

    /// From now on each request meets what `rule` says; the first since has the number 1.
    package func suffer(_ rule: @escaping @Sendable (_ number: Int, _ request: HTTPRequest) -> Trouble?) {
        troubles.withLock { troubles in
            troubles.count = 0
            troubles.rule = rule
        }
    }

    /// For `PluginSetup`.
    package var exchange: RecordingExchange {
        RecordingExchange { try self.answer(to: $0) }
    }

    /// For a `TestServer`; `home` and the server's own address are the same to it.
    package var handler: TestServer.Handler {
        { request in
            let fields = request.headerLines.map { line in
                let mark = line.firstIndex(of: ":") ?? line.endIndex
                return HTTPHeaders.Field(name: String(line[..<mark]), value: String(line[mark...].dropFirst(2)))
            }
            let method = HTTPRequest.Method(rawValue: request.method) ?? .get
            let url = Self.home + request.target
            let asked = HTTPRequest(method: method, url: url, headers: HTTPHeaders(fields), body: request.body)
            guard let answer = try? self.answer(to: asked) else { return TestAnswer(steps: [.reset]) }
            let headers = answer.headers.fields.map { ($0.name, $0.value) }
            return .response(answer.status, headers: headers, body: answer.body)
        }
    }

    /// Every request as a line of JSON, without the token: `{"method", "url", "headers", "body"}`.
    package var recording: String {
        struct Line: Encodable {
            let method: String
            let url: String
            let headers: [String: String]
            let body: String?
        }
        let lines = requests.map { request in
            let type = request.headers["Content-Type"].map { ["Content-Type": $0] } ?? [:]
            let body = request.body.isEmpty ? nil : String(decoding: request.body, as: UTF8.self)
            let headers = type.merging(["Authorization": "Bearer made-up"]) { old, _ in old }
            let line = Line(method: request.method.rawValue, url: request.url, headers: headers, body: body)
            // A line of texts can always be written.
            return (try? JSONEncoder().encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        return lines.map { "\($0)\n" }.joined()
    }

    private func answer(to request: HTTPRequest) throws -> HTTPResponse {
        let trouble = troubles.withLock { troubles in
            troubles.count += 1
            troubles.requests.append(request)
            return troubles.rule(troubles.count, request)
        }
        switch trouble {
        case .endedBefore: throw CancellationError()
        case .lostBefore: throw ExchangeError.unreachable("The connection broke.")
        case .answer(let status, let headers, let message):
            let body = FakeReply.failure(status, message)
            return HTTPResponse(status: status, headers: headers, body: Array(body.body.utf8), url: request.url)
        case .lostAfter, .endedAfter, .doneButAnswers, nil: break
        }
        let reply = state.withLock { $0.reply(to: FakeServiceRequest(request)) }
        if reply.status >= 400, reply.status != 404 {
            let line = "\(reply.status) \(request.method.rawValue) \(FakeServiceRequest(request).path): \(reply.body)"
            troubles.withLock { $0.refusals.append(line) }
        }
        switch trouble {
        case .lostAfter: throw ExchangeError.timeout("No answer came in time.")
        case .endedAfter: throw CancellationError()
        case .doneButAnswers(let status):
            let failure = FakeReply.failure(status, "trouble")
            return HTTPResponse(status: status, body: Array(failure.body.utf8), url: request.url)
        default: break
        }
        let headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8"]
        return HTTPResponse(status: reply.status, headers: headers, body: Array(reply.body.utf8), url: request.url)
    }
}

/// An answer of the fake.
struct FakeReply {
    let status: Int
    let body: String

    static let gone = FakeReply(status: 204, body: "")

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#section/Introduction/HTTP-Statuses>
    static func failure(_ status: Int, _ message: String) -> FakeReply {
        let ids = [
            400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 409: "conflict",
            412: "precondition_failed", 422: "unprocessable_entity", 429: "too_many_requests",
        ]
        let id = ids[status] ?? "server_error"
        return FakeReply(status: status, body: "{\"id\":\"\(id)\",\"message\":\(quoted(message))}")
    }

    static let missing = failure(404, "The resource you were accessing could not be found.")

    /// A JSON string.
    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A text can always be written.
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }

    static func quoted(_ texts: [String]) -> String { "[\(texts.map { quoted($0) }.joined(separator: ","))]" }
}

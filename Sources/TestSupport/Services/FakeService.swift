import FoundationEssentials
import Markup
package import Model
import PluginAPI
import Synchronization

/// Stands for a service's API as its documentation describes it.
///
/// It refuses what that refuses, keeps what it accepts, and fails on demand. One for each service is in
/// `FakeService+<Name>.swift`.
package final class FakeService: Sendable {
    /// A message that the service took, as its readers see it.
    package struct Shown: Hashable, Sendable {
        /// All of the text, without the service's markup.
        package var text: String
        /// Where links of markup lead to, and what a touch opens.
        package var links: [String] = []
        /// What calls people or changes how foreign text looks: in these messages there must be nothing.
        package var effects: [String] = []
        /// The idempotency key, where the service has a place for it.
        package var key: String?

        init(text: String, links: [String] = [], effects: [String] = [], key: String? = nil) {
            self.text = text
            self.links = links
            self.effects = effects
            self.key = key
        }
    }

    /// What the service makes of a request.
    enum Verdict {
        case accepted(Shown, status: Int, body: String)
        /// Answered like one that was accepted, but nobody sees it again.
        case known(status: Int, body: String)
        case refused(status: Int, body: String)
    }

    /// What goes wrong instead of an answer.
    package enum Trouble: Sendable {
        /// An answer that the service's documentation has.
        case answer(status: Int, headers: HTTPHeaders = [:], body: String = "")
        /// The connection breaks.
        case away
    }

    /// The address that its plugin asks, without the path: `https://api.pushover.net`.
    package let home: String
    private let judge: @Sendable (FakeServiceRequest, [Shown]) -> Verdict
    private let state = Mutex(State())

    private struct State: Sendable {
        var shown: [Shown] = []
        var refusals: [String] = []
        var trouble: Trouble?
        var asked = 0
    }

    init(home: String, _ judge: @escaping @Sendable (FakeServiceRequest, [Shown]) -> Verdict) {
        self.home = home
        self.judge = judge
    }

    /// What its readers see, oldest first.
    package var shown: [Shown] { state.withLock { $0.shown } }
    /// Status and body of what it refused, oldest first.
    package var refusals: [String] { state.withLock { $0.refusals } }
    /// How often it was asked, troubles included.
    package var asked: Int { state.withLock { $0.asked } }

    /// From now on every request meets this; nil ends it.
    package func suffer(_ trouble: Trouble?) { state.withLock { $0.trouble = trouble } }

    /// For `PluginSetup`.
    package var exchange: RecordingExchange {
        RecordingExchange { request in
            guard let answer = self.answer(to: request) else {
                throw ExchangeError.unreachable("The connection broke.")
            }
            return answer
        }
    }

    /// For a `TestServer`.
    package var handler: TestServer.Handler {
        { request in
            let fields = request.headerLines.map { line in
                let mark = line.firstIndex(of: ":") ?? line.endIndex
                return HTTPHeaders.Field(name: String(line[..<mark]), value: String(line[mark...].dropFirst(2)))
            }
            let method = HTTPRequest.Method(rawValue: request.method) ?? .get
            let url = self.home + request.target
            let asked = HTTPRequest(method: method, url: url, headers: HTTPHeaders(fields), body: request.body)
            guard let answer = self.answer(to: asked) else { return TestAnswer(steps: [.reset]) }
            let headers = answer.headers.fields.map { ($0.name, $0.value) }
            return .response(answer.status, headers: headers, body: answer.body)
        }
    }

    private func answer(to request: HTTPRequest) -> HTTPResponse? {
        state.withLock { state in
            state.asked += 1
            switch state.trouble {
            case .away: return nil
            case .answer(let status, let headers, let body):
                return HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: request.url)
            case nil: break
            }
            let (status, body): (Int, String)
            switch judge(FakeServiceRequest(request), state.shown) {
            case .accepted(let shown, let code, let text):
                state.shown.append(shown)
                (status, body) = (code, text)
            case .known(let code, let text): (status, body) = (code, text)
            case .refused(let code, let text):
                state.refusals.append("\(code) \(text)")
                (status, body) = (code, text)
            }
            return HTTPResponse(status: status, body: Array(body.utf8), url: request.url)
        }
    }
}

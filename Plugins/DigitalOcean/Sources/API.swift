import FoundationEssentials
import Model
import PluginAPI

/// Asks DigitalOcean, and asks again where that can do no harm.
///
/// Limits and their headers: <https://docs.digitalocean.com/reference/api/digitalocean/#section/Introduction/Rate-Limit>
struct API: Sendable {
    /// One thing to ask.
    struct Call {
        let method: HTTPRequest.Method
        /// With its query: `/v2/droplets?tag_name=x`.
        let path: String
        /// Completes “DigitalOcean refused to …”.
        let purpose: String
        var body: [UInt8]?
        /// Statuses beside 2xx that the caller understands.
        var accepted: Set<Int> = []
        /// Whether a second one, after the first got no answer, leaves the same behind as the first alone.
        var isRepeatable = true
    }

    /// What became of a call.
    enum Outcome {
        case answer(HTTPResponse)
        /// It may have been done or not: the answer did not come, or spoke of a failure of the server.
        case unknown(ProviderError)
    }

    /// How often a call is made that fails in a way that may pass.
    static let attempts = 5
    /// A longer wait than this is the caller's to decide on.
    private static let longestWait = Duration.seconds(300)

    private let server: WebAddress
    private let token: String
    private let exchange: HTTPExchange
    private let clock: any Clock<Duration>

    init(server: WebAddress, token: String, exchange: @escaping HTTPExchange, clock: any Clock<Duration>) {
        self.server = server
        self.token = token
        self.exchange = exchange
        self.clock = clock
    }

    func pause(_ span: Duration) async throws(ProviderError) {
        do { try await clock.sleep(for: span) } catch { throw .cancelled }
    }

    /// Makes a call that is repeatable; its status is 2xx or one of `accepted`.
    func answer(to call: Call) async throws(ProviderError) -> HTTPResponse {
        switch try await outcome(of: call) {
        case .answer(let response): return response
        case .unknown(let error): throw error
        }
    }

    func outcome(of call: Call) async throws(ProviderError) -> Outcome {
        var attempt = 0
        while true {
            attempt += 1
            let isLast = attempt >= Self.attempts
            let trouble: ProviderError
            // 1, 2, 4 and 8 seconds.
            var wait = Duration.seconds(1 << (attempt - 1))
            switch try await attemptOnce(call) {
            case .success(let response) where response.status == 429:
                // It was not done, whatever it was.
                let told = Self.wait(in: response)
                wait = told ?? wait
                trouble = busy(call, wait: told)
                if isLast || wait > Self.longestWait { throw trouble }
            case .success(let response) where response.status >= 500:
                trouble = failure(call, "answered \(response.status)\(quote(response)) when asked to \(call.purpose)")
                guard call.isRepeatable else { return .unknown(trouble) }
                if isLast { throw trouble }
            case .success(let response):
                let isFine = (200..<300).contains(response.status) || call.accepted.contains(response.status)
                guard isFine else { throw refusal(call, response) }
                return .answer(response)
            case .failure(let error):
                trouble = error
                guard call.isRepeatable else { return .unknown(trouble) }
                if isLast { throw trouble }
            }
            try await pause(wait)
        }
    }

    /// The answer, or why none came; throws what no second attempt can mend.
    private func attemptOnce(_ call: Call) async throws(ProviderError) -> Result<HTTPResponse, ProviderError> {
        var request = HTTPRequest(method: call.method, url: server.below(call.path))
        request.headers = ["Authorization": "Bearer \(token)", "Accept": "application/json"]
        if let body = call.body {
            request.headers["Content-Type"] = "application/json"
            request.body = body
        }
        do {
            return .success(try await exchange(request))
        } catch let error as ExchangeError {
            switch error {
            case .unreachable(let why), .timeout(let why), .closed(let why, _):
                let why = OneLine.text(redacted(why), limit: 200)
                let end = why.last == "." ? String(why.dropLast()) : why
                return .failure(failure(call, "gave no answer when asked to \(call.purpose): \(end)"))
            case .refused, .tooLarge:
                throw ProviderError(
                    "The address of DigitalOcean's API",
                    "cannot be asked to \(call.purpose): \(OneLine.text(redacted("\(error)"), limit: 200))",
                    remedy: "Check the option “server” and this installation's limits."
                )
            }
        } catch {
            // Cancellation, or an exchange that breaks its word; in both cases nothing is known to be wrong.
            throw .cancelled
        }
    }

    // MARK: What goes wrong

    private func failure(_ call: Call, _ problem: String) -> ProviderError {
        ProviderError(
            "DigitalOcean",
            problem,
            remedy: "Look at https://status.digitalocean.com and run the command again: it goes on from what is there.",
            retry: .later(after: nil)
        )
    }

    private func busy(_ call: Call, wait: Duration?) -> ProviderError {
        let when = wait.map { " in \($0.components.seconds) seconds" } ?? " in a few minutes"
        return ProviderError(
            "DigitalOcean",
            "takes no more requests for now (429), so it could not be asked to \(call.purpose)",
            remedy: "Run the command again\(when). Other programs that use the account count too.",
            retry: .later(after: wait)
        )
    }

    private func refusal(_ call: Call, _ response: HTTPResponse) -> ProviderError {
        switch response.status {
        case 401:
            ProviderError(
                "The DigitalOcean token",
                "is refused (401)",
                remedy: """
                    Make a new one in the control panel under API, Tokens, and put it into the environment variable that \
                    “secrets” of the environment names for “token”.
                    """
            )
        case 403:
            ProviderError(
                "The DigitalOcean token",
                "may not \(call.purpose) (403)\(quote(response))",
                remedy: "Make a token with full access, or with the scope that is missing."
            )
        default:
            ProviderError(
                "DigitalOcean",
                "refused to \(call.purpose) (\(response.status))\(quote(response))",
                remedy: "Change what it names, and run the command again: it goes on from what is there."
            )
        }
    }

    /// `: “the message of the answer”`, or nothing.
    func quote(_ response: HTTPResponse) -> String {
        struct Trouble: Decodable { let message: String }
        // Not every failure is told in the API's own words.
        guard let trouble = try? JSONDecoder().decode(Trouble.self, from: Data(response.body)) else { return "" }
        return ": “\(OneLine.text(redacted(trouble.message), limit: 200))”"
    }

    private func redacted(_ text: String) -> String { token.isEmpty ? text : text.replacing(token, with: "…") }

    /// How long the answer asks to wait: `retry-after`, else until the oldest request of a full hour is forgotten.
    private static func wait(in response: HTTPResponse) -> Duration? {
        if let seconds = response.headers["Retry-After"].flatMap({ Int($0.trimmingWhitespace()) }), seconds >= 0 {
            return .seconds(min(seconds, 86_400))
        }
        guard let reset = response.headers["ratelimit-reset"].flatMap({ Int($0.trimmingWhitespace()) }),
            let now = response.headers["Date"].flatMap({ HTTPDate.read($0) })
        else { return nil }
        // Reset is in seconds of the server's own clock, whose time is in the answer.
        return .seconds(min(max(reset - now.milliseconds / 1000, 1), 86_400))
    }
}

// MARK: Reading

extension API {
    func read<T: Decodable>(_ type: T.Type, _ path: String, _ purpose: String) async throws(ProviderError) -> T {
        let call = Call(method: .get, path: path, purpose: purpose)
        return try decode(type, try await answer(to: call), purpose)
    }

    /// nil for 404.
    func find<T: Decodable>(_ type: T.Type, _ path: String, _ purpose: String) async throws(ProviderError) -> T? {
        let response = try await answer(to: Call(method: .get, path: path, purpose: purpose, accepted: [404]))
        return response.status == 404 ? nil : try decode(type, response, purpose)
    }

    /// All pages of a list.
    func list<P: Page>(_ type: P.Type, _ path: String, _ purpose: String) async throws(ProviderError) -> [P.Item] {
        var items: [P.Item] = []
        let mark = path.contains("?") ? "&" : "?"
        // More pages than any account has; a server that never ends is not followed for ever.
        for number in 1...200 {
            let page = try await read(type, "\(path)\(mark)per_page=200&page=\(number)", purpose)
            items += page.items
            guard page.links?.pages?.next != nil else { return items }
        }
        throw ProviderError(
            "DigitalOcean",
            "has more than 200 pages when asked to \(purpose)",
            remedy: "Tell us: this program has not met such an account."
        )
    }

    func decode<T: Decodable>(
        _ type: T.Type,
        _ response: HTTPResponse,
        _ purpose: String
    ) throws(ProviderError) -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw ProviderError(
                "DigitalOcean",
                "was asked to \(purpose) and gave an answer that cannot be read",
                remedy: "Check the option “server”; if it is right, a newer version of this program may be needed.",
                retry: .later(after: nil)
            )
        }
    }

    static func json(_ value: some Encodable) throws(ProviderError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(value)) } catch {
            throw ProviderError(
                "A request to DigitalOcean",
                "could not be written",
                remedy: "This is a mistake of ours."
            )
        }
    }
}

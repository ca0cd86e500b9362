import Model
package import PluginAPI

/// Asks a Coolify, and asks again where that can do no harm.
///
/// Written after Coolify 4.3.10: <https://coolify.io/docs/api-reference/api/>. It has no keys against doing a thing
/// twice, and its names are not unique; so whoever makes a thing looks for it first, and looks again where the answer
/// was lost.
package struct CoolifyAPI: Sendable {
    /// One thing to ask.
    struct Call {
        let method: HTTPRequest.Method
        /// Below `/api/v1`, with its query: `/applications/abc`.
        let path: String
        /// Completes “Coolify refused to …”.
        let purpose: String
        var body: CoolifyValue?
        /// Statuses beside 2xx that the caller understands.
        var accepted: Set<Int> = []
        /// Whether a second one, after the first got no answer, leaves the same behind as the first alone.
        var isRepeatable = true
    }

    /// What became of a call.
    enum Outcome {
        case answer(HTTPResponse)
        /// It may have been done or not: the answer did not come, or spoke of a failure of the server.
        case unknown(DeployError)
    }

    /// How often a call is made that fails in a way that may pass.
    static let attempts = 6
    /// A longer wait than this is a person's to decide on.
    private static let longestWait = Duration.seconds(300)

    /// Where it is: `http://127.0.0.1:41234`, without a slash at the end; asked before each call, since it may move.
    private let root: @Sendable () async throws -> String
    private let token: String
    private let exchange: HTTPExchange
    private let patience: Patience
    let blot: Blot

    /// `secrets` are texts, beside the token, that must not be shown when Coolify repeats them.
    package init(
        root: @escaping @Sendable () async throws -> String,
        token: String,
        secrets: [String] = [],
        exchange: @escaping HTTPExchange,
        patience: Patience = Patience()
    ) {
        self.root = root
        self.token = token
        self.exchange = exchange
        self.patience = patience
        blot = Blot(secrets + [token])
    }

    /// Makes a call that is repeatable; its status is 2xx or one of `accepted`.
    func answer(to call: Call) async throws -> HTTPResponse {
        switch try await outcome(of: call) {
        case .answer(let response): return response
        case .unknown(let error): throw error
        }
    }

    func outcome(of call: Call) async throws -> Outcome {
        var attempt = 0
        while true {
            attempt += 1
            let trouble: DeployError
            // 1, 2, 4, 8 and 16 seconds.
            var wait = Duration.seconds(1 << (attempt - 1))
            switch try await attemptOnce(call) {
            case .success(let response) where response.status == 429:
                // It was not done, whatever it was.
                let told = response.headers["Retry-After"].flatMap { Int($0.trimmingWhitespace()) }
                wait = told.map { .seconds(max($0, 1)) } ?? wait
                trouble = CoolifyTrouble.busy(call, response, blot)
                guard attempt < Self.attempts, wait <= Self.longestWait else { throw trouble }
            case .success(let response) where response.status >= 500:
                trouble = CoolifyTrouble.failed(call, response, blot)
                guard call.isRepeatable else { return .unknown(trouble) }
                guard attempt < Self.attempts else { throw trouble }
            case .success(let response):
                let isFine = (200..<300).contains(response.status) || call.accepted.contains(response.status)
                guard isFine else { throw CoolifyTrouble.refused(call, response, blot) }
                return .answer(response)
            case .failure(let error):
                trouble = error
                guard call.isRepeatable else { return .unknown(trouble) }
                guard attempt < Self.attempts else { throw trouble }
            }
            try await patience.pause(for: wait)
        }
    }

    /// The answer, or why none came; throws what no second attempt can mend.
    private func attemptOnce(_ call: Call) async throws -> Result<HTTPResponse, DeployError> {
        var request = HTTPRequest(method: call.method, url: "\(try await root())/api/v1\(call.path)")
        // Without the second, some refusals come as redirects to the sign-in page.
        request.headers = ["Authorization": "Bearer \(token)", "Accept": "application/json"]
        if let body = call.body {
            request.headers["Content-Type"] = "application/json"
            request.body = try body.json()
        }
        do {
            return .success(try await exchange(request))
        } catch let error as ExchangeError {
            switch error {
            case .unreachable, .timeout, .closed: return .failure(CoolifyTrouble.silent(call, "\(error)", blot))
            case .refused, .tooLarge: throw CoolifyTrouble.unaskable(call, "\(error)", blot)
            }
        }
    }
}

// MARK: Reading

extension CoolifyAPI {
    func read(_ path: String, _ purpose: String) async throws -> CoolifyValue {
        let call = Call(method: .get, path: path, purpose: purpose)
        return try value(of: try await answer(to: call), call)
    }

    /// nil for 404, and for the other statuses that are `accepted`.
    func find(_ path: String, _ purpose: String, accepted: Set<Int> = []) async throws -> CoolifyValue? {
        let call = Call(method: .get, path: path, purpose: purpose, accepted: accepted.union([404]))
        let response = try await answer(to: call)
        return (200..<300).contains(response.status) ? try value(of: response, call) : nil
    }

    func list(_ path: String, _ purpose: String) async throws -> [CoolifyValue] {
        let value = try await read(path, purpose)
        switch value {
        case .list, .object: return value.elements
        default: throw CoolifyTrouble.unreadable(purpose)
        }
    }

    func value(of response: HTTPResponse, _ call: Call) throws -> CoolifyValue {
        guard let value = CoolifyValue(json: response.body) else { throw CoolifyTrouble.unreadable(call.purpose) }
        return value
    }
}

import FoundationEssentials
import Model
import PluginAPI

/// Questions to one registry about one image, with the way in that the first of them found.
struct RegistryConversation {
    let wish: ImageWish
    let exchange: HTTPExchange
    let clock: any Clock<Duration>
    private var authorization: String?
    private var way = Way.notYet

    private enum Way { case notYet, byPassword, byToken }

    /// How often a question is asked whose answer may pass by itself.
    private static let attempts = 3
    /// Longer waits are left to a person.
    private static let longestPause = Duration.seconds(20)

    init(_ wish: ImageWish, _ exchange: @escaping HTTPExchange, _ clock: any Clock<Duration>) {
        self.wish = wish
        self.exchange = exchange
        self.clock = clock
    }

    private var address: RegistryAddress { RegistryAddress(wish) }

    /// What `/v2/<repository><path>` answers: 200, or 404.
    ///
    /// Throws `ImageRegistryError`, and `CancellationError`.
    mutating func get(_ path: String, accept: [String] = []) async throws -> HTTPResponse {
        var headers: HTTPHeaders = accept.isEmpty ? [:] : ["Accept": accept.joined(separator: ", ")]
        let url = "\(address.url)/v2/\(address.repository)\(path)"
        while true {
            headers["Authorization"] = authorization
            let response = try await patiently(HTTPRequest(url: url, headers: headers))
            switch response.status {
            case 200, 404: return response
            case 401 where way == .notYet: authorization = try await answer(to: response)
            // Whoever got a token with the password is known.
            case 401 where way == .byToken: throw refusal(isKnown: true)
            case 401: throw refusal(isKnown: false)
            case 403: throw refusal(isKnown: way != .notYet)
            default: throw strange(response)
            }
        }
    }

    // MARK: The way in

    private mutating func answer(to response: HTTPResponse) async throws -> String {
        let headers = response.headers.fields.filter { $0.name.lowercased() == "www-authenticate" }.map(\.value)
        switch RegistryChallenge(headers) {
        case .basic:
            guard let basic else { throw ImageRegistryError.loginNeeded }
            way = .byPassword
            return basic
        case .bearer(let realm, let service, let scope):
            way = .byToken
            return "Bearer \(try await token(realm, service, scope))"
        case nil:
            let asked = OneLine.text(headers.joined(separator: ", "), limit: 100)
            throw ImageRegistryError.strange("wants to be asked in a way that is not known here: “\(asked)”")
        }
    }

    private func token(_ realm: String, _ service: String?, _ scope: String?) async throws -> String {
        // The password goes there.
        guard realm.hasPrefix("https://") || wish.isPlain && realm.hasPrefix("http://") else {
            let place = OneLine.text(realm, limit: 100)
            throw ImageRegistryError.strange("gives its tokens at “\(place)”, where passwords would travel readable")
        }
        var query = ["scope=\(Self.encoded(scope ?? "repository:\(address.repository):pull"))"]
        if let service { query.insert("service=\(Self.encoded(service))", at: 0) }
        let url = "\(realm)\(realm.contains("?") ? "&" : "?")\(query.joined(separator: "&"))"
        let headers: HTTPHeaders = basic.map { ["Authorization": $0] } ?? [:]
        let response = try await patiently(HTTPRequest(url: url, headers: headers))
        switch response.status {
        case 200: break
        // GitHub says 403 and “denied” to a token that has expired.
        case 401, 403: throw refusal(isKnown: false)
        default: throw strange(response)
        }
        struct Answer: Decodable {
            let token: String?
            let accessToken: String?

            private enum CodingKeys: String, CodingKey {
                case token
                case accessToken = "access_token"
            }
        }
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
        guard let token = answer?.token ?? answer?.accessToken, !token.isEmpty,
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { throw ImageRegistryError.strange("gave no token where it says that it gives them") }
        return token
    }

    private var basic: String? {
        wish.login.map { "Basic \(Data("\($0.user):\($0.password)".utf8).base64EncodedString())" }
    }

    private func refusal(isKnown: Bool) -> ImageRegistryError {
        guard wish.login != nil else { return .loginNeeded }
        return isKnown ? .loginTooWeak : .loginRefused
    }

    // MARK: Single requests

    /// Asks again for what may pass by itself.
    private func patiently(_ request: HTTPRequest) async throws -> HTTPResponse {
        for attempt in 1... {
            let response: HTTPResponse
            do {
                response = try await exchange(request)
            } catch let error as ExchangeError {
                throw ImageRegistryError.silent(error.description)
            }
            guard response.status == 429 || response.status >= 500 else { return response }
            // A date counts from the answer's own, which every registry sends.
            let asked = RetryAfter.delay(in: response, asked: Timestamp(milliseconds: 0))
            guard attempt < Self.attempts, (asked ?? .zero) <= Self.longestPause else {
                guard response.status == 429 else { throw strange(response) }
                throw ImageRegistryError.tooMany(after: asked)
            }
            try await clock.sleep(for: asked ?? .seconds(1 << attempt))
        }
        preconditionFailure("The last attempt returns or throws.")
    }

    private func strange(_ response: HTTPResponse) -> ImageRegistryError {
        var text = OneLine.text(String(decoding: response.body.prefix(2000), as: UTF8.self), limit: 200)
        if let login = wish.login, !login.password.isEmpty { text = text.replacing(login.password, with: "[redacted]") }
        let said = text.isEmpty ? "" : ": “\(text)”"
        return .strange("answered with status \(response.status)\(said)")
    }

    /// As in a query: everything but letters, digits and a few signs as percent and two digits.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = byte.isASCIILetterOrDigit || [0x2d, 0x2e, 0x5f, 0x7e, 0x2f, 0x3a].contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%\(digits.count == 1 ? "0" : "")\(digits)"
        }.joined()
    }
}

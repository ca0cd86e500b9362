import Crypto
import FoundationEssentials
import TestSupport

/// Gives out tokens as GitHub's registry does: to each what it may see, to those with a wrong password nothing.
///
/// <https://distribution.github.io/distribution/spec/auth/token/>
final class TokenRealm: Sendable {
    /// What whoever asks may do with the image; nil: is sent away.
    typealias Rule = @Sendable (_ authorization: String?) -> [String]?

    private let authority: TestAuthority
    private let server: TestServer

    var url: String { "\(server.url)/token" }
    /// By which the registry knows its tokens.
    var certificates: String { get throws { try authority.rootText } }
    /// What was asked, path and query.
    var targets: [String] { server.requests.map(\.target) }

    init(_ rule: @escaping Rule) async throws {
        authority = try await TestAuthority()
        let certificate = try await authority.issue(for: "tokens.example")
        let key = try P256.Signing.PrivateKey(pemRepresentation: certificate.key)
        let chain = certificate.text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        server = try TestServer { request in
            guard let actions = rule(request["Authorization"]) else {
                return Self.json(403, #"{"errors":[{"code":"DENIED","message":"denied"}]}"#)
            }
            let scope = request.target.split(separator: "repository:").last ?? ""
            guard let token = try? Self.token(scope.prefix { $0 != ":" }, actions, key, chain) else {
                return .response(500)
            }
            return Self.json(200, #"{"token":"\#(token)"}"#)
        }
    }

    private static func json(_ status: Int, _ text: String) -> TestAnswer {
        .response(status, headers: [("Content-Type", "application/json")], body: Array(text.utf8))
    }

    private static func token(
        _ repository: Substring,
        _ actions: [String],
        _ key: P256.Signing.PrivateKey,
        _ chain: String
    ) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let words = actions.map { "\"\($0)\"" }.joined(separator: ",")
        let access = actions.isEmpty ? "" : #"{"type":"repository","name":"\#(repository)","actions":[\#(words)]}"#
        let head = #"{"typ":"JWT","alg":"ES256","x5c":["\#(chain)"]}"#
        let claims = """
            {"iss":"a test","sub":"somebody","aud":"registry of a test","exp":\(now + 3600),"nbf":\(now - 60),\
            "iat":\(now),"jti":"1","access":[\(access)]}
            """
        let signed = "\(encoded(Data(head.utf8))).\(encoded(Data(claims.utf8)))"
        return "\(signed).\(encoded(try key.signature(for: Data(signed.utf8)).rawRepresentation))"
    }

    private static func encoded(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

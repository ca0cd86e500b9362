import Model
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// Answers that no real registry of this machine gives, and how they are read.
@Suite(.timeLimit(.minutes(20)))
struct RegistryTroubleTests {
    private static let manifest =
        #"{"manifests":[{"platform":{"os":"linux","architecture":"amd64"}},{"platform":{"os":"linux","architecture":"arm","variant":"v7"}}]}"#
    private static let password = "ghp_5ecret"

    private let wish = ImageWish(
        name: "ghcr.io/anna/agent",
        tag: "latest",
        login: .init(user: "anna", password: RegistryTroubleTests.password)
    )

    private func client(_ exchange: RecordingExchange, _ clock: ImpatientClock = ImpatientClock()) -> RegistryClient {
        RegistryClient(exchange.exchange, clock: clock)
    }

    private static func answer(
        _ request: HTTPRequest,
        _ status: Int,
        _ headers: HTTPHeaders = [:],
        _ body: String = ""
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: request.url)
    }

    /// What GitHub's registry asks for. <https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry>
    private static let challenge: HTTPHeaders = [
        "WWW-Authenticate":
            #"Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:anna/agent:pull""#
    ]

    @Test func `GitHub's registry is asked for a token with the log-in, and with the token for the image`() async throws
    {
        let exchange = RecordingExchange { request in
            if request.url.hasPrefix("https://ghcr.io/token") {
                return Self.answer(request, 200, [:], #"{"token":"t0ken"}"#)
            }
            guard request.headers["Authorization"] == "Bearer t0ken" else {
                return Self.answer(request, 401, Self.challenge)
            }
            return Self.answer(request, 200, [:], Self.manifest)
        }
        let image = try await client(exchange).image(wish)
        #expect(image.platforms == ["linux/amd64", "linux/arm/v7"])
        #expect(
            exchange.requests.map(\.url) == [
                "https://ghcr.io/v2/anna/agent/manifests/latest",
                "https://ghcr.io/token?service=ghcr.io&scope=repository:anna/agent:pull",
                "https://ghcr.io/v2/anna/agent/manifests/latest",
            ]
        )
        #expect(exchange.requests[1].headers["Authorization"] == "Basic YW5uYTpnaHBfNWVjcmV0")
        let accepted = exchange.requests[0].headers["Accept"] ?? ""
        for type in ["image.index.v1", "image.manifest.v1", "manifest.list.v2", "distribution.manifest.v2"] {
            #expect(accepted.contains(type))
        }
        #expect(exchange.requests[0].headers["Authorization"] == nil)
    }

    @Test func `a token that has expired is told apart, with what kind is needed`() async throws {
        let exchange = RecordingExchange { request in
            request.url.hasPrefix("https://ghcr.io/token")
                ? Self.answer(request, 403, [:], #"{"errors":[{"code":"DENIED","message":"denied: denied"}]}"#)
                : Self.answer(request, 401, Self.challenge)
        }
        let error = await #expect(throws: ImageRegistryError.loginRefused) { try await client(exchange).image(wish) }
        let words = try #require(error).words(about: wish)
        #expect(words.contains("has expired"))
        #expect(words.contains("classic personal access token with the scope read:packages"))
        #expect(!words.contains(Self.password))
        var stranger = wish
        stranger.login = nil
        await #expect(throws: ImageRegistryError.loginNeeded) { try await client(exchange).image(stranger) }
    }

    @Test(arguments: ["http://ghcr.io/token", "ftp://ghcr.io/token", "//ghcr.io/token"])
    func `a password goes to no address that is not encrypted`(realm: String) async throws {
        let exchange = RecordingExchange(status: 401, headers: ["WWW-Authenticate": "Bearer realm=\"\(realm)\""])
        let error = await #expect(throws: ImageRegistryError.self) { try await client(exchange).image(wish) }
        #expect(exchange.requests.count == 1)
        guard case .strange(let what) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(what.contains(realm))
    }

    @Test func `what may pass by itself is asked again, and no longer than a person waits`() async throws {
        let clock = ImpatientClock()
        let busy = RecordingExchange(status: 429, headers: ["Retry-After": "7"])
        let error = await #expect(throws: ImageRegistryError.self) { try await client(busy, clock).image(wish) }
        #expect(error == .tooMany(after: .seconds(7)))
        #expect(clock.waits == [.seconds(7), .seconds(7)])
        #expect(error?.words(about: wish).contains("Wait 7 s") == true)
        let long = RecordingExchange(status: 429, headers: ["Retry-After": "3600"])
        await #expect(throws: ImageRegistryError.tooMany(after: .seconds(3600))) { try await client(long).image(wish) }
        #expect(long.requests.count == 1)
        let count = Recorder<Int>()
        let soon = RecordingExchange { request in
            count.record(1)
            return count.values.count < 3
                ? Self.answer(request, 503) : Self.answer(request, 200, [:], Self.manifest)
        }
        #expect(try await client(soon).image(wish).platforms.count == 2)
    }

    @Test func `no answer, a strange one and one that was changed on its way are told`() async throws {
        let gone = RecordingExchange { _ in throw ExchangeError.timeout("ghcr.io did not answer within 30 s.") }
        await #expect(throws: ImageRegistryError.silent("ghcr.io did not answer within 30 s.")) {
            try await client(gone).image(wish)
        }
        let odd = RecordingExchange(status: 500, body: "<html>\(Self.password)</html>")
        let error = await #expect(throws: ImageRegistryError.self) { try await client(odd).image(wish) }
        #expect(error == .strange("answered with status 500: “<html>[redacted]</html>”"))
        let page = RecordingExchange(status: 200, body: "<html></html>")
        await #expect(throws: ImageRegistryError.self) { try await client(page).image(wish) }
        let digest = "sha256:\(String(repeating: "0", count: 64))"
        let changed = RecordingExchange(status: 200, headers: ["Docker-Content-Digest": digest], body: Self.manifest)
        await #expect(
            throws: ImageRegistryError.strange("gave a description whose digest is not the one that it names")
        ) { try await client(changed).image(wish) }
        let way = RecordingExchange(status: 401, headers: ["WWW-Authenticate": "Negotiate"])
        await #expect(throws: ImageRegistryError.self) { try await client(way).image(wish) }
    }

    @Test func `a missing tag is told where the registry does not show the others`() async throws {
        let exchange = RecordingExchange { request in
            request.url.contains("/tags/")
                ? Self.answer(request, 403)
                : Self.answer(request, 404, [:], #"{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"#)
        }
        await #expect(throws: ImageRegistryError.noTag(there: nil)) { try await client(exchange).image(wish) }
        #expect(ImageRegistryError.noTag(there: []).words(about: wish).contains("There is none at all yet."))
    }

    @Test func `Docker's own registry is asked under its other name`() async throws {
        let exchange = RecordingExchange(status: 200, body: Self.manifest)
        _ = try await client(exchange).image(ImageWish(name: "docker.io/redis", tag: "7"))
        #expect(exchange.requests.map(\.url) == ["https://registry-1.docker.io/v2/library/redis/manifests/7"])
    }

    @Test(arguments: [
        (["Basic realm=\"a, Bearer b\""], RegistryChallenge.basic),
        (["Bearer realm=https://a/t, service=b"], .bearer(realm: "https://a/t", service: "b", scope: nil)),
        (
            ["Basic realm=\"x\", Bearer realm=\"https://a/t\" , scope=\"repository:a/b:pull,push\""],
            .bearer(realm: "https://a/t", service: nil, scope: "repository:a/b:pull,push")
        ),
        (
            ["Basic realm=\"x\"", "bearer Realm=\"https://\\a/t\""],
            .bearer(realm: "https://a/t", service: nil, scope: nil)
        ),
        (["Bearer service=\"b\""], nil), (["Negotiate"], nil), ([], nil), (["=,=\"\","], nil),
        (["Bearer realm=\"https"], .bearer(realm: "https", service: nil, scope: nil)),
    ])
    func `challenges are read as they may be written`(headers: [String], challenge: RegistryChallenge?) {
        #expect(RegistryChallenge(headers) == challenge)
    }

    @Test(arguments: [
        ("x86_64", ["linux/amd64"], true), ("aarch64", ["linux/amd64"], false),
        ("aarch64", ["linux/amd64", "linux/arm64/v8"], true), ("x86_64", ["windows/amd64"], false),
        ("x86_64", [], true), ("sparc", ["linux/amd64"], true),
    ])
    func `an image runs on the kinds of machines that it names`(machine: String, platforms: [String], runs: Bool) {
        #expect(RegistryImage(digest: "", platforms: platforms).runs(on: machine) == runs)
    }
}

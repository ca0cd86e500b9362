import Hummingbird
import Logging
import Model
import Monitoring
import Queue
import SQL
import TestSupport
import Testing

@testable import Web

/// The one line of the log that each request leaves.
struct AccessLogTests {
    private let lines = LogLines()

    private func browser(
        _ installation: Installation,
        peer: String = "192.0.2.7",
        level: Logger.Level = .info
    ) throws -> Browser {
        Browser(try installation.server(), peer: peer, logger: lines.logger(level: level))
    }

    /// With the milliseconds and ids that differ each time taken out.
    private var known: [String] {
        lines.all.map {
            $0.replacing(#/ took\.milliseconds=\d+/#, with: "").replacing(#/ request\.id=[0-9a-z]{26}/#, with: "")
        }
    }

    @Test func `a request leaves one line with its route, not its path`() async throws {
        try await Installation.with { installation in
            let browser = try browser(installation)
            let secret = try await installation.monitoring.accounts.invite().secret
            _ = try await browser.get("/setup/\(secret)?token=hush")
            #expect(
                known == [
                    "info Answered a request. http.method=GET http.route=/setup/{invitation} http.status=200 outcome=answered"
                ]
            )
            #expect(!lines.all.joined().contains(secret))
        }
    }

    @Test func `who asked is in the line by id, and what was refused says so`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let account = try await installation.account().id
            let token = try await installation.monitoring.accounts.createToken(
                account: "mira",
                name: "test",
                rights: .read
            )
            let browser = try browser(installation)
            let headers: HTTPFields = [.authorization: "Bearer \(token.secret)"]
            _ = try await browser.send(.get, "/api/v1/products/none", headers, "")
            #expect(
                known == [
                    "info Answered a request. account.id=\(account) http.method=GET "
                        + "http.route=/api/v1/products/{product} http.status=404 outcome=refused"
                ]
            )
            #expect(!lines.all.joined().contains(token.secret))
        }
    }

    @Test func `trouble of our own is one line, an error with its reason`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            try await installation.database.transaction { _ = try $0.run("DROP TABLE session") }
            let browser = try browser(installation)
            let answer = try await browser.send(.get, "/", [.cookie: "session=abc"], "")
            #expect(answer.status == 500)
            #expect(lines.all.count == 1)
            #expect(lines.all.first?.hasPrefix("error Answered a request. error=") == true)
            #expect(lines.all.first?.contains("no such table: session") == true)
            #expect(!answer.text.contains("no such table"))
            // The person who asks for help can say which of the lines is theirs.
            let id = try #require(answer.headers[.requestID])
            #expect(answer.words.contains(id))
            #expect(lines.all.first?.contains("request.id=\(id)") == true)
        }
    }

    @Test func `probes and style sheets are detail`() async throws {
        try await Installation.with { installation in
            let browser = try browser(installation)
            let page = try await browser.get("/sign-in").text
            let sheet = try #require(page.firstMatch(of: #/href="(\/assets\/[^"]+css)"/#)).1
            for path in ["/health", "/ready", "/metrics", String(sheet)] { _ = try await browser.get(path) }
            #expect(lines.all.count == 1)
        }
    }

    @Test(
        arguments: [
            (["X-Request-Id": "abc-1.2_X"], "10.0.0.1", "abc-1.2_X"),
            (
                ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"], "10.0.0.1",
                "4bf92f3577b34da6a3ce929d0e0e4736"
            ),
            (["X-Request-Id": "abc"], "192.0.2.7", nil), (["X-Request-Id": "a b"], "10.0.0.1", nil),
            (["X-Request-Id": String(repeating: "a", count: 65)], "10.0.0.1", nil),
            (["traceparent": "00-0"], "10.0.0.1", nil),
        ] as [([String: String], String, String?)]
    )
    func `only a trusted proxy names a request`(sent: [String: String], peer: String, name: String?) async throws {
        try await Installation.with(WebSettings(trustedProxies: ["10.0.0.0/8"])) { installation in
            var fields = HTTPFields()
            for (key, value) in sent { fields[try #require(HTTPFields.Element.Name(key))] = value }
            let browser = try browser(installation, peer: peer)
            let id = try #require(try await browser.get("/sign-in", fields).headers[.requestID])
            if let name { #expect(id == name) } else { #expect(id.wholeMatch(of: #/[0-9a-z]{26}/#) != nil) }
            #expect(lines.all.first?.contains(" request.id=\(id)") == true)
        }
    }

    @Test func `a check that a request asked for carries the request's id`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let product = try await installation.product()
            let actor = Actor(account: try await installation.account().id, rights: .write)
            let detail = try await installation.monitoring.watching.product(product, as: actor)
            let listing = try #require(detail.listings.first).listing.id
            _ = try await installation.monitoring.watching.checkNow(listing, as: actor, request: "abc")
            let job = try #require(try await installation.queue.take(limit: 1, worker: "test").first)
            let notes = JobNotes()
            _ = await installation.monitoring.jobs.perform(job, notes: notes)
            #expect(notes.metadata["request.id"] == "abc")
            #expect(notes.metadata["listing.id"] == "\(listing)")
            #expect(notes.metadata["outcome"] == "unreachable")
        }
    }
}

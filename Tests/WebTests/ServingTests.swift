import Hummingbird
import Logging
import Model
import Testing

@testable import Web

struct ServingTests {
    @Test(arguments: ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "", "/a b", "/\u{7}"])
    func `a path that could lead elsewhere is refused`(text: String) {
        #expect(LocalPath(checking: text) == nil)
    }

    @Test(arguments: ["/", "/products/1?notice=saved", "/a%20b"])
    func `a path of ours is taken as it is`(text: String) {
        #expect(LocalPath(checking: text)?.text == text)
    }

    @Test func `a form is decoded, and its secrets keep their spaces`() {
        let form = Form(query: "name=+M%C3%BCller%20&password=+a+&empty&plus=1%2B1&half=%4&name2=a%00b")
        #expect(form["name"] == "Müller")
        #expect(form.raw("password") == " a ")
        #expect(form["empty"] == "")
        #expect(form["plus"] == "1+1")
        #expect(form["half"] == "%4")
        #expect(form["name2"] == "ab")
    }

    @Test(
        arguments: [
            (["203.0.113.9"], "10.0.0.1", "203.0.113.9"), (["198.51.100.1, 203.0.113.9"], "10.0.0.1", "203.0.113.9"),
            (["203.0.113.9, 10.0.0.2"], "10.0.0.1", "203.0.113.9"), (["203.0.113.9"], "192.0.2.1", "192.0.2.1"),
            (["nonsense"], "10.0.0.1", "10.0.0.1"), ([], "10.0.0.1", "10.0.0.1"),
        ] as [([String], String, String)]
    )
    func `only trusted proxies say who asks`(forwarded: [String], peer: String, expected: String) throws {
        let range = try #require(AddressRange("10.0.0.0/8"))
        #expect(ClientAddress(trustedProxies: [range]).client(peer: peer, forwarded: forwarded) == expected)
    }

    @Test func `a proxy that is no address stops the start`() async throws {
        try await Installation.with(WebSettings(trustedProxies: ["proxy.test"])) { installation in
            #expect(throws: WebSettingsError.self) { try installation.server() }
        }
    }

    @Test(
        arguments: [
            (["Origin": "https://evil.test"], 403), (["Sec-Fetch-Site": "cross-site"], 403), (["Origin": "null"], 403),
            (["Origin": "http://prices.test"], 303), (["Sec-Fetch-Site": "same-origin"], 303),
        ] as [([String: String], Int)]
    )
    func `another site's page cannot send our forms`(headers: [String: String], status: Int) async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            var fields = HTTPFields()
            for (name, value) in headers { fields[try #require(HTTPFields.Element.Name(name))] = value }
            // Nobody is signed in, so a form of our own leads to the sign-in page.
            #expect(try await browser.post("/sign-out", [:], fields).status == status)
        }
    }

    @Test func `a form without the session's token changes nothing`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            #expect(try await browser.post("\(path)/remove", ["formToken": "guess"]).status == 403)
            #expect(try await browser.post("\(path)/remove", [:]).status == 403)
            #expect(try await browser.get(path).status == 200)
        }
    }

    @Test func `every answer forbids scripts, frames and guessing`() async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            for path in ["/sign-in", "/nothing", "/api/v1/products", "/api/openapi.json", "/health"] {
                let headers = try await browser.get(path).headers
                #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
                #expect(headers[.contentTypeOptionsField] == "nosniff")
                #expect(headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test func `the style sheet is kept by browsers under an address of its content`() async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            let page = try await browser.get("/sign-in")
            let path = try #require(page.text.firstMatch(of: #/href="(\/assets\/[0-9a-f]+\/style.css)"/#)).1
            let sheet = try await browser.get(String(path))
            #expect(sheet.status == 200)
            #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
            #expect(sheet.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(sheet.text.contains("prefers-color-scheme: dark"))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `the server listens at a port of the system's choice and says which`() async throws {
        try await Installation.with(WebSettings(port: 0)) { installation in
            let server = try installation.server()
            let (ports, report) = AsyncStream.makeStream(of: Int.self)
            await withThrowingTaskGroup { group in
                group.addTask { try await server.application { report.yield($0) }.run() }
                var port: Int?
                for await bound in ports {
                    port = bound
                    break
                }
                #expect((port ?? 0) > 0)
                group.cancelAll()
                // Cancelled, as it was asked to be.
                try? await group.waitForAll()
            }
        }
    }
}

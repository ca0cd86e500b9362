import Extraction
import Fetch
import Logging
import Model
import Monitoring
import PluginAPI
import Synchronization
import TestSupport
import Testing

/// Everything that an address, a network and a shop can do wrong, looked at as a check does it.
@Suite(.timeLimit(.minutes(20)))
struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: @Sendable (TestRequest) -> TestAnswer
        let outcome: Outcome
        /// With HOST where the server's name and port stand.
        let sentence: String
        var limit: Duration = .seconds(20)

        var testDescription: String { name }
    }

    private static func look(limit: Duration = .seconds(20), allowed: Set<String> = ["127.0.0.1"]) -> PageLook {
        var settings = FetchSettings(totalTimeout: limit, allowPrivateHosts: allowed)
        settings.hostPause = .zero
        let fetcher = Fetcher(settings: settings, logger: .quiet)
        let sites = LocalSites(policy: settings.breaker, now: ManualClock().reading)
        let door = SiteDoor(fetcher: fetcher, shared: sites, now: ManualClock().reading)
        return PageLook(reader: PageReader(scrapers: []), door: PageDoor(door))
    }

    private static func html(_ status: Int, _ body: String) -> TestAnswer {
        .response(status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(body.utf8))
    }

    private static func file(_ type: String, _ body: [UInt8]) -> TestAnswer {
        .response(headers: [("Content-Type", type)], body: body)
    }

    private static func endless(_ headers: [(String, String)], _ repeated: [UInt8]) -> TestAnswer {
        TestAnswer(steps: [.send(TestAnswer.head(200, headers)), .forever(repeated)])
    }

    /// A byte now and then, so that something always comes and the end never does.
    private static let slow = TestAnswer(
        steps: [
            .send(TestAnswer.head(200, [("Content-Length", "1000000")]) + Array("<".utf8)),
            .drip(0x61, milliseconds: 100),
        ]
    )

    private static let gzipBomb: [UInt8] = [
        0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0x3a, 0x71, 0xe2, 0xc4, 0x89, 0x13,
    ]
    private static let gzipRepeat: [UInt8] = [
        0xa3, 0x60, 0x14, 0x8c, 0x82, 0x51, 0x30, 0x0a, 0x46, 0xc1, 0x28, 0x18, 0x05,
    ]

    static let cases: [Case] = [
        Case(
            name: "404",
            answer: { _ in html(404, "<h1>Not found</h1>") },
            outcome: .notFound,
            sentence: "The shop answered that this page does not exist (status 404)."
        ),
        Case(
            name: "410",
            answer: { _ in html(410, "<h1>Gone</h1>") },
            outcome: .gone,
            sentence: "The shop answered that this page is gone for good (status 410)."
        ),
        Case(
            name: "403 with a challenge",
            answer: { _ in
                html(
                    403,
                    "<!doctype html><title>Just a moment...</title><body><script src=\"/cdn-cgi/challenge-platform/x.js\">"
                        + "</script><noscript>Enable JavaScript and cookies to continue</noscript></body>"
                )
            },
            outcome: .captcha,
            sentence: ""
        ),
        Case(
            name: "403 without a page",
            answer: { _ in html(403, "<h1>Forbidden</h1>") },
            outcome: .blocked,
            sentence: "The shop refused to show the page to a program (status 403)."
        ),
        Case(
            name: "200 with a captcha",
            answer: { _ in
                html(
                    200,
                    "<!doctype html><title>Robot Check</title><body><form action=\"/errors/validateCaptcha\">Enter the "
                        + "characters you see below. Sorry, we just need to make sure you're not a robot.<div "
                        + "class=\"g-recaptcha\" data-sitekey=\"x\"></div></form></body>"
                )
            },
            outcome: .captcha,
            sentence: ""
        ),
        Case(
            name: "500",
            answer: { _ in html(500, "<h1>Oops</h1>") },
            outcome: .unreachable,
            sentence: "The shop's server failed (status 500). It may work again later."
        ),
        Case(
            name: "a circle of redirects",
            answer: { .redirect(to: $0.path == "/a" ? "/b" : "/a") },
            outcome: .refused,
            sentence:
                "HOST redirects in a circle: http://HOST/a → http://HOST/b → http://HOST/a. After 5 redirects the "
                + "program gives up. Use the address that a browser ends at."
        ),
        Case(
            name: "a redirect to a private address",
            answer: { _ in .redirect(to: "http://10.0.0.1/admin") },
            outcome: .refused,
            sentence: "10.0.0.1 is a private address, which is not fetched. An administrator can open it with "
                + "fetch.allowPrivateHosts."
        ),
        Case(
            name: "a redirect to another scheme",
            answer: { _ in .redirect(to: "file:///etc/passwd") },
            outcome: .refused,
            sentence: "HOST redirects to an address that begins with “file:”; only http:// and https:// can be fetched."
        ),
        Case(
            name: "a body without end",
            answer: { _ in endless([], Array(repeating: 0x61, count: 8192)) },
            outcome: .tooLarge,
            sentence: "The answer is longer than 10 MB, the limit fetch.maximumBytes."
        ),
        Case(
            name: "a body of 30 MB",
            answer: { _ in .response(body: Array(repeating: 0x61, count: 30_000_000)) },
            outcome: .tooLarge,
            sentence: "The answer is longer than 10 MB, the limit fetch.maximumBytes."
        ),
        Case(
            name: "a gzip bomb",
            answer: { _ in
                let head = TestAnswer.head(200, [("Content-Encoding", "gzip")])
                let repeated = Array(repeatElement(gzipRepeat, count: 500).joined())
                return TestAnswer(steps: [.send(head + gzipBomb), .forever(repeated)])
            },
            outcome: .tooLarge,
            sentence: "The answer is longer than 10 MB, the limit fetch.maximumBytes."
        ),
        Case(
            name: "a body of one byte now and then",
            answer: { _ in slow },
            outcome: .timeout,
            sentence: "HOST did not send its whole answer within 3 s. Try again later, or raise fetch.timeoutSeconds.",
            limit: .seconds(3)
        ),
        Case(
            name: "a PDF",
            answer: { _ in file("application/pdf", Array("%PDF-1.7\n".utf8)) },
            outcome: .notAPage,
            sentence: ""
        ),
        Case(
            name: "a picture",
            answer: { _ in file("image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
            outcome: .notAPage,
            sentence: ""
        ),
        Case(
            name: "a picture that says it is a page",
            answer: { _ in file("text/html", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]) },
            outcome: .notAPage,
            sentence: ""
        ),
        Case(
            name: "nothing",
            answer: { _ in html(200, "") },
            outcome: .notAPage,
            sentence: "The shop's answer (status 200) is empty."
        ),
    ]

    @Test(arguments: cases)
    func `ends with its own outcome and says what is wrong`(example: Case) async throws {
        let server = try TestServer { $0.path == "/robots.txt" ? .response(404) : example.answer($0) }
        let looked = try await Self.look(limit: example.limit).look(at: WebAddress("\(server.url)/a"))
        #expect(looked.reading.outcome == example.outcome)
        let note = try #require(looked.reading.note)
        if !example.sentence.isEmpty {
            #expect(note == example.sentence.replacing("HOST", with: "127.0.0.1:\(server.port)"))
        }
        // A sentence for a person: it ends, and it is not the program's own language.
        #expect(note.hasSuffix("."))
        #expect(!note.contains("Error") && !note.contains("Optional"))
    }

    @Test(arguments: [
        ("http://127.0.0.1/", "127.0.0.1 is a loopback address"), ("http://0/", "0.0.0.0 is an unspecified address"),
        ("http://2130706433/", "127.0.0.1 is a loopback address"),
        ("http://0177.0.0.1/", "127.0.0.1 is a loopback address"),
        ("http://0x7f.1/", "127.0.0.1 is a loopback address"), ("http://127.1/", "127.0.0.1 is a loopback address"),
        ("http://0xa9fea9fe/", "169.254.169.254 is the address of a cloud's metadata service"),
        ("http://10.1.2.3/", "10.1.2.3 is a private address"), ("http://[::1]/", "::1 is a loopback address"),
        ("http://[::]/", ":: is an unspecified address"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 is a private address"),
        ("http://[::ffff:7f00:1]/", "::ffff:127.0.0.1 is a loopback address"),
        ("http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1 is a loopback address"),
        ("http://[64:ff9b::192.168.0.1]/", "64:ff9b::c0a8:1 is a private address"),
        ("http://[2002:7f00:1::]/", "2002:7f00:1:: is a loopback address"),
        ("http://[2002:a00:1::1]/", "2002:a00:1::1 is a private address"),
        ("http://[fe80::1]/", "fe80::1 is a link-local address"), ("http://[fc00::1]/", "fc00::1 is a private address"),
    ])
    func `refuses a private address however it is written`(url: String, start: String) async throws {
        let looked = try await Self.look(allowed: []).look(at: WebAddress(url))
        #expect(looked.reading.outcome == .refused)
        let sentence = "\(start), which is not fetched. An administrator can open it with fetch.allowPrivateHosts."
        #expect(looked.reading.note == sentence)
    }

    @Test func `refuses a name that resolves to a private address`() async throws {
        let server = try TestServer { _ in .page("secret") }
        let looked = try await Self.look(allowed: []).look(at: WebAddress("http://localhost:\(server.port)/"))
        #expect(looked.reading.outcome == .refused)
        #expect(looked.reading.note?.hasPrefix("localhost resolves to ") == true)
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: [
        ("", "The address is empty. Paste the address of a product page, such as https://shop.example/lamp."),
        ("lamp", "“lamp” is not a web address. It must look like https://shop.example/lamp."),
        ("shop.example/lamp", "“shop.example/lamp” is not a web address. It must look like https://shop.example/lamp."),
        ("https://", "“” is not a web address. It must look like https://shop.example/lamp."),
        ("ftp://shop.example/", "“ftp:” addresses cannot be watched. Only http:// and https:// addresses can."),
        ("javascript:alert(1)", "“javascript:” addresses cannot be watched. Only http:// and https:// addresses can."),
        ("file:///etc/passwd", "“file:” addresses cannot be watched. Only http:// and https:// addresses can."),
        (
            "http://[fe80::1%25eth0]/",
            "“[fe80::1%25eth0]” is not a web address. It must look like https://shop.example/lamp."
        ),
        ("https://me:pw@shop.example/", "The address holds a user name or password. Remove the part before the “@”."),
    ])
    func `says what is wrong with an address before anybody is asked`(text: String, sentence: String) async throws {
        try await House.with { house in
            let actor = try await house.person()
            await #expect(throws: RequestError.invalid(field: "address", sentence)) {
                try await house.monitoring.watching.preview(text, as: actor)
            }
            #expect(house.shop.requests.isEmpty)
        }
    }

    @Test func `a server that failed and works again is read again`() async throws {
        let isDown = Mutex(true)
        let page =
            "<!doctype html><title>Lamp</title><script type=\"application/ld+json\">{\"@type\":\"Product\",\"name\":\"Lamp\","
            + "\"offers\":{\"price\":\"19.99\",\"priceCurrency\":\"EUR\",\"availability\":\"InStock\"}}</script><h1>Lamp</h1>"
        let server = try TestServer { request in
            if request.path == "/robots.txt" { return .response(404) }
            return isDown.withLock { $0 } ? Self.html(503, "down") : .page(page)
        }
        let look = Self.look()
        let address = try WebAddress("\(server.url)/lamp")
        #expect(try await look.look(at: address).reading.outcome == .unreachable)
        isDown.withLock { $0 = false }
        #expect(try await look.look(at: address).reading.outcome == .ok)
    }
}

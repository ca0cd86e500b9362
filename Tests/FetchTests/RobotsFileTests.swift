import Testing

@testable import Fetch

/// RFC 9309, with its own examples among them.
struct RobotsFileTests {
    private static func file(_ text: String, product: String = "PriceMonitoringAgent") -> RobotsFile {
        RobotsFile(text.utf8, product: product)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let rules: String
        let path: String
        let isForbidden: Bool

        var testDescription: String { "\(rules.replacing("\n", with: " | ")) – \(path)" }

        init(_ rules: String, _ path: String, _ isForbidden: Bool) {
            self.rules = rules
            self.path = path
            self.isForbidden = isForbidden
        }
    }

    @Test(arguments: [
        Case("Disallow: /cart", "/cart", true), Case("Disallow: /cart", "/cart/1?x=y", true),
        Case("Disallow: /cart", "/Cart", false), Case("Disallow: /cart", "/shop/cart", false),
        Case("Disallow:", "/anything", false), Case("Disallow: /", "/", true), Case("Allow: /", "/", false),
        // The longest rule decides, wherever it stands.
        Case("Disallow: /a\nAllow: /a/b", "/a/b/c", false), Case("Allow: /a/b\nDisallow: /a", "/a/c", true),
        Case("Allow: /a\nDisallow: /a/b", "/a/b", true),
        // Of two that are as long, the one that allows.
        Case("Disallow: /page\nAllow: /page", "/page", false), Case("Allow: /page\nDisallow: /page", "/page", false),
        // `*` is anything, `$` is the end.
        Case("Disallow: /*.gif$", "/a/b.gif", true), Case("Disallow: /*.gif$", "/a/b.gif?x", false),
        Case("Disallow: /*.gif", "/a/b.gif?x", true), Case("Disallow: /this/*/exactly", "/this/a/b/exactly", true),
        Case("Disallow: /this/*/exactly", "/this/exactly", false), Case("Disallow: /fish*", "/fish/salmon", true),
        Case("Disallow: /a*b*c$", "/abbcc", true), Case("Disallow: /a*b*c$", "/abbccd", false),
        Case("Disallow: /exact$", "/exact", true), Case("Disallow: /exact$", "/exact/", false),
        Case("Disallow: /*?*sort=", "/lamps?page=2&sort=price", true), Case("Disallow: /*?*sort=", "/lamps", false),
        Case("Disallow: *", "/x", true), Case("Disallow: /a**b", "/a-b", true),
        Case("Disallow: /a$b", "/a$b", true), Case("Disallow: /x$", "/x$", false),
        // Every spelling of one address is the same.
        Case("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", true),
        Case("Disallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", true),
        Case("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", true), Case("Disallow: /a%3cd.html", "/a%3Cd.html", true),
        Case("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", true),
        Case("Disallow: /path/foo-%24", "/path/foo-$", true), Case("Disallow: /a%2fb", "/a/b", false),
        Case("Disallow: /100%", "/100%/x", true),
    ])
    func `decides by the longest rule`(example: Case) {
        let file = Self.file("User-agent: *\n\(example.rules)\n")
        #expect((file.forbids(example.path) != nil) == example.isForbidden)
    }

    @Test(arguments: [
        // Its own group, not the one for everybody, whatever stands first and however it is written.
        ("User-agent: *\nDisallow: /\n\nUser-agent: pricemonitoringagent\nDisallow: /own", "/own", 5),
        ("USER-AGENT: PriceMonitoringAgent/2.0\nDISALLOW: /own\nUser-agent: *\nDisallow: /", "/own", 2),
        // Several groups for one name are one group, and one group may have several names.
        (
            "User-agent: PriceMonitoringAgent\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: PriceMonitoringAgent\nDisallow: /own",
            "/own", 6
        ),
        ("User-agent: x\nUser-agent: PriceMonitoringAgent\nSitemap: /s\nDisallow: /own", "/own", 4),
        // Comments, spaces, a byte order mark, line ends of every kind, and no colon.
        ("\u{feff}User-agent: PriceMonitoringAgent # us\r\n\r\nDisallow :  /own   # no\r\n", "/own", 3),
        ("User-agent: PriceMonitoringAgent\rDisallow: /own\r", "/own", 2), ("User-agent *\nDisallow /own", "/own", 2),
        // What nobody knows does not end a group.
        ("User-agent: *\nNoindex: /x\nHost: shop.example\nDisallow: /own", "/own", 4),
    ])
    func `finds the rules that are meant for us`(text: String, path: String, line: Int) {
        let file = Self.file(text)
        #expect(file.forbids(path)?.line == line)
        #expect(file.forbids("/other") == nil)
    }

    @Test(arguments: [
        "Disallow: /\n", "", "<!doctype html><title>Not found</title>",
        "User-agent: Googlebot\nDisallow: /", "User-agent: PriceMonitoringAgentPlus\nDisallow: /",
        "User-agent: *\nDisallow: /\nUser-agent: PriceMonitoringAgent\nAllow:",
    ])
    func `forbids nothing where nothing is meant for us`(text: String) {
        #expect(Self.file(text).forbids("/lamp") == nil)
    }

    @Test func `keeps the rule as it stands in the file`() throws {
        let rule = try #require(Self.file("User-agent: *\nDisallow:   /cart  # no robots").forbids("/cart"))
        #expect(rule.text == "Disallow:   /cart")
    }

    @Test(arguments: [
        ("PriceMonitoringAgent/0.1 (+self-hosted)", "PriceMonitoringAgent"), ("my_shop-bot", "my_shop-bot"),
        ("Mozilla/5.0 (X11)", "Mozilla"), ("123", ""),
    ])
    func `knows its own name from the User-Agent`(userAgent: String, product: String) {
        #expect(RobotsFile.product(in: userAgent) == product)
    }

    @Test func `reads no more than the limit`() {
        let filler = String(repeating: "# filler\n", count: RobotsFile.mostBytes / 9 + 1)
        #expect(Self.file("User-agent: *\n\(filler)Disallow: /late").forbids("/late") == nil)
        #expect(Self.file("User-agent: *\nDisallow: /soon\n\(filler)").forbids("/soon") != nil)
    }

    @Test(
        arguments: [
            ("Crawl-delay: 10", Duration.seconds(10)), ("crawl-delay: 0.5", .milliseconds(500)),
            ("Crawl-delay: soon", nil),
            ("Crawl-delay: -1", nil), ("Crawl-delay: nan", nil), ("Crawl-delay: inf", nil),
        ] as [(String, Duration?)]
    )
    func `reads the pause that is asked for`(line: String, delay: Duration?) {
        #expect(Self.file("User-agent: *\n\(line)\nDisallow: /x").delay == delay)
    }
}

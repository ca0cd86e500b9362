import ArgumentParser
import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

@testable import Host

/// The real program, seen from outside.
@Suite(.timeLimit(.minutes(20)))
struct CommandTests {
    /// A page of our own making with structured data.
    private static let page = """
        <!doctype html><html lang="en"><head><title>Desk lamp – Lamps</title>
        <script type="application/ld+json">
        {"@context": "https://schema.org", "@type": "Product", "name": "Desk lamp", "image": "/lamp.jpg",
         "offers": {"@type": "Offer", "price": "39.00", "priceCurrency": "EUR",
                    "availability": "https://schema.org/InStock"}}
        </script></head><body><h1>Desk lamp</h1><p class="price">39,00 €</p>
        <button>Add to cart</button></body></html>
        """

    private struct Line: Decodable {
        struct Price: Decodable {
            let minor: Int
            let currency: String
            let text: String
        }
        let file: String?
        let outcome: String?
        let title: String?
        let price: Price?
        let availability: String?
        let confidence: Double?
        let error: String?
    }

    private func decode(_ line: String) throws -> Line { try JSONDecoder().decode(Line.self, from: Data(line.utf8)) }

    @Test func `check prints what was read and why, and exits with 0`() async throws {
        let server = try TestServer { _ in .page(Self.page) }
        let ended = try await RealHost.run([
            "check", "\(server.url)/lamp", "--set", "fetch.allowPrivateHosts=127.0.0.1",
        ])
        #expect(ended.code == 0, "\(ended.error)")
        for word in ["Desk lamp", "39.00 EUR", "inStock", "EVIDENCE", "json-ld"] {
            #expect(ended.output.contains(word))
        }
    }

    @Test func `check --json prints one object with everything scripts expect`() async throws {
        let server = try TestServer { request in
            request.target == "/old" ? .redirect(to: "/lamp") : .page(Self.page)
        }
        let ended = try await RealHost.run([
            "check", "\(server.url)/old", "--json", "--browser", "never", "--set", "fetch.allowPrivateHosts=127.0.0.1",
        ])
        #expect(ended.code == 0, "\(ended.error)")
        #expect(ended.lines.count == 1)
        let json = try ConfigJSONParser.parse(ended.output.utf8)
        guard case .object(let members) = json else { return try #require(Bool?.none.map { _ in }) }
        #expect(
            Set(members.keys) == [
                "url", "finalUrl", "status", "milliseconds", "outcome", "title", "price", "listPrice", "availability",
                "image",
                "strategy", "confidence", "evidence",
            ]
        )
        #expect(members["url"] == .string("\(server.url)/old"))
        #expect(members["finalUrl"] == .string("\(server.url)/lamp"))
        #expect(members["status"] == .integer(200))
        #expect(members["listPrice"] == .null)
        #expect(try decode(ended.output).price?.minor == 3900)
    }

    @Test func `check exits with 1 when no price was read, with null where nothing is known`() async throws {
        let server = try TestServer { _ in .response(404) }
        let ended = try await RealHost.run([
            "check", server.url, "--json", "--set", "fetch.allowPrivateHosts=127.0.0.1",
        ])
        #expect(ended.code == 1)
        let line = try decode(ended.output)
        #expect(line.outcome == "notFound")
        #expect(line.price == nil)
        #expect(ended.output.contains(#""price":null"#))
    }

    @Test func `check refuses private addresses as an outcome`() async throws {
        let ended = try await RealHost.run(["check", "http://127.0.0.1:9/", "--json"])
        #expect(ended.code == 1)
        #expect(try decode(ended.output).outcome == "refused")
    }

    @Test func `extract answers every line in order, and names what cannot be read`() async throws {
        let folder = try TestFolder()
        try folder.write("lamp.html", Self.page)
        try folder.write("empty.html", "")
        try folder.write(
            "list.jsonl",
            """
            {"file": "lamp.html", "url": "https://shop.example/lamp", "contentType": "text/html; charset=utf-8"}
            {"file": "missing.html", "url": "https://shop.example/x"}
            nonsense

            {"file": "empty.html", "url": "https://shop.example/empty"}
            {"file": "lamp.html", "url": null}
            """
        )
        let ended = try await RealHost.run(["extract", "--pages", "\(folder.path)/list.jsonl"])
        #expect(ended.code == 1)
        let lines = try ended.lines.map(decode)
        #expect(lines.map(\.file) == ["lamp.html", "missing.html", nil, "empty.html", "lamp.html"])
        #expect(lines.map { $0.price?.minor } == [3900, nil, nil, nil, 3900])
        #expect(lines.first?.price?.currency == "EUR")
        #expect(lines[1].error?.contains("missing.html") == true)
        #expect(lines[2].error?.hasPrefix("Line 3 of") == true)
        #expect(ended.error.contains("missing.html"))
    }

    @Test func `extract of a list that is not there fails in words`() async throws {
        let ended = try await RealHost.run(["extract", "--pages", "/nowhere.jsonl"])
        #expect(ended.code == 1)
        #expect(ended.error.hasPrefix("The list “/nowhere.jsonl” cannot be read."))
    }

    @Test func `price says what one text means`() async throws {
        let ended = try await RealHost.run(["price", "1.299,00 €"])
        #expect(ended.code == 0)
        #expect(ended.output == #"{"amount":"1299.00","currency":"EUR","minor":129900}"# + "\n")
    }

    @Test func `price takes the locale, the default currency and the page's address into account`() async throws {
        let ended = try await RealHost.run(["price", "--locale", "de", "--currency", "CHF", "12,50"])
        #expect(ended.output == #"{"amount":"12.50","currency":"CHF","minor":1250}"# + "\n")
        let canadian = try await RealHost.run(["price", "$12.50", "--url", "https://shop.example.ca/lamp"])
        #expect(canadian.output.contains(#""currency":"CAD""#))
    }

    @Test func `price --batch answers line by line, bad lines too`() async throws {
        let ended = try await RealHost.run(
            ["price", "--batch"],
            input: """
                {"input":"1.299,00 €","currencyHint":null,"locale":null,"defaultCurrency":null,"url":null}
                {"input":"sold out"}
                nonsense
                {"input":"5","defaultCurrency":"QQQ"}
                {"input":"5","currencyHint":"€","url":"https://shop.example/"}

                """
        )
        #expect(ended.code == 1)
        #expect(ended.lines.count == 5)
        #expect(ended.lines[0] == #"{"amount":"1299.00","currency":"EUR","minor":129900}"#)
        #expect(ended.lines[1] == #"{"none":true}"#)
        #expect(ended.lines[2].hasPrefix(#"{"error":"Line 3"#))
        #expect(ended.lines[3].hasPrefix(#"{"error":"Line 4"#))
        #expect(ended.lines[4] == #"{"amount":"5.00","currency":"EUR","minor":500}"#)
    }

    private static let failures: [([String], Int32)] = [
        (["frobnicate"], 64), (["price"], 64), (["price", "x", "--batch"], 64),
        (["price", "x", "--currency", "Q"], 64),
        (["cron"], 64), (["cron", "* * * *"], 64), (["cron", "*", "*", "*", "*", "*"], 64),
        (["cron", "@daily", "--tz", "Mars/Olympus"], 64), (["cron", "@daily", "--from", "noon"], 64),
        (["cron", "@daily", "--count", "0"], 64), (["cron", "@daily", "--count", "many"], 64), (["cron", "@daily"], 0),
        (["check"], 64), (["check", "not an address"], 64),
        (["check", "https://a.example", "--browser", "always"], 64),
        (["check", "https://a.example", "--browser", "sometimes"], 64), (["--role", "deployer", "plan"], 64),
        (["run", "--role", "cook"], 78), (["config", "--set", "web.port=x"], 78), (["config", "--set", "x.y=1"], 78),
        (["--config", "/nowhere.json", "plugins"], 78), (["run", "--set", "redis.url=rediss://x"], 78),
        (["migrate", "--set", "database.url=mysql://x"], 78), (["--help"], 0), (["--version"], 0), (["plugins"], 0),
        (["config"], 0), (["health", "--set", "web.port=1"], 1), (["user", "remove", "nobody"], 1),
        (["user", "invite", "--set", "web.port=0"], 78), (["token", "create"], 64),
    ]

    @Test(arguments: failures)
    func `exit codes tell what kind of failure it was`(arguments: [String], code: Int32) async throws {
        let folder = try TestFolder()
        let ended = try await RealHost.run(arguments, in: folder.path)
        #expect(ended.code == code, "\(ended.error)")
        #expect(ended.error.isEmpty == (code == 0))
    }

    @Test func `an environment variable that is no setting is refused`() async throws {
        let ended = try await RealHost.run(["config"], environment: ["HOST_WEB_PROT": "1"])
        #expect(ended.code == 78)
        #expect(ended.error.contains("HOST_WEB_PORT"))
    }

    @Test func `config shows every key, where its value is from, and no secret`() async throws {
        let ended = try await RealHost.run(
            ["config", "--set", "smtp.from=a@b.example"],
            environment: ["HOST_SMTP_URL": "smtp://u:hunter2@mail.example", "PORT": "81"]
        )
        #expect(ended.code == 0, "\(ended.error)")
        for key in SettingKeys.names { #expect(ended.output.contains("\(key) ")) }
        #expect(ended.output.contains("[redacted]"))
        #expect(!ended.output.contains("hunter2"))
        #expect(ended.output.contains("environment variable PORT"))
    }

    @Test func `plugins are listed for people and as JSON, with every option`() async throws {
        let people = try await RealHost.run(["plugins"])
        let machines = try await RealHost.run(["plugins", "--json"])
        guard case .array(let plugins) = try ConfigJSONParser.parse(machines.output.utf8) else {
            Issue.record("It is not an array: \(machines.output)")
            return
        }
        let registry = try InstalledPlugins.registry()
        #expect(plugins.count == registry.scrapers.count + registry.notifiers.count + registry.providers.count)
        for notifier in registry.notifiers {
            #expect(people.output.contains(notifier.id.text))
            for option in notifier.options {
                #expect(people.output.contains(option.key))
                #expect(machines.output.contains(#""key":"\#(option.key)""#))
            }
        }
    }

    @Test func `accounts and tokens are managed beside a program that does not run`() async throws {
        let folder = try TestFolder()
        let invited = try await RealHost.run(["user", "invite"], in: folder.path)
        #expect(invited.code == 0, "\(invited.error)")
        #expect(invited.lines.count == 1)
        #expect(invited.output.hasPrefix("http://127.0.0.1:8080/setup/"))
        let outside = try await RealHost.run(
            ["--set", "web.publicURL=https://prices.example/", "user", "invite"],
            in: folder.path
        )
        #expect(outside.output.hasPrefix("https://prices.example/setup/"))
        let listed = try await RealHost.run(["user", "list"], in: folder.path)
        #expect(listed.code == 0)
        #expect(listed.output.hasPrefix("There is no account yet."))
        let migrated = try await RealHost.run(["migrate"], in: folder.path)
        #expect(migrated.output == "The database was up to date.\n")
    }
}

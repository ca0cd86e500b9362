import Markup
import Model
import PluginAPI
import TestSupport
import Testing

/// The contract suite finds what it is there to find: each plugin here breaks one rule.
@Suite struct PluginContractFaultTests {
    @Test func `badly written words are found`() {
        let faults = PluginContract(Careless.self, readme: nil).wordFaults()
        #expect(
            faults == [
                "The id “Care_less” is not lowercase words joined by dashes.",
                "The title “careless.” is not a short name on one line.",
                "The summary “sends” is not one sentence.",
                "The option “to-whom” has a key that is not one camel-case word.",
                "The option “to-whom” has a summary that is not a sentence.",
                "The option “to-whom” has no example.",
                "The option “key” is a secret with a default: everyone would know it.",
                "The option “key” is there twice.",
                "The option “key” is a secret with a default: everyone would know it.",
            ]
        )
    }

    @Test func `a README that is missing or out of date is found`() {
        #expect(PluginContract(Careless.self, readme: nil).readmeFaults() == ["There is no README.md."])
        let readme = """
            # Careless
            ## What it sends
            ## Options
            | `key` | text | none, required | no | A key. |
            | `gone` | text | none, required | no | Was there once. |
            ## Limits
            """
        let sections = #"["What it sends", "Options", "Limits"]"#
        let wanted = #"["What it sends", "Options", "Example", "Limits", "Source"]"#
        let faults = PluginContract(Careless.self, readme: readme).readmeFaults()
        let expected: [String] = [
            "The README does not begin with “# careless.”.",
            "The README does not say “sends” on a line.",
            "The README's sections are \(sections), but must be \(wanted).",
            "The README's table of options has no whole row for “to-whom”.",
            "The README says that “key” is of type “text”, the code “secret”.",
            "The README does not say truly whether “key” is required: “none, required”.",
            "The README does not name the default of “key”, “123456”.",
            "The README does not say truly whether “key” is secret: “no”.",
            "The README says that “key” is of type “text”, the code “secret”.",
            "The README does not say truly whether “key” is required: “none, required”.",
            "The README does not name the default of “key”, “other”.",
            "The README does not say truly whether “key” is secret: “no”.",
            "The README has an option `gone` that the code has not.",
        ]
        #expect(faults == expected)
    }

    @Test func `options whose examples make no plugin, and told secrets, are found`() {
        #expect(
            PluginContract(Blabber.self, readme: nil).optionFaults() == [
                "A wrong “key” is blamed on “door”.",
                "What is wrong with “key” is said with the secret in it.",
            ]
        )
        let careless = PluginContract(Careless.self, readme: nil).optionFaults()
        #expect(careless.first?.hasPrefix("The examples make no plugin:") == true)
    }

    @Test func `a notifier that confuses answers, tells secrets or swallows cancellation is found`() async {
        let contract = PluginContract(Blabber.self, readme: nil)
        let sending = await contract.sendingFaults()
        #expect(sending.contains { $0.hasSuffix("does not carry its idempotency key.") })
        let answers = await contract.answerFaults()
        #expect(answers.count == 14)
        let secrets = await contract.secretFaults()
        #expect(secrets.contains("The error for 400 holds the secret “made-up-key”."))
        let cancellation = await contract.cancellationFaults()
        #expect(cancellation.count == 1)
    }

    @Test func `a notifier that lets foreign text out of the body is found`() async {
        let faults = await PluginContract(Leaker.self, readme: "# Leaker").foreignTextFaults()
        #expect(faults.contains { $0.hasSuffix("has changed the headers.") })
        #expect(faults.contains { $0.contains("went to “https://leak.example/?title=") })
        #expect(faults.contains { $0.hasSuffix("made a body that is no JSON.") })
        #expect(faults.last == "The README does not say that a message may come twice.")
    }

    @Test func `a scraper that is never right is found`() throws {
        let contract = PluginContract(Guesser.self, readme: nil)
        #expect(contract.siteFaults() == ["The site “www.Guess.test” is not a lower-case host name without “www.”."])
        let options = contract.optionFaults()
        #expect(options == ["“shop” is required, but a scraper is made from no values."])
        let fixtures = try contract.fixtureFaults()
        #expect(fixtures == ["No fixture in its folder gives a price."])
        let garbage = try contract.garbageFaults()
        #expect(garbage.contains("It asks for 4 supplements, more than 3."))
        #expect(garbage.contains { $0.hasSuffix("is not trusted by 0 to 1.") })
        #expect(garbage.contains { $0.hasSuffix("does not say where it stood.") })
    }
}

private struct Careless: Notifier {
    static let id: PluginID = "Care_less"
    static let title = "careless."
    static let summary = "sends"
    static let options = [
        Option("to-whom", "whom", example: ""),
        Option("key", "A key of some kind.", kind: .secret, example: "k", standard: "123456"),
        Option("key", "A key of some kind.", kind: .secret, example: "k", standard: "other"),
    ]

    init(_ setup: PluginSetup) throws(SetupError) {}
    func send(_ message: Message) async throws {}
}

/// Tells everything to everyone.
private struct Blabber: Notifier {
    static let id: PluginID = "blabber"
    static let title = "Blabber"
    static let summary = "Says out loud whatever it hears."
    static let options = [Option("key", "The key to the door.", kind: .secret, example: "made-up-key")]
    let exchange: HTTPExchange
    let key: String

    init(_ setup: PluginSetup) throws(SetupError) {
        key = setup["key"]
        exchange = setup.exchange
        guard key == "made-up-key" else { throw SetupError("door", "does not open with \(key)") }
    }

    func send(_ message: Message) async throws {
        let response = try? await exchange(HTTPRequest(url: "https://blab.example/?key=\(key)"))
        guard let response, response.status == 200 else { throw NotNow("It did not work with \(key).") }
    }
}

/// Puts names of products wherever they fit.
private struct Leaker: Notifier {
    static let id: PluginID = "leaker"
    static let title = "Leaker"
    static let summary = "Writes titles into headers and addresses."
    static let carriesKey = false
    let exchange: HTTPExchange

    init(_ setup: PluginSetup) throws(SetupError) { exchange = setup.exchange }

    func send(_ message: Message) async throws {
        let title = message.product?.title ?? ""
        let request = HTTPRequest(
            method: .post,
            url: "https://leak.example/?title=\(title.count)",
            headers: ["Title": title, "Content-Type": "application/json"],
            body: Array("{\"title\": \"\(title)\"}".utf8)
        )
        _ = try await exchange(request)
    }
}

private struct Guesser: SiteScraper {
    static let id: PluginID = "guesser"
    static let title = "Guesser"
    static let summary = "Reads what is not there."
    static let sites: Set<String> = ["www.Guess.test"]
    static let options = [Option("shop", "The shop that it guesses about.", example: "a")]

    init(_ setup: PluginSetup) throws(SetupError) {}

    func supplements(to page: Page) -> [HTTPRequest] {
        Array(repeating: HTTPRequest(url: "https://guess.test/"), count: 4)
    }

    func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        [Candidate(.title("A guess"), strategy: "guesser", path: "", text: "", confidence: 2)]
    }
}

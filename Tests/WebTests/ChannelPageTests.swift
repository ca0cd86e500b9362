import Model
import Testing

@testable import Web

struct ChannelPageTests {
    @Test func `a channel is added by the form of its plugin, tested and removed`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let empty = try await browser.get("/channels")
            #expect(empty.words.contains("You have no channel yet"))
            let form = try await browser.get("/channels/new/pager")
            #expect(form.text.contains("name=\"option.url\" type=\"url\""))
            #expect(form.text.contains("name=\"option.signingSecret\" type=\"password\""))
            var fields = [
                "formToken": form.field("formToken") ?? "", "name": "Mine", "option.url": "http://pager.test",
                "option.signingSecret": "hush", "option.mailTo": "",
            ]
            let wrong = try await browser.post("/channels/new/pager", fields)
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("Address must begin with https://."))
            #expect(!wrong.text.contains("hush"))
            fields["option.url"] = "https://pager.test/refuse"
            #expect(try await browser.post("/channels/new/pager", fields).location == "/channels?notice=channel-added")
            let list = try await browser.get("/channels")
            #expect(list.words.contains("Not tried yet"))
            #expect(!list.text.contains("hush"))
            let path = String(try #require(list.text.firstMatch(of: #/action="([^"]+)\/test"/#)).1)
            _ = try await browser.post("\(path)/test", fields)
            #expect(try await browser.get("/channels").words.contains("The pager answered 410."))
            #expect(PageRules.problems(in: try await browser.get("/channels").text).isEmpty)
            #expect(try await browser.get("\(path)/remove").words.contains("Remove “Mine”?"))
            #expect(try await browser.post("\(path)/remove", fields).location == "/channels?notice=channel-removed")
            #expect(try await browser.get("/channels").words.contains("You have no channel yet"))
        }
    }

    @Test func `a test that arrives is told`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let form = try await browser.get("/channels/new/pager")
            let fields = [
                "formToken": form.field("formToken") ?? "", "name": "Mine", "option.url": "https://pager.test",
            ]
            _ = try await browser.post("/channels/new/pager", fields)
            let list = try await browser.get("/channels")
            let path = String(try #require(list.text.firstMatch(of: #/action="([^"]+)\/test"/#)).1)
            #expect(try await browser.post("\(path)/test", fields).location == "/channels?notice=test-sent")
            #expect(try await browser.get("/channels").words.contains("Works"))
        }
    }

    @Test func `a channel is changed, its secret kept where the field is left empty and unset where that is asked`()
        async throws
    {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = try await added(browser, ["option.url": "https://pager.test", "option.signingSecret": "hush"])
            let form = try await browser.get("\(path)/change")
            #expect(form.text.contains("value=\"https://pager.test\""))
            #expect(form.text.contains("Set; leave empty to keep it"))
            #expect(!form.text.contains("hush"))
            #expect(PageRules.problems(in: form.text).isEmpty)
            var fields = [
                "formToken": form.field("formToken") ?? "", "name": "Other", "option.url": "http://pager.test",
                "option.signingSecret": "", "subjectTemplate": "", "textTemplate": "",
            ]
            #expect(
                try await browser.post("\(path)/change", fields).words.contains("Address must begin with https://.")
            )
            fields["option.url"] = "https://other.test"
            let moved = try await browser.post("\(path)/change", fields)
            #expect(moved.words.contains("Enter this again: it would be sent to another address"))
            fields["option.signingSecret"] = "hush, hush"
            let saved = try await browser.post("\(path)/change", fields)
            #expect(saved.location == "\(path)?notice=channel-changed")
            let page = try await browser.get(path)
            for words in ["Other", "https://other.test", "set, not shown", "Nothing was sent yet."] {
                #expect(page.words.contains(words), "“\(words)” is missing.")
            }
            #expect(PageRules.problems(in: page.text).isEmpty)
            fields["option.signingSecret"] = ""
            fields["clear.signingSecret"] = "yes"
            _ = try await browser.post("\(path)/change", fields)
            #expect(!(try await browser.get(path).words.contains("set, not shown")))
        }
    }

    @Test func `words of a person's own are shown before they are kept`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = try await added(browser, ["option.url": "https://pager.test"])
            var fields = [
                "formToken": try await browser.get("\(path)/change").field("formToken") ?? "", "name": "Mine",
                "option.url": "https://pager.test", "subjectTemplate": "Only {{prise}}", "textTemplate": "",
            ]
            let wrong = try await browser.post("\(path)/preview", fields)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("Did you mean {{price}}?"))
            fields["subjectTemplate"] = "Only {{price}}"
            let shown = try await browser.post("\(path)/preview", fields)
            #expect(shown.words.contains("Only €39.00"))
            #expect(shown.words.contains("You asked to be told at €40.00 or less."))
            #expect(shown.text.contains("value=\"Only {{price}}\""))
            #expect(!(try await browser.get(path).words.contains("in words of your own")))
            _ = try await browser.post("\(path)/change", fields)
            #expect(try await browser.get(path).words.contains("in words of your own"))
        }
    }

    @Test(
        arguments: [
            (0, nil, "On its way"), (3, nil, "Will be tried again"), (0, 1, "Waits for the quiet hours to end"),
            (0, -1, "On its way"),
        ] as [(Int, Int?, String)]
    )
    func `the log says what a message waits for`(attempts: Int, heldForHours: Int?, words: String) {
        let message = OutboxMessage(
            id: ID("message"),
            channel: ID("pager-1"),
            idempotencyKey: "rule.1",
            subject: "Lamp",
            content: "{}",
            attempts: attempts,
            created: Samples.now,
            heldUntil: heldForHours.map { Samples.now + .hours($0) }
        )
        #expect(MessageRow(message, now: Samples.now).badge.text == words)
    }

    /// Adds a pager and gives the path of its page.
    private func added(_ browser: Browser, _ options: [String: String]) async throws -> String {
        let form = try await browser.get("/channels/new/pager")
        let fields = ["formToken": form.field("formToken") ?? "", "name": "Mine"].merging(options) { $1 }
        _ = try await browser.post("/channels/new/pager", fields)
        let list = try await browser.get("/channels")
        return String(try #require(list.text.firstMatch(of: #/action="([^"]+)\/test"/#)).1)
    }

    @Test func `a kind that is not installed is not found`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            #expect(try await browser.get("/channels/new/pigeon").status == 404)
        }
    }

    @Test func `a channel that does not work is told where people look`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = try await installation.product()
            let path = try await added(browser, ["option.url": "https://pager.test/refuse"])
            for page in ["/", "/alerts"] {
                #expect(try await !browser.get(page).words.contains("could not be delivered"))
            }
            let token = try await browser.get(path).field("formToken") ?? ""
            _ = try await browser.post("\(path)/test", ["formToken": token])
            for page in ["/", "/alerts"] {
                let words = try await browser.get(page).words
                #expect(words.contains("The last message could not be delivered on your channel “Mine”. See why"))
            }
        }
    }

    @Test func `a report that went to a removed channel alone is switched off, with a word before and after`()
        async throws
    {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            for _ in 1...2 { _ = try await added(browser, ["option.url": "https://pager.test"]) }
            let paths = try await browser.get("/channels").text.matches(of: #/action="([^"]+)\/test"/#).map(\.1)
            let (first, second) = (try #require(paths.first), try #require(paths.last))
            let digest = try await browser.get("/digest")
            let token = ["formToken": digest.field("formToken") ?? ""]
            var fields = ["isOn": "yes", "rhythm": "daily", "time": "08:30", "zone": "UTC"].merging(token) { $1 }
            for path in [first, second] { fields["channel-\(path.split(separator: "/").last ?? "")"] = "yes" }
            #expect(try await browser.post("/digest", fields).location == "/digest?notice=digest-saved")

            #expect(try await !browser.get("\(first)/remove").words.contains("The report"))
            #expect(try await browser.post("\(first)/remove", token).location == "/channels?notice=channel-removed")
            #expect(try await browser.get("/digest").words.contains("It comes every day at 08:30"))
            #expect(try await browser.get("\(second)/remove").words.contains("The report goes there alone"))
            let removed = try await browser.post("\(second)/remove", token)
            #expect(removed.location == "/channels?notice=channel-and-report-ended")
            #expect(try await !browser.get("/digest").words.contains("It comes every day"))
        }
    }
}

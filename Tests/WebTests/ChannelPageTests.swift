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
            #expect(wrong.words.contains("url must begin with https://."))
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

    @Test func `a kind that is not installed is not found`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            #expect(try await browser.get("/channels/new/pigeon").status == 404)
        }
    }
}

import Hummingbird
import Model
import Monitoring
import Operations
import TestSupport
import Testing

@testable import Web

struct DigestPageTests {
    private static let weekly = [
        "isOn": "yes", "rhythm": "weekly", "time": "08:30", "weekday": "fri", "pattern": "", "zone": "Europe/Berlin",
        "allChannels": "yes",
    ]

    private func channel(_ installation: Installation) async throws -> ID<Channel> {
        try await installation.monitoring.channels.add(
            plugin: "pager",
            name: "Mine",
            options: ["url": "https://pager.test/ok", "signingSecret": "hush"],
            as: Actor(account: installation.account().id, rights: .write)
        )
    }

    @Test func `a person sets when the report comes, sees the next times, and what is wrong`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let empty = try await browser.get("/digest")
            #expect(empty.words.contains("You have no channel"))
            let token = empty.field("formToken") ?? ""
            #expect(try await browser.post("/digest", Self.weekly).status == 403)
            let fields = Self.weekly.merging(["formToken": token]) { $1 }
            let saved = try await browser.post("/digest", fields)
            #expect(saved.location == "/digest?notice=digest-saved")
            let page = try await browser.get("/digest")
            #expect(page.words.contains("It comes every Friday at 08:30, Europe/Berlin."))
            #expect(page.words.contains("Friday, 27 November 2026, 08:30"))
            #expect(PageRules.problems(in: page.text).isEmpty)

            let wrong = try await browser.post("/digest", fields.merging(["zone": "Europe/<Berlin>"]) { $1 })
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("Europe/&lt;Berlin&gt;"))
            #expect(try await browser.get("/digest").words.contains("Friday, 27 November 2026, 08:30"))
        }
    }

    @Test func `a preview of nothing is a word on the same page`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let token = ["formToken": try await browser.get("/digest").field("formToken") ?? ""]
            let answer = try await browser.post("/digest/preview", token)
            #expect(answer.status == 409)
            #expect(answer.words.contains("There is nothing to report: no product is watched, or all are paused."))
            #expect(answer.words.contains("When it comes"))
        }
    }

    @Test func `a person sends the report now and a test, and sees what became of it`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let token = ["formToken": try await browser.get("/digest").field("formToken") ?? ""]
            #expect(try await browser.post("/digest/test", token).status == 422)
            _ = try await channel(installation)
            #expect(try await browser.post("/digest/test", token).location == "/digest?notice=digest-begun")
            #expect(try await browser.get("/digest").words.contains("Checking the products"))
            _ = try await installation.monitoring.digestTurns.turn()
            try await installation.work()
            let page = try await browser.get("/digest")
            #expect(page.words.contains("0 products, delivered on 1 of 1 channel"))
            #expect(page.words.contains("Test"))
        }
    }

    @Test func `what was previewed is shown in a frame that may do nothing, and is what is sent`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = try await installation.product()
            let token = ["formToken": try await browser.get("/digest").field("formToken") ?? ""]
            let path = try #require(try await browser.post("/digest/preview", token).location)
            let page = try await browser.get(path)
            #expect(page.headers[.contentSecurityPolicy]?.contains("frame-src 'self'") == true)
            #expect(
                page.text.contains(
                    "<iframe class=\"mail\" title=\"The report as a mail\" src=\"\(path)/mail\" sandbox=\"\">"
                )
            )
            let mail = try await browser.get("\(path)/mail")
            let policy = mail.headers[.contentSecurityPolicy] ?? ""
            #expect(policy.hasPrefix("sandbox; default-src 'none'"))
            #expect(!policy.contains("script"))
            #expect(mail.headers[.frameOptions] == "SAMEORIGIN")
            #expect(try await browser.get("/digest").headers[.contentSecurityPolicy] == SecurityHeaders.policy)

            installation.clock.advance(by: .minutes(14))
            let form = token.merging(["recipients": "a@b.example, c@d.example"]) { $1 }
            #expect(try await browser.post("\(path)/send", form).location == "\(path)?notice=report-sent")
            let sent = try #require(installation.post.mails.first)
            #expect(sent.to == ["a@b.example", "c@d.example"])
            #expect(sent.html == mail.text)
            #expect(
                try await browser.post("\(path)/send", token.merging(["recipients": "nobody"]) { $1 }).status == 400
            )

            let other = try await installation.signedIn(as: "ben")
            #expect(try await other.get(path).status == 409)
            #expect(try await other.get("\(path)/mail").status == 409)
            installation.clock.advance(by: .minutes(2))
            #expect(try await browser.get(path).status == 409)
        }
    }

    @Test func `a program sets the report, triggers it and looks how far it is`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            #expect(try await program.ask(.get, "/digest").1["on"] == false)
            let body: JSON = [
                "on": true, "rhythm": "daily", "time": "09:00", "zone": "Europe/Berlin", "channels": .null,
            ]
            let (set, digest) = try await program.ask(.put, "/digest", body)
            #expect(set.status == 200)
            #expect(try await program.ask(.get, "/digest").1 == digest)
            guard case .array(let next)? = digest["next"] else { throw RequestError.notFound("next") }
            #expect(next.count == 3)
            let (wrong, problem) = try await program.ask(
                .put,
                "/digest",
                ["on": true, "rhythm": "daily", "zone": "Mars"]
            )
            #expect(wrong.status == 422)
            guard case .array(let errors)? = problem["errors"] else { throw RequestError.notFound("errors") }
            #expect(errors.first?["field"] == "zone")

            let idle = try await program.ask(.get, "/digest/status").1
            #expect(idle["state"] == "idle")
            #expect(idle["running"] == false)
            #expect(idle["last"] == .null)
            #expect(idle["next"] == next.first)
            #expect(try await program.ask(.post, "/digest/trigger", ["test": true]).0.status == 422)
            let id = try await channel(installation)
            let chosen: JSON = [
                "on": true, "rhythm": "cron", "pattern": "0 9 * * MON-FRI", "zone": "UTC",
                "channels": [.string(id.text)],
            ]
            #expect(try await program.ask(.put, "/digest", chosen).1["pattern"] == "0 9 * * MON-FRI")
            let (begun, run) = try await program.ask(.post, "/digest/trigger", ["test": true])
            #expect(begun.status == 202)
            let path = try #require(begun.location).replacing("/api/v1", with: "")
            #expect(try await program.ask(.get, path).1 == run)
            let writing = try await program.ask(.get, "/digest/status").1
            #expect(writing["state"] == "writing", "A test waits for no check.")
            #expect(writing["current"] == run)
            _ = try await installation.monitoring.digestTurns.turn()
            let sending = try await program.ask(.get, "/digest/status").1
            #expect(sending["state"] == "delivering")
            #expect(sending["pending"] == 1)
            try await installation.work()
            let done = try await program.ask(.get, "/digest/status").1
            #expect(done["running"] == false)
            #expect(done["current"] == .null)
            #expect(done["delivered"] == 1)
            #expect(try await program.ask(.get, path).1 == done["last"])
            #expect(try await program.ask(.get, path).1["state"] == "written")
            #expect(try await program.ask(.get, "/digest/runs/some-id").0.status == 404)
        }
    }

    @Test func `how far the products are checked is shown on the page and over REST`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let program = try await Program(installation)
            _ = try await channel(installation)
            let actor = Actor(account: try await installation.account().id, rights: .write)
            for address in ["https://shop.test/lamp", "https://other.test/chair"] {
                let preview = try await installation.preview(try Samples.reading(), of: address)
                _ = try await installation.monitoring.watching.save(
                    preview,
                    name: nil,
                    target: nil,
                    interval: nil,
                    as: actor
                )
            }
            installation.clock.advance(by: .hours(1))
            _ = try await installation.monitoring.digests.send(isTest: false, as: actor)
            func status() async throws -> [JSON?] {
                let (_, json) = try await program.ask(.get, "/digest/status")
                return [json["state"], json["listings"], json["checked"]]
            }
            #expect(try await status() == ["checking", 2, 0])
            #expect(try await browser.get("/digest").words.contains("0 of 2 checked"))
            _ = try await installation.monitoring.scheduling.enqueueDue(limit: 1)
            try await installation.work()
            #expect(try await status() == ["checking", 2, 1])
            #expect(try await browser.get("/digest").words.contains("1 of 2 checked"))
            _ = try await installation.monitoring.scheduling.enqueueDue(limit: 1)
            try await installation.work()
            #expect(try await status() == ["writing", 2, 2])
        }
    }

    @Test func `sending by hand is limited, and each refusal has its code`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            #expect(try await program.ask(.post, "/manual-reports").1["code"] == "no-active-products")
            _ = try await installation.product()
            let (made, report) = try await program.ask(.post, "/manual-reports")
            #expect(made.status == 201)
            guard case .string(let id)? = report["id"] else { throw RequestError.notFound("id") }
            let path = "/manual-reports/\(id)/send"
            func send(_ recipients: String, _ path: String) async throws -> (Int, JSON?) {
                let (answer, json) = try await program.ask(.post, path, ["recipients": .string(recipients)])
                return (answer.status, json["code"])
            }
            #expect(try await send("a@b.example", "/manual-reports/NO/send") == (400, "invalid_preview_id"))
            #expect(try await send("a@b.example", "/manual-reports/some-id/send") == (409, "preview_unavailable"))
            #expect(try await send("nobody", path) == (400, "invalid_recipients"))
            #expect(try await send("a@b, b@b, c@b, d@b", path) == (400, "invalid_recipients"))
            installation.post.refuse("The mail server answered 550.")
            #expect(try await send("a@b.example", path) == (502, "provider_send_failed"))
            installation.post.refuse(nil)
            // What failed does not count.
            for _ in 1...5 { #expect(try await send("a@b.example, b@b, c@b", path).0 == 200) }
            #expect(try await send("a@b.example", path) == (429, "rolling-window-limit"))
            #expect(installation.post.mails.count == 5)
            #expect(Set(installation.post.mails.map(\.html)).count == 1)
        }
    }
}

import Hummingbird
import Model
import Monitoring
import Operations
import TestSupport
import Testing

@testable import Web

/// Alerts, quiet hours and prices that wait for a word, on the pages and over REST.
@Suite(.timeLimit(.minutes(20)))
struct AlertPageTests {
    @Test func `a person adds an alert, snoozes it, wakes it and removes it`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let page = try await browser.get(path)
            let token = ["formToken": page.field("formToken") ?? ""]
            let entry = ["kind": "drop-percent", "value": "15", "coolDown": "", "until": "2099-12-24"]
            let added = try await browser.post("\(path)/alerts", entry.merging(token) { $1 })
            #expect(added.location == "\(path)?notice=alert-added")
            let shown = try await browser.get(path)
            let sentence = "Tell me when its price falls by 15 % or more, at most once a day, until 24 Dec 2099."
            #expect(shown.words.contains(sentence))
            #expect(shown.words.contains("Counted from €42.90, the highest since it was set or told."))
            #expect(PageRules.problems(in: shown.text) == [])
            let alert = try #require(shown.text.firstMatch(of: #/action="(\/alerts\/[^"]+)\/snooze"/#)).1
            #expect(try await browser.post("\(alert)/snooze", ["days": "7"]).status == 403)
            let snoozed = try await browser.post(
                "\(alert)/snooze",
                ["days": "7", "from": "alerts"].merging(token) { $1 }
            )
            #expect(snoozed.location == "/alerts?notice=alert-snoozed")
            let list = try await browser.get("/alerts")
            #expect(list.words.contains("Snoozed \(sentence)"))
            #expect(PageRules.problems(in: list.text) == [])
            let woken = try await browser.post(
                "\(alert)/snooze",
                ["days": "0", "from": "product"].merging(token) { $1 }
            )
            #expect(woken.location == "\(path)?notice=alert-woken")
            #expect(try await browser.post("\(alert)/snooze", ["days": "many"].merging(token) { $1 }).status == 422)
            let removed = try await browser.post("\(alert)/remove", ["from": "https://evil.test"].merging(token) { $1 })
            #expect(removed.location == "\(path)?notice=alert-removed")
            #expect(try await browser.get("/alerts").words.contains("No alert yet."))
        }
    }

    @Test func `a person changes an alert, and what cannot be comes back with the reason`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let token = ["formToken": try await browser.get(path).field("formToken") ?? ""]
            for (kind, value) in [("drop-percent", "15"), ("change", "")] {
                let entry = ["kind": kind, "value": value, "coolDown": "5400", "until": "2099-12-24"]
                _ = try await browser.post("\(path)/alerts", entry.merging(token) { $1 })
            }
            let list = try await browser.get("/alerts")
            let link = try #require(
                list.text.firstMatch(
                    of: #/href="(\/alerts\/[^"?]+)\?from=alerts" aria-label="Change: Tell me when its price falls/#
                )
            )
            let alert = String(link.1)
            let form = try await browser.get("\(alert)?from=alerts")
            #expect(form.text.contains("<option value=\"drop-percent\" selected>"))
            #expect(form.text.contains("<option value=\"5400\" selected>Once in 90 minutes at most</option>"))
            #expect(form.field("value") == "15")
            #expect(form.field("until") == "2099-12-24")
            #expect(PageRules.problems(in: form.text) == [])

            let entry = ["kind": "drop-percent", "value": "20", "coolDown": "0", "until": "", "from": "alerts"]
            #expect(try await browser.post(alert, entry).status == 403)
            let changed = try await browser.post(alert, entry.merging(token) { $1 })
            #expect(changed.location == "/alerts?notice=alert-changed")
            #expect(
                try await browser.get("/alerts").words.contains("Tell me when its price falls by 20 % or more.")
            )
            let wrong = try await browser.post(alert, entry.merging(["value": "120"]) { $1 }.merging(token) { $1 })
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("The fall must be a whole percent from 1 to 99."))
            #expect(wrong.field("value") == "120")
            #expect(PageRules.problems(in: wrong.text) == [])
            let twin = try await browser.post(alert, entry.merging(["kind": "change"]) { $1 }.merging(token) { $1 })
            #expect(twin.status == 409)
            #expect(twin.words.contains("This product has the same alert already."))

            let other = try await installation.signedIn(as: "ben")
            #expect(try await other.get(alert).status == 404)
        }
    }

    @Test func `an alert that is there already is refused beside the form`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let token = ["formToken": try await browser.get(path).field("formToken") ?? ""]
            let entry = ["kind": "change", "value": "", "coolDown": "", "until": ""].merging(token) { $1 }
            _ = try await browser.post("\(path)/alerts", entry)
            let twin = try await browser.post("\(path)/alerts", entry)
            #expect(twin.status == 409)
            #expect(twin.words.contains("This product has the same alert already."))
        }
    }

    @Test func `an alert that cannot be comes back with the reason and what was typed`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let token = ["formToken": try await browser.get(path).field("formToken") ?? ""]
            let entry = ["kind": "lowest", "value": "forever", "coolDown": "3600", "until": ""]
            let answer = try await browser.post("\(path)/alerts", entry.merging(token) { $1 })
            #expect(answer.status == 422)
            #expect(answer.words.contains("The days must be a whole number from 1 to 3650."))
            #expect(answer.text.contains("value=\"forever\""))
            #expect(answer.text.contains("<option value=\"lowest\" selected>"))
            #expect(PageRules.problems(in: answer.text) == [])
        }
    }

    @Test func `quiet hours are set, read in words, and taken away`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let page = try await browser.get("/alerts")
            #expect(page.words.contains("You are told at any time."))
            let token = ["formToken": page.field("formToken") ?? ""]
            let night = ["day-mon": "yes", "from": "22:00", "to": "07:00", "zone": "Europe/Berlin"]
            let set = try await browser.post("/quiet-hours", night.merging(token) { $1 })
            #expect(set.location == "/alerts?notice=quiet-set")
            #expect(try await browser.get("/alerts").words.contains("Nothing is sent Mon 22:00–07:00, Europe/Berlin."))
            let same = try await browser.post(
                "/quiet-hours",
                night.merging(["to": "22:00"]) { $1 }.merging(token) { $1 }
            )
            #expect(same.status == 422)
            #expect(same.words.contains("Quiet hours must end at another time than they begin."))
            _ = try await browser.post("/quiet-hours", ["none": "yes"].merging(token) { $1 })
            #expect(try await browser.get("/alerts").words.contains("You are told at any time."))
        }
    }

    @Test func `alerts and quiet hours are set over REST`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            let product = "/products/\(try await installation.product())"
            let (created, alert) = try await program.ask(
                .post,
                "\(product)/alerts",
                ["kind": "lowest", "value": "90", "coolDownSeconds": 3600, "until": "2099-12-24"]
            )
            #expect(created.status == 201)
            #expect(alert["state"] == "armed")
            #expect(alert["until"] == "2099-12-24")
            #expect(alert["coolDownSeconds"] == 3600)
            let path = try #require(created.location).replacing("/api/v1", with: "")
            #expect(try await program.ask(.get, path).1 == alert)
            #expect(try await program.ask(.get, "/alerts").1["alerts"] == [alert])
            #expect(
                try await program.ask(.post, "\(product)/alerts", ["kind": "lowest", "value": "90"]).0.status == 409
            )
            let (wrong, problem) = try await program.ask(
                .post,
                "\(product)/alerts",
                ["kind": "change", "coolDownSeconds": -1]
            )
            #expect(wrong.status == 422)
            guard case .array(let errors)? = problem["errors"] else { throw RequestError.notFound("errors") }
            #expect(errors.first?["field"] == "coolDownSeconds")
            #expect(try await program.ask(.post, "\(path)/snooze", ["seconds": 3600]).1["state"] == "snoozed")
            #expect(try await program.ask(.post, "\(path)/snooze", ["seconds": .null]).1["state"] == "armed")
            #expect(try await program.ask(.post, "\(path)/snooze", ["seconds": 5]).0.status == 422)
            let (later, longer) = try await program.ask(.patch, path, ["until": .null])
            #expect(later.status == 200)
            #expect(longer["until"] == .null)
            #expect([longer["value"], longer["coolDownSeconds"]] == ["90", 3600])
            let (_, other) = try await program.ask(.patch, path, ["kind": "drop-percent", "value": "15"])
            #expect([other["kind"], other["value"], other["coolDownSeconds"]] == ["drop-percent", "15", 86_400])
            #expect(try await program.ask(.patch, path, ["kind": "lowest"]).0.status == 422)
            #expect(try await program.ask(.get, path).1 == other)
            #expect(try await program.ask(.delete, path).0.status == 204)
            #expect(try await program.ask(.patch, path, ["until": .null]).0.status == 404)
            #expect(try await program.ask(.get, path).0.status == 404)
            let window: JSON = ["days": ["mon"], "from": "22:00", "to": "07:00", "zone": "Europe/Berlin"]
            #expect(try await program.ask(.patch, "/quiet-hours", ["window": window]).1["window"] == window)
            #expect(try await program.ask(.patch, "/quiet-hours", ["window": .null]).1["window"] == .null)
            #expect(try await program.ask(.get, "/quiet-hours").1["window"] == .null)
            #expect(try await program.ask(.get, "/doubts").1["doubts"] == [])
            #expect(try await program.ask(.post, "/doubts/none", ["right": true]).0.status == 409)
        }
    }
}

import Hummingbird
import Model
import Monitoring
import Operations
import TestSupport
import Testing

@testable import Web

/// Check times, set on a product's page and over REST.
@Suite(.timeLimit(.minutes(20)))
struct WindowPageTests {
    private static let office = [
        "day-mon": "yes", "day-tue": "yes", "day-wed": "yes", "day-thu": "yes", "day-fri": "yes", "from": "08:00",
        "to": "20:00", "zone": "Europe/Berlin",
    ]

    @Test func `a person sets when a listing is checked, reads it in words, and takes it away`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let page = try await browser.get(path)
            #expect(page.words.contains("Check only at certain times"))
            #expect(!page.words.contains("Check at any time"))
            let listing = try #require(page.text.firstMatch(of: #/action="([^"]+)\/check"/#)).1
            let token = ["formToken": page.field("formToken") ?? ""]
            let set = try await browser.post("\(listing)/window", Self.office.merging(token) { $1 })
            #expect(set.location == "\(path)?notice=window-set")
            let changed = try await browser.get(try #require(set.location))
            #expect(
                changed.words.contains("Checked every 6 hours, Mon–Fri 08:00–20:00, Europe/Berlin. The next check is")
            )
            #expect(changed.words.contains("The check times are set."))
            #expect(changed.text.contains("name=\"zone\" value=\"Europe/Berlin\""))
            #expect(changed.text.matches(of: #/type="checkbox"[^>]*checked/#).count == 5)
            #expect(PageRules.problems(in: changed.text) == [])
            let removed = try await browser.post("\(listing)/window", token.merging(["always": "yes"]) { $1 })
            #expect(removed.location == "\(path)?notice=window-removed")
            #expect(!(try await browser.get(path)).words.contains("Europe/Berlin. The next check"))
        }
    }

    @Test(
        arguments: [
            (["zone": "Berlin"], "There is no time zone “Berlin”. Did you mean “Europe/Berlin”?"),
            (["from": "soon"], "The begin must be a time of day from 00:00 to 23:59, such as 08:00."),
            (["to": ""], "The end must be a time of day from 00:00 to 24:00, such as 20:00."),
            (
                ["day-mon": nil, "day-tue": nil, "day-wed": nil, "day-thu": nil, "day-fri": nil],
                "Choose at least one day of the week."
            ),
        ] as [([String: String?], String)]
    )
    func `what cannot be used comes back with the reason and what was typed`(
        changes: [String: String?],
        sentence: String
    ) async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let page = try await browser.get(path)
            let listing = try #require(page.text.firstMatch(of: #/action="([^"]+)\/check"/#)).1
            var fields = Self.office
            fields["formToken"] = page.field("formToken")
            for (name, value) in changes { fields[name] = value }
            let answer = try await browser.post("\(listing)/window", fields)
            #expect(answer.status == 422)
            #expect(answer.words.contains(sentence))
            #expect(answer.text.contains("<details open>"))
            #expect(answer.text.contains("value=\"\(fields["zone"] ?? "")\""))
            #expect(PageRules.problems(in: answer.text) == [])
        }
    }

    @Test(
        arguments: [
            (["window": "always"], "window"),
            (["window": ["days": ["mon"], "from": "08:00", "to": "20:00"]], "window.zone"),
            (["window": ["days": "mon", "from": "08:00", "to": "20:00", "zone": "UTC"]], "window.days"),
            (["window": ["days": [1], "from": "08:00", "to": "20:00", "zone": "UTC"]], "window.days"),
            (["window": ["days": ["monday"], "from": "08:00", "to": "20:00", "zone": "UTC"]], "window.days"),
            (["window": ["days": ["mon"], "from": 8, "to": "20:00", "zone": "UTC"]], "window.from"),
            (["window": ["days": ["mon"], "from": "8", "to": "20:00", "zone": "UTC"]], "window.from"),
            (["window": ["days": ["mon"], "from": "08:00", "to": "25:00", "zone": "UTC"]], "window.to"),
            (["window": ["days": ["mon"], "from": "08:00", "to": "20:00", "zone": "Mars"]], "window.zone"),
            (["window": ["days": ["mon"], "from": "08:00", "to": "20:00", "zone": "UTC", "x": 1]], "window.x"),
        ] as [(JSON, String)]
    )
    func `a program is told which member is wrong`(body: JSON, field: String) async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            let (_, product) = try await program.ask(.get, "/products/\(try await installation.product())")
            guard case .array(let listings)? = product["listings"], case .string(let listing)? = listings.first?["id"]
            else { throw RequestError.notFound("listing") }
            let (answer, problem) = try await program.ask(.patch, "/listings/\(listing)", body)
            #expect(answer.status == 422)
            guard case .array(let errors)? = problem["errors"] else { throw RequestError.notFound("errors") }
            #expect(errors.first?["field"] == .string(field))
            #expect(try await program.ask(.get, "/listings/\(listing)").1["window"] == .null)
        }
    }
}

import Hummingbird
import Model
import Monitoring
import Operations
import TestSupport
import Testing

@testable import Web

struct APITests {
    @Test func `a product is created, found, changed and deleted`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            let (created, product) = try await program.ask(
                .post,
                "/products",
                [
                    "url": "https://shop.test/lamp", "name": "Lamp", "target": "39.90 EUR", "intervalSeconds": 3600,
                ]
            )
            #expect(created.status == 201)
            let path = try #require(created.location).replacing("/api/v1", with: "")
            #expect(product["name"] == "Lamp")
            #expect(product["target"]?["price"]?["text"] == "€39.90")
            let (duplicate, problem) = try await program.ask(.post, "/products", ["url": "https://shop.test/lamp"])
            #expect(duplicate.status == 409)
            #expect(problem["existing"] == product["id"])
            let (_, list) = try await program.ask(.get, "/products")
            #expect(list["products"] == [product])
            #expect(list["count"] == 1)
            #expect(list["next"] == .null)
            let (changed, renamed) = try await program.ask(.patch, path, ["name": "Lamp 2", "target": nil])
            #expect(changed.status == 200)
            #expect(renamed["name"] == "Lamp 2")
            #expect(renamed["target"] == .null)
            #expect(try await program.ask(.delete, path).0.status == 204)
            #expect(try await program.ask(.get, path).0.status == 404)
        }
    }

    @Test func `a preview is looked at and saved, and its history and checks are there`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            let (looked, unreachable) = try await program.ask(.post, "/previews", ["url": "https://shop.test/a"])
            #expect(looked.status == 201)
            #expect(unreachable["outcome"] == "unreachable")
            let preview = "/previews/\(try await installation.preview(Samples.reading()))"
            #expect(try await program.ask(.get, preview).1["price"]?["minor"] == 4290)
            let (saved, _) = try await program.ask(.post, "\(preview)/save", ["intervalSeconds": 7200])
            #expect(saved.status == 201)
            let path = try #require(saved.location).replacing("/api/v1", with: "")
            let (_, history) = try await program.ask(.get, "\(path)/history")
            guard case .array(let runs)? = history["runs"] else { throw RequestError.notFound("runs") }
            #expect(runs.count == 1)
            #expect(runs.first?["price"]?["text"] == "€42.90")
            #expect(try await program.ask(.get, "\(path)/checks").0.status == 200)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `a listing is changed and checked, with and without waiting`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            let id = try await installation.product()
            let (_, product) = try await program.ask(.get, "/products/\(id)")
            guard case .array(let listings)? = product["listings"], case .string(let listing)? = listings.first?["id"]
            else { throw RequestError.notFound("listing") }
            let path = "/listings/\(listing)"
            let (_, changed) = try await program.ask(.patch, path, ["paused": true, "intervalSeconds": 86400])
            #expect(changed["paused"] == true)
            #expect(changed["intervalSeconds"] == 86400)
            #expect(try await program.ask(.get, path).1 == changed)
            let window: JSON = [
                "days": ["mon", "tue", "wed", "thu", "fri"], "from": "08:00", "to": "20:00", "zone": "Europe/Berlin",
            ]
            let (_, windowed) = try await program.ask(.patch, path, ["window": window, "intervalSeconds": 3600])
            #expect(windowed["window"] == window)
            #expect(try await program.ask(.patch, path, ["paused": false]).1["window"] == window)
            #expect(try await program.ask(.patch, path, ["window": .null]).1["window"] == .null)
            let (wrong, problem) = try await program.ask(.patch, path, ["intervalSeconds": 1])
            #expect(wrong.status == 422)
            guard case .array(let errors)? = problem["errors"] else { throw RequestError.notFound("errors") }
            #expect(errors.first?["field"] == "intervalSeconds")
            #expect(try await program.ask(.post, "\(path)/check").0.status == 202)
            try await installation.work()
            installation.clock.advance(by: .minutes(1))
            async let worker: Void = installation.work()
            let (checked, check) = try await program.ask(.post, "\(path)/check?wait=30")
            try await worker
            #expect(checked.status == 200)
            #expect(check["outcome"] == "unreachable")
            #expect(try await program.ask(.post, "\(path)/check?wait=soon").0.status == 422)
        }
    }

    @Test func `a channel is created, tested and deleted, and never shows its secrets`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            #expect(try await program.ask(.get, "/channel-kinds").0.text.contains("signingSecret"))
            let body: JSON = [
                "plugin": "pager", "name": "Mine",
                "options": ["url": "https://pager.test/refuse", "signingSecret": "hush"],
            ]
            let (created, channel) = try await program.ask(.post, "/channels", body)
            #expect(created.status == 201)
            #expect(!created.text.contains("hush"))
            #expect(channel["options"] == ["url": "https://pager.test/refuse"])
            let path = try #require(created.location).replacing("/api/v1", with: "")
            let (_, result) = try await program.ask(.post, "\(path)/test")
            #expect(result["delivered"] == false)
            #expect(result["problem"] == "The pager answered 410.")
            #expect(try await program.ask(.get, "/channels").1 != ["channels": []])
            let change: JSON = [
                "name": "Other", "subjectTemplate": "{{price}}", "options": ["url": "https://pager.test"],
            ]
            let (changed, other) = try await program.ask(.patch, path, change)
            #expect(changed.status == 200)
            #expect(other["name"] == "Other")
            #expect(other["subjectTemplate"] == "{{price}}")
            #expect(other["options"] == ["url": "https://pager.test"])
            let wrong = try await program.ask(.patch, path, ["textTemplate": "{{prise}}"])
            #expect(wrong.0.status == 422)
            #expect(try await program.ask(.get, path).1 == other)
            let wording: JSON = ["subjectTemplate": "{{product}} at {{shop}}"]
            #expect(
                try await program.ask(.post, "/wording-previews", wording).1["subject"]
                    == "Desk lamp Arc at lamps.example"
            )
            #expect(try await program.ask(.get, "\(path)/messages?limit=5").1 == ["messages": [], "next": .null])
            #expect(try await program.ask(.get, "\(path)/messages?limit=many").0.status == 422)
            #expect(try await program.ask(.post, "\(path)/messages/none/again").0.status == 404)
            #expect(try await program.ask(.delete, path).0.status == 204)
            #expect(try await program.ask(.get, path).0.status == 404)
        }
    }

    @Test(
        arguments: [
            (["url": 5], "url"), (["url": "https://shop.test/x", "colour": "red"], "colour"), ([:], "url"),
            (["url": "shop.test"], "url"), (["url": "https://shop.test/x", "target": "forty"], "target"),
            (["url": "https://shop.test/x", "intervalSeconds": -1], "intervalSeconds"),
            (["url": "https://shop.test/x", "name": ""], "name"), ([], "body"),
        ] as [(JSON, String)]
    )
    func `a wrong body is refused with the name of the member`(body: JSON, field: String) async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let (answer, problem) = try await Program(installation).ask(.post, "/products", body)
            #expect(answer.status == 422)
            guard case .array(let errors)? = problem["errors"] else { throw RequestError.notFound("errors") }
            #expect(errors.first?["field"] == .string(field))
        }
    }

    @Test func `who may do what is checked`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let stranger = Browser(try installation.server())
            let anonymous = try await stranger.send(.get, "/api/v1/products", [:], "")
            #expect(anonymous.status == 401)
            #expect(anonymous.headers[.wwwAuthenticate] == "Bearer")
            let guess: HTTPFields = [.authorization: "Bearer guess"]
            #expect(try await stranger.send(.get, "/api/v1/products", guess, "").status == 401)
            let reader = try await Program(installation, rights: .read)
            #expect(try await reader.ask(.get, "/products").0.status == 200)
            #expect(try await reader.ask(.post, "/products", ["url": "https://shop.test/x"]).0.status == 403)
            // A browser's session reads, and changes things only with its form token.
            #expect(try await browser.send(.get, "/api/v1/products", [:], "").status == 200)
            let body = "{\"url\":\"https://shop.test/x\"}"
            #expect(try await browser.send(.post, "/api/v1/products", [:], body).status == 403)
            let token = try await browser.get("/").field("formToken") ?? ""
            #expect(try await browser.send(.post, "/api/v1/products", [.csrfToken: token], body).status == 201)
        }
    }

    @Test func `an address that is none is answered with a problem document`() async throws {
        try await Installation.with { installation in
            let answer = try await Browser(try installation.server()).get("/api/v1/nothing")
            #expect(answer.status == 404)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }
}

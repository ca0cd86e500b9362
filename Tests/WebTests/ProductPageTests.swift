import Hummingbird
import Model
import Monitoring
import Testing

@testable import Web

struct ProductPageTests {
    @Test func `an address is looked at, shown and refused with the reason`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let token = try await browser.get("/products/new").field("formToken") ?? ""
            let wrong = try await browser.post("/products/previews", ["formToken": token, "address": "ftp://x"])
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("Only http:// and https:// addresses can."))
            let look = try await browser.post(
                "/products/previews",
                ["formToken": token, "address": "https://shop.test/a"]
            )
            #expect(look.status == 303)
            let preview = try await browser.get(try #require(look.location))
            #expect(preview.words.contains("No connection to the shop could be made. Nobody listens at shop.test."))
            #expect(!preview.text.contains("Save and watch"))
            #expect(PageRules.problems(in: preview.text).isEmpty)
        }
    }

    @Test func `a preview is saved with a target, and the product's page shows it`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/previews/\(try await installation.preview(Samples.reading()))"
            let page = try await browser.get(path)
            #expect(page.words.contains("€42.90"))
            #expect(page.words.contains("$.offers.price"))
            let fields = [
                "formToken": page.field("formToken") ?? "", "name": "My lamp", "target": "forty", "interval": "60",
            ]
            let wrong = try await browser.post(path, fields)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("value=\"forty\""))
            #expect(wrong.text.contains("id=\"target-problem\""))
            let saved = try await browser.post(path, fields.merging(["target": "40.00"]) { $1 })
            #expect(saved.status == 303)
            let product = try await browser.get(try #require(saved.location))
            #expect(product.words.contains("Saved. From now on this product is watched."))
            #expect(product.words.contains("Waiting for €40.00 or less. Now €42.90: €2.90 to go."))
            #expect(product.words.contains("Nobody would hear of it yet"))
            #expect(product.text.contains("<option value=\"60\" selected>"))
            #expect(PageRules.problems(in: product.text).isEmpty)
            let again = try await browser.post(path, fields.merging(["target": ""]) { $1 })
            #expect(again.status == 409)
            #expect(again.words.contains("You watch this address already. Go to that product."))
            let list = try await browser.get("/")
            #expect(list.words.contains("1 product"))
            #expect(list.words.contains("My lamp"))
        }
    }

    @Test func `another shop is added to a product, compared, and removed`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let product = "/products/\(try await installation.product())"
            let page = try await browser.get(product)
            let start = String(try #require(page.text.firstMatch(of: #/href="([^"]+\?product=[^"]+)"/#)).1)
            let form = try await browser.get(start)
            #expect(form.words.contains("Where else is “Desk lamp” sold?"))
            let id = form.field("product") ?? ""
            #expect(product.hasSuffix(id))
            let token = form.field("formToken") ?? ""
            let look = try await browser.post(
                "/products/previews",
                ["formToken": token, "address": "other.test/lamp", "product": id]
            )
            #expect(look.location?.hasSuffix("?product=\(id)") == true)
            #expect(try await browser.get(look.location ?? "").text.contains("https://other.test/lamp"))

            let reading = try Samples.reading(price: 3990)
            let path = "/products/previews/\(try await installation.preview(reading, of: "https://other.test/lamp"))"
            let preview = try await browser.get("\(path)?product=\(id)")
            #expect(preview.words.contains("Watch it as a shop of “Desk lamp”"))
            #expect(PageRules.problems(in: preview.text).isEmpty)
            let saved = try await browser.post(path, ["formToken": token, "interval": "60", "product": id])
            #expect(saved.location == "\(product)?notice=shop-added")
            let both = try await browser.get(product)
            #expect(both.words.contains("other.test Best price"))
            #expect(both.words.contains("Checks at shop.test"))
            #expect(PageRules.problems(in: both.text).isEmpty)
            let remove = String(try #require(both.text.firstMatch(of: #/href="([^"]+\/listings\/[^"]+\/remove)"/#)).1)
            #expect(try await browser.get(remove).words.contains("Remove other.test?"))
            #expect(try await browser.post(remove, ["formToken": token]).location == "\(product)?notice=shop-removed")
            #expect(try await !browser.get(product).words.contains("other.test"))
        }
    }

    @Test func `shops stand in the order of their prices, those that cannot be compared last`() throws {
        let rows = ShopRow.rows(try Samples.severalShops(), now: Samples.now)
        #expect(rows.map(\.shop) == ["cheap.test", "dear.test", "new.test", "abroad.test"])
        #expect(rows.map(\.badge?.text) == ["Best price", "Blocked", "First check due", nil])
    }

    @Test(arguments: [
        ("shop.test/lamp", "https://shop.test/lamp"), ("shop.test:8443/lamp", "https://shop.test:8443/lamp"),
        ("http://shop.test/", "http://shop.test/"), ("lamp", nil), ("mailto:me@shop.test", nil),
        ("javascript:alert(1.5)", nil),
        (".test/", nil),
    ])
    func `a scheme that was left out is put before an address`(typed: String, watched: String?) async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let token = try await browser.get("/products/new").field("formToken") ?? ""
            let look = try await browser.post("/products/previews", ["formToken": token, "address": typed])
            guard let watched else {
                #expect(look.status == 422)
                return
            }
            #expect(try await browser.get(look.location ?? "").text.contains("href=\"\(watched)\""))
        }
    }

    @Test func `a product is renamed, its target set and removed, its checks paused and slowed down`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let page = try await browser.get(path)
            let token = page.field("formToken") ?? ""
            let listing = try #require(page.text.firstMatch(of: #/action="([^"]+)\/check"/#)).1
            func send(_ path: String, _ fields: [String: String]) async throws -> Browser.Answer {
                try await browser.post(path, fields.merging(["formToken": token]) { $1 })
            }
            #expect(try await send("\(path)/name", ["name": "Lamp 2"]).location == "\(path)?notice=renamed")
            #expect(try await send("\(path)/name", ["name": ""]).status == 422)
            #expect(try await send("\(path)/target", ["target": "39.90"]).location == "\(path)?notice=target-set")
            #expect(try await browser.get(path).words.contains("Waiting for €39.90 or less."))
            #expect(try await send("\(path)/target", ["target": ""]).location == "\(path)?notice=target-removed")
            #expect(try await send("\(listing)/paused", ["paused": "yes"]).location == "\(path)?notice=paused")
            #expect(
                try await send("\(listing)/interval", ["interval": "1440"]).location == "\(path)?notice=interval-set"
            )
            let changed = try await browser.get(path)
            #expect(changed.words.contains("Lamp 2"))
            #expect(changed.words.contains("Paused: the shop is looked at only when you ask for it."))
            #expect(changed.text.contains("<option value=\"1440\" selected>"))
            #expect(try await send("\(listing)/interval", ["interval": "soon"]).status == 422)
            let question = try await browser.get("\(path)/remove")
            #expect(question.words.contains("Remove “Lamp 2”?"))
            #expect(try await send("\(path)/remove", [:]).location == "/?notice=removed")
            #expect(try await browser.get(path).status == 404)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `check now waits for the worker and says how it ended`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let page = try await browser.get(path)
            let listing = try #require(page.text.firstMatch(of: #/action="([^"]+)\/check"/#)).1
            async let worker: Void = installation.work()
            let answer = try await browser.post("\(listing)/check", ["formToken": page.field("formToken") ?? ""])
            try await worker
            #expect(answer.location == "\(path)?notice=check-failed")
            let after = try await browser.get(try #require(answer.location))
            #expect(after.words.contains("Checked just now, but no price could be read."))
            #expect(after.words.contains("Unreachable. Nobody listens at shop.test."))
            // What was believed stays: one failed look is no news about the price.
            #expect(after.words.contains("€42.90"))
        }
    }

    @Test func `while a check runs the page says so and comes back by itself`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let id = try await installation.product()
            let actor = Actor(account: try await installation.account().id, rights: .write)
            let detail = try await installation.monitoring.watching.product(id, as: actor)
            let listing = try #require(detail.listings.first).listing.id
            _ = try await installation.monitoring.watching.checkNow(listing, as: actor)
            let waiting = try await browser.get("/products/\(id)?notice=checking")
            #expect(waiting.text.contains("<meta http-equiv=\"refresh\" content=\"3\">"))
            #expect(waiting.words.contains("The check is still running."))
            // A page that nobody waits at is not taken away under someone's fingers.
            #expect(!(try await browser.get("/products/\(id)").text.contains("http-equiv=\"refresh\"")))
            try await installation.work()
            let done = try await browser.get("/products/\(id)?notice=checking")
            #expect(!done.text.contains("http-equiv=\"refresh\""))
            #expect(done.words.contains("Checked just now"))
        }
    }

    @Test func `other people's products are not there`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let path = "/products/\(try await installation.product())"
            let other = try await installation.signedIn(as: "noor")
            #expect(try await other.get(path).status == 404)
            let token = try await other.get("/").field("formToken") ?? ""
            #expect(try await other.post("\(path)/remove", ["formToken": token]).status == 404)
        }
    }
}

import Hummingbird
import Monitoring
import Testing

@testable import Web

struct EntryTests {
    @Test func `a one-time link makes an account, signs it in and works once`() async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            let link = "/setup/\(try await installation.monitoring.accounts.invite().secret)"
            let page = try await browser.get(link)
            #expect(page.status == 200)
            let fields = ["visitorToken": page.field("visitorToken") ?? "", "name": "Mira", "password": "short"]
            let refused = try await browser.post(link, fields)
            #expect(refused.status == 422)
            #expect(refused.words.contains("The password must have 10 to 200 characters."))
            #expect(refused.text.contains("value=\"Mira\""))
            let accepted = try await browser.post(link, fields.merging(["password": "correct horse"]) { $1 })
            #expect(accepted.status == 303)
            #expect(accepted.location == "/")
            let products = try await browser.get("/")
            #expect(products.words.contains("What are you waiting to buy?"))
            #expect(PageRules.problems(in: products.text).isEmpty)
            #expect(try await browser.get(link).status == 404)
        }
    }

    @Test func `signing in leads to the page that was wanted, and signing out ends it`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let browser = Browser(try installation.server())
            let redirect = try await browser.get("/channels?notice=renamed")
            #expect(redirect.status == 303)
            let page = try await browser.get(try #require(redirect.location))
            let next = try #require(page.field("next"))
            #expect(next == "/channels?notice=renamed")
            let fields = ["visitorToken": page.field("visitorToken") ?? "", "name": "mira", "next": next]
            let wrong = try await browser.post("/sign-in", fields.merging(["password": "wrong"]) { $1 })
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("The name or the password is wrong."))
            let right = try await browser.post("/sign-in", fields.merging(["password": Installation.password]) { $1 })
            #expect(right.location == "/channels?notice=renamed")
            let channels = try await browser.get("/channels")
            #expect(channels.status == 200)
            let out = try await browser.post("/sign-out", ["formToken": channels.field("formToken") ?? ""])
            #expect(out.location == "/sign-in?notice=signed-out")
            #expect(browser.cookie("session") == nil)
            #expect(try await browser.get("/channels").status == 303)
        }
    }

    @Test func `signing in never leads to another site`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let browser = Browser(try installation.server())
            let page = try await browser.get("/sign-in?next=//evil.test")
            #expect(page.field("next") == "/")
            let fields = [
                "visitorToken": page.field("visitorToken") ?? "", "name": "mira", "password": Installation.password,
                "next": "https://evil.test/",
            ]
            #expect(try await browser.post("/sign-in", fields).location == "/")
        }
    }

    @Test func `too many wrong passwords are refused with the time to wait`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let browser = Browser(try installation.server())
            let token = try await browser.get("/sign-in").field("visitorToken") ?? ""
            let fields = ["visitorToken": token, "name": "mira", "password": "wrong"]
            for _ in 0..<10 { #expect(try await browser.post("/sign-in", fields).status == 422) }
            let refused = try await browser.post("/sign-in", fields)
            #expect(refused.status == 429)
            #expect(refused.headers[.retryAfterField] == "900")
            #expect(refused.words.contains("too many failed attempts"))
        }
    }

    @Test func `a sign-in form without the visitor's token is shown again`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let browser = Browser(try installation.server())
            let answer = try await browser.post("/sign-in", ["name": "mira", "password": Installation.password])
            #expect(answer.status == 403)
            #expect(browser.cookie("session") == nil)
        }
    }

    @Test func `behind TLS cookies are secure and bound to the host`() async throws {
        try await Installation.with(WebSettings(publicURL: "https://prices.test")) { installation in
            let browser = Browser(try installation.server())
            let page = try await browser.get("/sign-in")
            let cookie = try #require(page.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-visitor="))
            for part in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part)) }
            #expect(page.headers[.strictTransportSecurity] != nil)
        }
    }
}

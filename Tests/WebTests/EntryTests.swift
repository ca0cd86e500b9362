import Hummingbird
import Model
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

    @Test func `a person changes their password, which signs them out everywhere else`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let elsewhere = Browser(try installation.server())
            let entry = try await elsewhere.get("/sign-in")
            let known = ["name": "mira", "password": Installation.password]
            _ = try await elsewhere.post(
                "/sign-in",
                known.merging(["visitorToken": entry.field("visitorToken") ?? ""]) { $1 }
            )
            #expect(try await elsewhere.get("/account").status == 200)

            let page = try await browser.get("/account")
            #expect(PageRules.problems(in: page.text).isEmpty)
            let fields = ["formToken": page.field("formToken") ?? "", "current": "wrong", "password": "battery staple"]
            let wrong = try await browser.post("/account/password", fields)
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("This is not your password."))
            let mine = fields.merging(["current": Installation.password]) { $1 }
            let short = try await browser.post("/account/password", mine.merging(["password": "short"]) { $1 })
            #expect(short.words.contains("The password must have 10 to 200 characters."))
            #expect(try await elsewhere.get("/account").status == 200)

            #expect(
                try await browser.post("/account/password", mine).location == "/account?notice=password-changed"
            )
            #expect(try await browser.get("/account").status == 200)
            #expect(try await elsewhere.get("/account").status == 303)
            let again = try await elsewhere.get("/sign-in")
            let stale = known.merging(["visitorToken": again.field("visitorToken") ?? ""]) { $1 }
            #expect(try await elsewhere.post("/sign-in", stale).status == 422)
            let new = stale.merging(["password": "battery staple"]) { $1 }
            #expect(try await elsewhere.post("/sign-in", new).status == 303)
        }
    }

    @Test func `whoever is signed in guesses the password no more often than a stranger`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let token = try await browser.get("/account").field("formToken") ?? ""
            let fields = ["formToken": token, "current": "wrong", "password": "battery staple"]
            for _ in 1...10 { #expect(try await browser.post("/account/password", fields).status == 422) }
            let right = fields.merging(["current": Installation.password]) { $1 }
            let answer = try await browser.post("/account/password", right)
            #expect(answer.status == 429)
            #expect(answer.words.contains("There were too many failed attempts to sign in."))
        }
    }

    @Test func `a key for scripts is shown once, works, and is revoked by its owner alone`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let token = ["formToken": try await browser.get("/account").field("formToken") ?? ""]
            let fields = token.merging(["name": "home <assistant>", "rights": "read"]) { $1 }
            #expect(try await browser.post("/account/tokens", fields.merging(["name": ""]) { $1 }).status == 422)
            let made = try await browser.post("/account/tokens", fields)
            let secret = String(try #require(made.text.firstMatch(of: #/pma_[A-Za-z0-9_-]+/#)).0)
            let actor = try await installation.monitoring.accounts.actor(token: secret)
            #expect(actor == Actor(account: try await installation.account().id, rights: .read))
            let page = try await browser.get("/account")
            #expect(!page.text.contains(secret))
            #expect(page.words.contains("home &lt;assistant&gt; may read, made just now"))
            let revoke = String(try #require(page.text.firstMatch(of: #/action="([^"]+)\/revoke"/#)).1) + "/revoke"

            let stranger = try await installation.signedIn(as: "eve")
            let theirs = ["formToken": try await stranger.get("/account").field("formToken") ?? ""]
            #expect(try await stranger.post(revoke, theirs).status == 404)
            #expect(try await installation.monitoring.accounts.actor(token: secret) != nil)
            #expect(try await browser.post(revoke, token).location == "/account?notice=token-revoked")
            #expect(try await installation.monitoring.accounts.actor(token: secret) == nil)
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

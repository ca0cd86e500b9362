import Hummingbird
import Model
import Monitoring
import Operations
import TestSupport
import Testing

@testable import Web

/// The list of products, a page at a time, for people and programs.
@Suite(.timeLimit(.minutes(20)))
struct ProductListTests {
    private func fill(_ installation: Installation, _ count: Int) async throws -> Actor {
        let actor = Actor(account: try await installation.account().id, rights: .write)
        for number in 1...count {
            installation.clock.advance(by: .seconds(1))
            _ = try await installation.monitoring.watching.add(
                "https://shop.test/item-\(number)",
                name: "Lamp \(number)",
                target: nil,
                interval: nil,
                as: actor
            )
        }
        return actor
    }

    private func names(_ page: Browser.Answer) -> [String] {
        page.text.matches(of: #/<span class="product-name">([^<]+)</#).map { String($0.1) }
    }

    private func link(_ page: Browser.Answer, _ relation: String) -> String? {
        let links = page.text.matches(of: #/href="([^"]+)" rel="(next|prev)"/#)
        return links.first { $0.2 == relation }.map { String($0.1).replacing("&amp;", with: "&") }
    }

    @Test func `a person turns pages with links that keep what was asked for`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = try await fill(installation, 120)
            let first = try await browser.get("/?search=lamp&sort=name")
            #expect(names(first).count == 50)
            #expect(first.words.contains("1–50 of 120"))
            #expect(link(first, "prev") == nil)
            let next = try #require(link(first, "next"))
            #expect(next.hasPrefix("/?search=lamp&sort=name&cursor="))
            let second = try await browser.get(next)
            #expect(second.words.contains("51–100 of 120"))
            #expect(second.field("search") == nil)
            #expect(second.text.contains("value=\"lamp\""))
            let third = try await browser.get(try #require(link(second, "next")))
            #expect(third.words.contains("101–120 of 120"))
            #expect(link(third, "next") == nil)
            let all = names(first) + names(second) + names(third)
            #expect(Set(all).count == 120)
            #expect(all == all.sorted())
            let back = try await browser.get(try #require(link(third, "prev")))
            #expect(names(back) == names(second))
            #expect(back.words.contains("51–100 of 120"))
        }
    }

    @Test func `a short list shows nothing to search and turn with`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = try await fill(installation, 3)
            let page = try await browser.get("/")
            #expect(names(page) == ["Lamp 3", "Lamp 2", "Lamp 1"])
            #expect(!page.text.contains("role=\"search\""))
            #expect(!page.text.contains("aria-label=\"Pages of the list\""))
        }
    }

    @Test func `a search without a hit leads back to all`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = try await fill(installation, 2)
            let page = try await browser.get("/?search=%3Cscript%3E")
            #expect(page.words.contains("No product fits."))
            #expect(page.text.contains("href=\"/\">All products"))
            #expect(!page.text.contains("<script>"))
        }
    }

    @Test(arguments: ["/?cursor=nonsense", "/?sort=name&cursor=newest.f.1.01ab.5"])
    func `an address that was tampered with says so`(path: String) async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let page = try await browser.get(path)
            #expect(page.status == 422)
            #expect(page.words.contains("The cursor is none that this list gave"))
        }
    }

    @Test func `a program follows the links to the end and sees each product once`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            _ = try await fill(installation, 25)
            let token = try await installation.monitoring.accounts.createToken(
                account: "mira",
                name: "test",
                rights: .read
            )
            let browser = Browser(try installation.server())
            let headers: HTTPFields = [.authorization: "Bearer \(token.secret)"]
            var path: String? = "/api/v1/products?limit=10&search=item-"
            var sizes: [Int] = []
            var found: Set<String> = []
            while let address = path {
                let answer = try await browser.send(.get, address, headers, "")
                let list = try JSON(reading: answer.text)
                guard case .array(let products)? = list["products"] else { return #expect(Bool(false)) }
                sizes.append(products.count)
                for case .string(let id)? in products.map({ $0["id"] }) { found.insert(id) }
                #expect(list["count"] == 25)
                let link = answer.headers[.link]?.wholeMatch(of: #/<([^>]+)>; rel="next"/#).map { String($0.1) }
                #expect((link == nil) == (list["next"] == .null))
                path = link
            }
            #expect(sizes == [10, 10, 5])
            #expect(found.count == 25)
        }
    }

    @Test(
        arguments: [
            ("limit=0", "limit"), ("limit=many", "limit"), ("limit=201", "limit"), ("cursor=x", "cursor"),
            ("sort=price", "sort"), ("filter=none", "filter"),
            ("search=\(String(repeating: "a", count: 301))", "search"),
        ]
    )
    func `a wrong parameter is refused by name`(query: String, field: String) async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let answer = try await browser.get("/api/v1/products?\(query)")
            #expect(answer.status == 422)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(try JSON(reading: answer.text)["errors"]?.line.contains("\"field\":\"\(field)\"") == true)
        }
    }
}

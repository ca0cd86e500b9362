import Markup
import Model
import PluginAPI
import Testing

@testable import Extraction

/// How the reader works with plugins.
@Suite struct ScraperTests {
    private func answer(_ html: String, host: String = "by-site.example") -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: ["Content-Type": "text/html"],
            body: Array(html.utf8),
            url: "https://\(host)/x"
        )
    }

    private func read(_ html: String, host: String = "by-site.example", _ supplements: [HTTPResponse?] = []) throws
        -> Reading
    {
        let reader = PageReader(scrapers: [BySite(), BySignature()])
        return reader.read(
            answer(html, host: host),
            asked: try WebAddress("https://\(host)/x"),
            supplements: supplements
        )
    }

    @Test func `a plugin's candidates are weighed together with the page's own`() throws {
        let head = Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#)
        let alone = try read(Shop.lamp("", head: head), host: "other.example")
        let both = try read(Shop.lamp("", head: head))
        #expect(both.price?.description == "5.00 EUR")
        #expect(both.confidence > alone.confidence)
        #expect(both.evidence.contains { $0.strategy == "by-site" })
    }

    @Test func `a site is known with and without www, and comes before a signature`() throws {
        let reading = try read(Shop.lamp("<i id=signature></i>"), host: "www.by-site.example")
        #expect(reading.evidence.contains { $0.strategy == "by-site" })
        #expect(!reading.evidence.contains { $0.strategy == "by-signature" })
    }

    @Test func `a page is known by its signature, and what the plugin needs is asked for`() throws {
        let reader = PageReader(scrapers: [BySite(), BySignature()])
        let page = answer(Shop.lamp("<i id=signature></i>"), host: "any.example")
        let look = reader.look(at: page, asked: try WebAddress("https://any.example/x"))
        guard case .needs(let requests) = look else {
            Issue.record("It must ask first.")
            return
        }
        #expect(requests.map(\.url) == ["https://any.example/1", "https://any.example/2", "https://any.example/3"])
        let supplement = HTTPResponse(status: 200, url: "https://any.example/1")
        let reading = reader.read(
            page,
            asked: try WebAddress("https://any.example/x"),
            supplements: [supplement, nil, nil]
        )
        #expect(reading.title == "1 of 3")
        // Read offline, none came.
        #expect(try read(Shop.lamp("<i id=signature></i>"), host: "any.example").title == "0 of 3")
    }

    @Test(arguments: [("captcha", Outcome.captcha), ("blocked", .blocked)])
    func `a plugin may say that the shop refused`(id: String, expected: Outcome) throws {
        let reading = try read(Shop.lamp("<i id=\(id)></i><p class=price>5,00 €</p>"))
        #expect(reading.outcome == expected)
        #expect(reading.note != nil)
    }

    /// Cards of other products make such a page look like a list of them.
    @Test(arguments: [("denial", Outcome.noPrice, "sold by others"), ("ended", .outOfStock, "cannot be bought")])
    func `where a plugin says that no price here is the product's, none that stands on the page counts`(
        id: String,
        expected: Outcome,
        note: String
    ) throws {
        let cards = (1...6).map { "<div class=card><a href=/\($0)>Chair \($0)</a><p class=price>\($0),50 €</p></div>" }
        for html in ["<p class=price>5,00 €</p>", cards.joined()] {
            let reading = try read(Shop.lamp("<i id=\(id)></i>\(html)"))
            #expect(reading.outcome == expected)
            #expect(reading.price == nil)
            #expect(reading.note?.contains(note) == true)
        }
        #expect(try read(Shop.lamp("<p class=price>5,00 €</p>"), host: "other.example").price != nil)
    }

    @Test func `a plugin that is sure comes before what others agree on`() throws {
        let head = Shop.product(#"{"price":"7","priceCurrency":"EUR"}"#)
        let body = "<p class=price>7,00 €</p><button>In den Warenkorb</button>"
        #expect(try read(Shop.lamp(body, head: head)).price?.description != "5.00 EUR")
        #expect(try read(Shop.lamp("<i id=sure></i>\(body)", head: head)).price?.description == "5.00 EUR")
    }

    @Test func `a changed layout leaves the page's own data, and says so`() throws {
        let reading = try read(
            Shop.lamp("<i id=changed></i>", head: Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#))
        )
        #expect(reading.price?.description == "5.00 EUR")
        #expect(reading.note?.contains("the price tag") == true)
        #expect(reading.note?.contains("by-site") == true)
    }

    @Test func `without a plugin for it a page is read at once`() throws {
        let reader = PageReader(scrapers: [BySignature()])
        let look = reader.look(at: answer(Shop.lamp("")), asked: try WebAddress("https://by-site.example/x"))
        guard case .done = look else {
            Issue.record("Nothing has to be asked for.")
            return
        }
    }
}

/// Says 5 EUR for every page of its site, or what an element of the page tells it to say.
private struct BySite: SiteScraper {
    static let id: PluginID = "by-site"
    static let title = "By site"
    static let summary = "For tests."
    static let sites: Set<String> = ["by-site.example"]

    init() {}
    init(_ setup: PluginSetup) throws(SetupError) {}

    func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        if page.document.contains("captcha") { throw .captcha }
        if page.document.contains("blocked") { throw .blocked }
        if page.document.contains("changed") { throw .layoutChanged(missing: "the price tag") }
        guard let currency = Currency(code: "EUR") else { return [] }
        if page.document.contains("denial") {
            let none = Candidate.Value.ambiguousPrice(why: "It is only sold by others.", readings: [])
            return [Candidate(none, strategy: "by-site", path: "p", text: "", confidence: 0.9)]
        }
        if page.document.contains("ended") {
            return [Candidate(.availability(.outOfStock), strategy: "by-site", path: "p", text: "", confidence: 0.95)]
        }
        let price = Candidate.Value.price(Money(minor: 500, currency: currency))
        let confidence = page.document.contains("sure") ? 0.9 : 0.8
        return [Candidate(price, strategy: "by-site", path: "p", text: "5", confidence: confidence)]
    }
}

/// Asks for more than it may and says how many answers came.
private struct BySignature: SiteScraper {
    static let id: PluginID = "by-signature"
    static let title = "By signature"
    static let summary = "For tests."

    init() {}
    init(_ setup: PluginSetup) throws(SetupError) {}

    static func recognises(_ page: Page) -> Bool { page.document.contains("signature") }

    func supplements(to page: Page) -> [HTTPRequest] {
        (1...4).map { HTTPRequest(url: "https://\(page.address.host)/\($0)") }
    }

    func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        let text = "\(supplements.count { $0 != nil }) of \(supplements.count)"
        return [Candidate(.title(text), strategy: "by-signature", path: "p", text: text, confidence: 1)]
    }
}

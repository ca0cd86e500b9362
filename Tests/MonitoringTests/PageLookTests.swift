import Extraction
import Model
import Monitoring
import PluginAPI
import Synchronization
import Testing

@Suite struct PageLookTests {
    private static let page = Array("<title>Lamp</title><h1>Lamp</h1><p class=price>EUR 19.99</p>".utf8)

    /// What the second look at a page gives, when the first one saw `page` at the asked address as HTML.
    private func second(
        body: [UInt8] = page,
        url: String = "https://shop.test/lamp",
        type: String = "text/html",
        etag: String? = nil,
        program: String = "1"
    ) async throws -> (first: Looked, second: Looked) {
        let address = try WebAddress("https://shop.test/lamp")
        let first = try await PageLook(
            reader: PageReader(scrapers: []),
            door: PageDoor(exchange: { request in
                HTTPResponse(status: 200, headers: ["Content-Type": "text/html"], body: Self.page, url: request.url)
            }),
            program: "1"
        ).look(at: address)
        let second = try await PageLook(
            reader: PageReader(scrapers: []),
            door: PageDoor(exchange: { _ in
                var headers: HTTPHeaders = ["Content-Type": type]
                headers["ETag"] = etag
                return HTTPResponse(status: 200, headers: headers, body: body, url: url)
            }),
            program: program
        ).look(at: address, validators: first.validators)
        return (first, second)
    }

    @Test func `the same bytes are not read again, and are known again the time after`() async throws {
        let (first, second) = try await second(etag: "\"2\"")
        #expect(first.reading.outcome == .ok)
        #expect(first.validators.digest?.utf8.count == 64)
        #expect(second.reading.outcome == .unchanged)
        #expect(second.status == 200)
        #expect(second.validators == Listing.Validators(etag: "\"2\"", digest: first.validators.digest))
    }

    @Test func `one other byte is another page`() async throws {
        var body = Self.page
        body[body.count - 5] = UInt8(ascii: "8")
        let looked = try await second(body: body)
        #expect(looked.second.reading.outcome == .ok)
        #expect(looked.second.reading.price?.minor == 1998)
        #expect(looked.second.validators.digest != looked.first.validators.digest)
    }

    @Test func `a page in which only a token is another is not read again, and one with another price is`() async throws
    {
        func page(_ token: String, _ price: String) -> [UInt8] {
            Array("<meta name=csrf-token content=\(token)><h1>Lamp</h1><p class=price>EUR \(price)</p>".utf8)
        }
        let first = try await second(body: page("a", "19.99")).second
        #expect(first.reading.outcome == .ok)
        for (answer, outcome) in [(page("b", "19.99"), Outcome.unchanged), (page("b", "18.99"), .ok)] {
            let look = PageLook(
                reader: PageReader(scrapers: []),
                door: PageDoor(exchange: {
                    HTTPResponse(status: 200, headers: ["Content-Type": "text/html"], body: answer, url: $0.url)
                }),
                program: "1"
            )
            let next = try await look.look(at: try WebAddress("https://shop.test/lamp"), validators: first.validators)
            #expect(next.reading.outcome == outcome)
        }
    }

    @Test func `the same bytes from another address, as another type or for another program are read again`()
        async throws
    {
        #expect(try await second(url: "https://shop.test/lamp?color=red").second.reading.outcome == .ok)
        #expect(try await second(type: "text/html; charset=gbk").second.reading.outcome == .ok)
        #expect(try await second(program: "2").second.reading.outcome == .ok)
    }

    @Test func `a page with nothing to believe is read each time`() async throws {
        let look = PageLook(
            reader: PageReader(scrapers: []),
            door: PageDoor(exchange: { HTTPResponse(status: 200, body: Array("<h1>Lamp</h1>".utf8), url: $0.url) }),
            program: "1"
        )
        let looked = try await look.look(at: try WebAddress("https://shop.test/lamp"))
        #expect(!looked.reading.outcome.isReading)
        #expect(looked.validators == Listing.Validators())
    }

    @Test func `a page whose plugin fetches more beside it is read each time, for its price may stand there`()
        async throws
    {
        let price = Mutex("19.99")
        let look = PageLook(
            reader: PageReader(scrapers: [Beside()]),
            door: PageDoor(exchange: { request in
                let body = request.url == Beside.data ? price.withLock { $0 } : "<h1>Lamp</h1>"
                return HTTPResponse(status: 200, headers: ["ETag": "\"1\""], body: Array(body.utf8), url: request.url)
            }),
            program: "1"
        )
        let address = try WebAddress("https://beside.test/lamp")
        let first = try await look.look(at: address)
        price.withLock { $0 = "14.99" }
        let second = try await look.look(at: address, validators: first.validators)
        #expect(first.validators == Listing.Validators())
        #expect([first, second].map(\.reading.price?.minor) == [1999, 1499])
    }
}

/// A shop whose pages hold no price: it stands in a file beside them.
private struct Beside: SiteScraper {
    static let id: PluginID = "beside"
    static let title = "Beside"
    static let summary = "Reads the price from a file beside the page."
    static let sites: Set<String> = ["beside.test"]
    static let data = "https://beside.test/price.txt"

    init() {}
    init(_ setup: PluginSetup) throws(SetupError) {}

    func supplements(to page: Page) -> [HTTPRequest] { [HTTPRequest(url: Self.data)] }

    func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate] {
        guard let text = supplements.first.flatMap(\.self).map({ String(decoding: $0.body, as: UTF8.self) }),
            let currency = Currency(code: "USD"), let money = Money(decimal: text, currency: currency)
        else { throw .layoutChanged(missing: "the price") }
        return [Candidate(.price(money), strategy: Self.id.text, path: "$", text: text, confidence: 0.9)]
    }
}

import Markup
import Model
import PluginAPI

extension PluginContract {
    /// Every fixture reads to its `expected.json`, and there is one that gives a price.
    package func fixtureFaults() throws -> [String] {
        guard let scraper = try scraper() else { return [] }
        let cases = ScraperFixture.all(in: fixtures ?? "")
        var faults: [String] = []
        var havePrice = false
        for fixture in cases {
            let reading = try fixture.reading(by: scraper)
            havePrice = havePrice || reading.contains("\"price ")
            let golden = GoldenFile(path: "\(fixture.folder)/expected.json")
            if let difference = try golden.difference(from: reading) { faults.append(difference) }
        }
        if !havePrice { faults.append("No fixture in \(fixtures ?? "its folder") gives a price.") }
        return faults
    }

    /// No page makes it crash or say what the judge cannot use: empty, cut, broken and foreign ones.
    package func garbageFaults() throws -> [String] {
        guard let scraper = try scraper() else { return [] }
        var faults: [String] = []
        for html in try Self.garbage + cutFixtures() {
            let page = Page(address: try WebAddress("https://shop.example/lamp"), document: Document(html: html))
            _ = type(of: scraper).recognises(page)
            let requests = scraper.supplements(to: page)
            if requests.count > 3 { faults.append("It asks for \(requests.count) supplements, more than 3.") }
            for answers in Self.answers(to: requests) {
                // An error is a fine answer to such a page; a crash is not.
                let candidates = (try? scraper.read(page, supplements: answers)) ?? []
                faults += candidates.flatMap(Self.faults)
            }
        }
        return faults
    }

    /// It says what its sites are in the form that the registry looks up.
    package func siteFaults() -> [String] {
        guard let scraper = plugin as? any SiteScraper.Type else { return [] }
        return scraper.sites.sorted().compactMap { site in
            let address = try? WebAddress("https://\(site)/")
            return address?.site == site ? nil : "The site “\(site)” is not a lower-case host name without “www.”."
        }
    }

    private func scraper() throws -> (any SiteScraper)? {
        guard let kind = plugin as? any SiteScraper.Type else { return nil }
        return try kind.init(try PluginSetup(of: kind, examples))
    }

    /// Pages and answers that shops send when something is wrong.
    private static let garbage = [
        "", " ", "<", "\u{0}\u{fffd}", "{\"product\":null}", "<html><body>Not found</body></html>",
        String(repeating: "<div>", count: 5_000),
        "<script type=\"application/ld+json\">{\"@type\":\"Product\",\"offers\":[{\"price\":\"\"},null,[]]}</script>",
        "<meta property=\"og:price:amount\" content=\"\"><meta itemprop=\"price\"><title></title>",
    ]

    /// Every fixture's page cut off at a quarter, a half and three quarters.
    private func cutFixtures() throws -> [String] {
        try ScraperFixture.all(in: fixtures ?? "").flatMap { fixture in
            let html = try fixture.html()
            return [1, 2, 3].map { String(html.prefix(html.count * $0 / 4)) }
        }
    }

    /// None at all, too few, nothing, and bodies of every wrong shape.
    private static func answers(to requests: [HTTPRequest]) -> [[HTTPResponse?]] {
        let bodies = [
            "", "null", "[]", "{", "<html>", "{\"product\":[]}", "{\"price\":-1,\"variants\":[{\"price\":\"x\"}]}",
        ]
        let wrong = bodies.map { body in
            requests.map { HTTPResponse(status: 200, body: Array(body.utf8), url: $0.url) as HTTPResponse? }
        }
        return [[], requests.map { _ in nil }] + wrong
    }

    private static func faults(of candidate: Candidate) -> [String] {
        var faults: [String] = []
        if !(0...1).contains(candidate.confidence) { faults.append("\(candidate) is not trusted by 0 to 1.") }
        if candidate.strategy.isEmpty || candidate.path.isEmpty {
            faults.append("\(candidate) does not say where it stood.")
        }
        if case .title(let text) = candidate.value, text.isEmpty || text.contains(where: \.isNewline) {
            faults.append("\(candidate) is not one line.")
        }
        return faults
    }
}

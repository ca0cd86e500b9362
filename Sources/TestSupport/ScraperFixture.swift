import FoundationEssentials
import Markup
import Model
package import PluginAPI

/// A page of our own making in a shop's markup, and what its scraper must read from it.
///
/// A folder with `page.html`, the answers to what the scraper asks for as `supplement-0.json`, `supplement-1.json` …
/// (one that is missing did not come), and `expected.json`.
package struct ScraperFixture: Sendable, CustomStringConvertible {
    /// The folder.
    package let folder: String

    /// A fixture in this folder, whether or not there is one yet.
    package init(folder: String) {
        self.folder = folder
    }

    /// The folder's name.
    package var description: String { folder.split(separator: "/").last.map(String.init) ?? folder }

    /// Every folder in `fixtures` that holds a page.
    package static func all(in fixtures: String) -> [ScraperFixture] {
        TextFile.names(in: fixtures).map { ScraperFixture(folder: "\(fixtures)/\($0)") }.filter { fixture in
            TextFile.names(in: fixture.folder).contains("page.html")
        }
    }

    /// The text of the page.
    package func html() throws -> String { try TextFile.read("\(folder)/page.html") }

    /// What `scraper` makes of the page, as `expected.json` says it: indented JSON.
    ///
    /// `url` is the page's address: of `expected.json` where there is one, else the page's canonical link.
    package func reading(by scraper: any SiteScraper) throws -> String {
        let page = try page()
        let requests = scraper.supplements(to: page)
        let answers = requests.enumerated().map { index, request in
            // A supplement that is not there did not come.
            (try? TextFile.read("\(folder)/supplement-\(index).json")).map { text in
                HTTPResponse(
                    status: 200,
                    headers: ["Content-Type": "application/json"],
                    body: Array(text.utf8),
                    url: request.url
                )
            }
        }
        var reading = Expected(
            url: page.address.text,
            recognised: type(of: scraper).recognises(page),
            supplements: requests.isEmpty ? nil : requests.map(\.url)
        )
        do {
            reading.candidates = try scraper.read(page, supplements: answers).map(Expected.Candidate.init)
        } catch {
            reading.error = "\(error)"
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(reading), as: UTF8.self) + "\n"
    }

    /// The page, parsed.
    package func page() throws -> Page {
        let document = Document(html: try html())
        let canonical = try document.first("link[rel=canonical]")?["href"]
        let address = try? JSONDecoder().decode(Address.self, from: Data(TextFile.read("\(folder)/expected.json").utf8))
        return Page(address: try WebAddress(address?.url ?? canonical ?? "https://shop.example/"), document: document)
    }

    private struct Address: Decodable { let url: String }
}

/// The shape of `expected.json`.
private struct Expected: Encodable {
    let url: String
    let recognised: Bool
    /// The addresses that the scraper asks for, if any.
    let supplements: [String]?
    var candidates: [Candidate] = []
    /// Why the scraper read nothing.
    var error: String?

    struct Candidate: Encodable {
        let value: String
        let strategy: String
        let path: String
        let text: String
        let confidence: Double

        init(_ candidate: PluginAPI.Candidate) {
            value =
                switch candidate.value {
                case .price(let money): "price \(money)"
                case .listPrice(let money): "listPrice \(money)"
                case .shipping(let money): "shipping \(money)"
                case .ambiguousPrice(let why, let readings): "ambiguousPrice \(readings): \(why)"
                case .availability(let availability): "availability \(availability.rawValue)"
                case .title(let text): "title \(text)"
                case .image(let text): "image \(text)"
                case .seller(let text): "seller \(text)"
                }
            strategy = candidate.strategy
            path = candidate.path
            text = candidate.text
            confidence = candidate.confidence
        }
    }
}

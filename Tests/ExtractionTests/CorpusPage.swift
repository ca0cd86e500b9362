import FoundationEssentials
import Markup
import Model
import Subprocess
import SystemPackage

@testable import Extraction

/// One page of the corpus with what is known about it.
struct CorpusPage {
    let row: JSONValue
    let body: [UInt8]

    static func all(in corpus: String) async throws -> [CorpusPage] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID().uuidString)")
        // Left behind at worst.
        defer { try? FileManager.default.removeItem(at: folder) }
        // The corpus' own script unpacks it.
        _ = try await Subprocess.run(
            .path(FilePath("\(corpus)/score-pages")),
            arguments: ["--list", folder.path],
            output: .discarded,
            error: .discarded
        )
        let index = try String(decoding: Data(contentsOf: URL(filePath: "\(corpus)/pages.jsonl")), as: UTF8.self)
        return try JSONParser.values(index).compactMap { row in
            guard let file = row["file"]?.text else { return nil }
            return CorpusPage(row: row, body: [UInt8](try Data(contentsOf: folder.appending(path: file))))
        }
    }

    /// Pages whose address is not known have one of no shop.
    var url: String { row["url"]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? "https://page.invalid/" }

    /// The same address at a shop of no name, under the same top-level domain.
    var anonymousURL: String {
        guard let address = try? WebAddress(url) else { return url }
        let domain = Survey.topLevelDomain(of: address.host) ?? "invalid"
        return "https://shop-test.\(domain)\(address.target)"
    }

    /// As the shop's header said it.
    var contentType: String { row["http_charset"]?.text.map { "text/html; charset=\($0)" } ?? "text/html" }

    func read(at url: String) -> Reading {
        var headers = HTTPHeaders()
        headers["Content-Type"] = contentType
        guard let asked = try? WebAddress(url) else { return Reading(outcome: .noPrice) }
        let answer = HTTPResponse(status: 200, headers: headers, body: body, url: url)
        return PageReader(scrapers: []).read(answer, asked: asked, supplements: [])
    }
}

/// How many pages were read right.
struct CorpusScore: CustomStringConvertible {
    private(set) var priced = 0
    private(set) var right = 0
    private(set) var falsePrices = 0
    private(set) var confidentWrong = 0
    private(set) var pages = 0
    private(set) var outcomesRight = 0

    private static let outcomes: [String: Set<Outcome>] = [
        "product": [.ok, .outOfStock], "no_price": [.noPrice, .outOfStock, .ambiguous], "listing": [.listing],
        "not_product": [.notAProduct, .noPrice], "blocked": [.blocked, .captcha], "js_shell": [.needsBrowser],
    ]

    mutating func add(_ page: CorpusPage, _ reading: Reading) {
        let kind = page.row["kind"]?.text ?? ""
        pages += 1
        if Self.outcomes[kind]?.contains(reading.outcome) == true { outcomesRight += 1 }
        if kind != "product" {
            guard reading.price != nil else { return }
            falsePrices += 1
            if reading.confidence >= 0.8 { confidentWrong += 1 }
        } else if let price = page.row["price"]?.text {
            priced += 1
            let accepted = page.row["accept_prices"]?.list.compactMap(\.text) ?? []
            let codes = page.row["accept_currencies"]?.list.compactMap(\.text) ?? []
            let wanted = accepted.isEmpty ? [price] : accepted
            let wantedCodes = codes.isEmpty ? [page.row["currency"]?.text ?? ""] : codes
            guard let found = reading.price else { return }
            let isAmount = wanted.contains { Money(decimal: $0, currency: found.currency) == found }
            let isCurrency = page.row["currency_unscored"]?.bool == true || wantedCodes.contains(found.currency.code)
            if isAmount, isCurrency { right += 1 } else if reading.confidence >= 0.8 { confidentWrong += 1 }
        }
    }

    /// In percent.
    var rightShare: Double { 100 * Double(right) / Double(max(1, priced)) }
    /// In percent.
    var outcomeShare: Double { 100 * Double(outcomesRight) / Double(max(1, pages)) }

    var description: String {
        "\(right) of \(priced) prices right, \(falsePrices) false, \(confidentWrong) confident and wrong, "
            + "\(outcomesRight) of \(pages) outcomes right"
    }
}

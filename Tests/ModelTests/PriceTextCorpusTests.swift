import FoundationEssentials
import Model
import Testing

/// The shares of real price texts that are read right and wrong, by the rules of the corpus' own scorer.
struct PriceTextCorpusTests {
    // The corpus is not part of the repository: it is other people's content. Without it there is nothing to measure.
    @Test(.enabled(if: Corpus.isThere, "Set SHARED_FOLDER to the folder that holds corpus/price-texts.jsonl."))
    func `reads nearly all texts of the corpus right`() throws {
        let cases = try Corpus.cases()
        try #require(cases.count > 100)
        var right = 0
        var wrongAmounts: [String] = []
        for text in cases {
            switch PriceText.read(text.input, in: text.context) {
            case .ambiguous:
                if text.acceptAmbiguous == true { right += 1 }
            case .money(let money):
                right += text.agrees(money.decimal, money.currency.code) ? 1 : 0
                if !text.hasAmount(money.decimal) { wrongAmounts.append(text.input) }
            case .amount(let amount):
                right += text.agrees(amount, nil) ? 1 : 0
                if !text.hasAmount(amount) { wrongAmounts.append(text.input) }
            case .none:
                right += text.amount == nil ? 1 : 0
                if text.amount != nil { wrongAmounts.append(text.input) }
            }
        }
        // Measured on 2026-11-24: 98.7 % right, 0.4 % wrong amounts.
        #expect(right * 1000 >= cases.count * 985, "Only \(right) of \(cases.count) texts were read right.")
        #expect(wrongAmounts.count * 1000 <= cases.count * 5, "Wrong amounts: \(wrongAmounts)")
    }
}

private enum Corpus {
    struct Text: Decodable {
        let input: String
        let currencyHint: String?
        let locale: String?
        let defaultCurrency: String?
        let amount: String?
        let currency: String?
        let acceptAmbiguous: Bool?

        var context: PriceText.Context {
            PriceText.Context(
                currencyHint: currencyHint,
                locale: locale,
                defaultCurrency: defaultCurrency.flatMap { Currency(code: $0) }
            )
        }

        func hasAmount(_ found: String) -> Bool {
            guard let amount else { return false }
            return Decimal(string: amount) == Decimal(string: found)
        }

        /// Where the text leaves the currency open, the index names none and any answer is right.
        func agrees(_ found: String, _ code: String?) -> Bool {
            hasAmount(found) && (currency == nil || currency == code)
        }
    }

    static var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    static func cases() throws -> [Text] {
        let lines = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(Text.self, from: Data($0.utf8)) }
    }

    /// Beside the checkout unless the environment says where.
    private static var path: String {
        let checkout = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let shared = ProcessInfo.processInfo.environment["SHARED_FOLDER"] ?? "/\(checkout)/../shared"
        return "\(shared)/corpus/price-texts.jsonl"
    }
}

import Model
import Monitoring
import Operations

/// Readings as JSON, in the shape that scripts rely on: every member is always there, `null` where nothing is known.
enum ReadingLine {
    /// One line of `host extract`.
    static func extracted(_ reading: Reading, file: String) -> JSON {
        .object([.init("file", .string(file))] + members(of: reading))
    }

    /// A line of `host extract` for a page that could not be read at all; `problem` is a sentence.
    static func failed(file: String?, problem: String) -> JSON {
        .object([
            .init("file", JSON(file)), .init("outcome", .null), .init("price", .null),
            .init("error", .string(problem)),
        ])
    }

    /// What `host check --json` prints.
    static func checked(_ looked: Looked, url: String) -> JSON {
        .object(
            [
                .init("url", .string(url)),
                .init("finalUrl", .string(looked.finalURL)),
                .init("status", looked.status.map(JSON.integer) ?? .null),
                .init("milliseconds", .integer(looked.took.wholeMilliseconds)),
            ] + members(of: looked.reading) + [.init("evidence", .array(looked.reading.evidence.map(evidence)))]
        )
    }

    private static func members(of reading: Reading) -> [JSON.Member] {
        let hasPrice = reading.outcome == .ok || reading.outcome == .outOfStock
        return [
            .init("outcome", .string(reading.outcome.rawValue)),
            .init("title", JSON(reading.title)),
            .init("price", hasPrice ? money(reading.price, reading.priceText) : .null),
            .init("listPrice", money(reading.listPrice, reading.listPriceText)),
            .init("availability", .string(reading.availability.rawValue)),
            .init("image", JSON(reading.image)),
            .init("strategy", JSON(reading.strategy)),
            .init("confidence", .number(rounded(reading.confidence))),
        ]
    }

    private static func money(_ money: Money?, _ text: String?) -> JSON {
        guard let money else { return .null }
        return .object([
            .init("minor", .integer(money.minor)),
            .init("currency", .string(money.currency.code)),
            .init("text", .string(text ?? money.description)),
        ])
    }

    private static func evidence(_ evidence: Evidence) -> JSON {
        .object([
            .init("field", .string(evidence.field.rawValue)),
            .init("strategy", .string(evidence.strategy)),
            .init("path", .string(evidence.path)),
            .init("text", .string(evidence.text)),
            .init("value", JSON(evidence.value)),
            .init("confidence", .number(rounded(evidence.confidence))),
        ])
    }

    /// To three places: more would claim a precision that nobody has.
    private static func rounded(_ confidence: Double) -> Double { (confidence * 1000).rounded() / 1000 }
}

import FoundationEssentials
import Model
import PluginAPI

/// The body of a webhook.
///
/// Its shape is documented in the plugin's README; a change that a receiver could stumble over raises `version`.
struct Payload: Encodable {
    private static let version = 1
    private let message: Message

    init(_ message: Message) {
        self.message = message
    }

    /// Keys in alphabetical order, every key always there: the same message gives the same bytes.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    private enum Key: String, CodingKey {
        case version, kind, reasons, idempotencyKey, subject, text, why, link, product, failure, report, created
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(message.kind.rawValue, forKey: .kind)
        try container.encode(message.reasons.map(\.rawValue), forKey: .reasons)
        try container.encode(message.idempotencyKey, forKey: .idempotencyKey)
        try container.encode(message.subject, forKey: .subject)
        try container.encode(message.lines.joined(separator: "\n"), forKey: .text)
        try container.encode(message.why, forKey: .why)
        try container.encode(message.link, forKey: .link)
        try container.encode(message.product.map(ProductPart.init), forKey: .product)
        try container.encode(message.failure.map(FailurePart.init), forKey: .failure)
        try container.encode(message.report.map(ReportPart.init), forKey: .report)
        try container.encode(message.created.iso8601, forKey: .created)
    }
}

private struct ProductPart: Encodable {
    let product: Message.Product

    private enum Key: String, CodingKey {
        case title, url, site, image, price, previous, target, read, evidence
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(product.title, forKey: .title)
        try container.encode(product.url, forKey: .url)
        try container.encode(product.site, forKey: .site)
        try container.encode(product.image, forKey: .image)
        try container.encode(MoneyPart(product.price), forKey: .price)
        try container.encode(product.previous.map(MoneyPart.init), forKey: .previous)
        try container.encode(product.target.map(MoneyPart.init), forKey: .target)
        try container.encode(product.read?.iso8601, forKey: .read)
        try container.encode(product.evidence, forKey: .evidence)
    }
}

private struct FailurePart: Encodable {
    let failure: Message.Failure

    private enum Key: String, CodingKey {
        case site, outcome, since, failing, watched, listings
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(failure.site, forKey: .site)
        try container.encode(failure.outcome, forKey: .outcome)
        try container.encode(failure.since.iso8601, forKey: .since)
        try container.encode(failure.failing, forKey: .failing)
        try container.encode(failure.watched, forKey: .watched)
        try container.encode(failure.listings.map(ListingPart.init), forKey: .listings)
    }
}

private struct ListingPart: Encodable {
    let listing: Message.Failure.Listing

    private enum Key: String, CodingKey {
        case title, url, price, priceRead
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(listing.title, forKey: .title)
        try container.encode(listing.url, forKey: .url)
        try container.encode(listing.price.map(MoneyPart.init), forKey: .price)
        try container.encode(listing.priceRead?.iso8601, forKey: .priceRead)
    }
}

struct MoneyPart: Encodable {
    let minor: Int
    let currency: String
    let text: String

    init(_ money: Money) {
        minor = money.minor
        currency = money.currency.code
        text = money.displayText
    }
}

import Model
import PluginAPI

/// The body of a post: a line that the notification shows, and an embed with the rest.
///
/// Lengths are counted in UTF-16 code units, which are never fewer than what Discord counts.
/// <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>
struct WebhookPost: Encodable {
    private let content: String
    private let embeds: [Embed]
    private let mentions = Mentions()

    private enum CodingKeys: String, CodingKey {
        case content, embeds
        case mentions = "allowed_mentions"
    }

    init(_ message: Message) {
        let text = ChatText(message)
        let measure = TextMeasure.utf16
        content = measure.cut(text.title, to: 2000, written: Self.escaped)
        // All parts of the embed together must not be longer than 6000.
        let link = text.monitor.flatMap { $0.address.utf8.count <= 1000 ? $0 : nil }
        let masked = link.map { "[\($0.text)](\($0.address.replacing("(", with: "%28").replacing(")", with: "%29")))" }
        let sentences = measure.fit(text.lines, to: 2600, written: Self.escaped)
        let product = message.product
        let embed = Embed(
            title: product.map { measure.cut(OneLine.text($0.title), to: 256, written: Self.escaped) }?.nonEmpty,
            url: text.shop.flatMap { $0.address.utf8.count <= 2000 ? $0.address : nil },
            description: [sentences, masked ?? ""].filter { !$0.isEmpty }.joined(separator: "\n\n").nonEmpty,
            thumbnail: text.picture.flatMap { $0.utf8.count <= 2000 ? Embed.Picture(url: $0) : nil },
            fields: product.map(Self.fields) ?? [],
            footer: measure.fit(text.notes, to: 1500).nonEmpty.map { Embed.Footer(text: $0) }
        )
        embeds = embed.isEmpty ? [] : [embed]
    }

    private static func fields(of product: Message.Product) -> [Embed.Field] {
        let prices = [("Now", product.price), ("Before", product.previous), ("Target", product.target)]
        return prices.compactMap { name, price in
            price.map { Embed.Field(name: name, value: $0.displayText, inline: true) }
        }
    }

    /// What Discord's Markdown gives a meaning to, each behind a backslash; what pings people is off besides.
    /// <https://docs.discord.com/developers/reference#message-formatting>
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if "\\*_~`|<>[]()#-@".unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }

    /// Nobody is pinged, whatever a product is called.
    /// <https://docs.discord.com/developers/resources/message#allowed-mentions-object>
    private struct Mentions: Encodable {
        let parse: [String] = []
    }
}

/// An embed. <https://docs.discord.com/developers/resources/message#embed-object>
private struct Embed: Encodable {
    let title: String?
    let url: String?
    let description: String?
    let thumbnail: Picture?
    let fields: [Field]
    let footer: Footer?

    var isEmpty: Bool { title == nil && description == nil && fields.isEmpty && footer == nil }

    struct Picture: Encodable {
        let url: String
    }

    struct Field: Encodable {
        let name: String
        let value: String
        let inline: Bool
    }

    struct Footer: Encodable {
        let text: String
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

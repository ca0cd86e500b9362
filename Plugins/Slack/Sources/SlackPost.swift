import Model
import PluginAPI

/// The body of a post.
///
/// What shops write stands in `plain_text` objects alone, in which nothing but the three escaped characters has a
/// meaning. Lengths are counted in UTF-16 code units of the escaped text, which are never fewer than what Slack counts.
/// <https://docs.slack.dev/reference/block-kit/blocks>
struct SlackPost: Encodable {
    /// What a notification shows.
    private let text: String
    private let blocks: [Block]

    init(_ message: Message, showsPicture: Bool) {
        let content = ChatText(message)
        let measure = TextMeasure.utf16
        text = measure.cut(content.title, to: 1000, written: Self.escaped)
        var blocks = [Block(type: "header", text: .plain(measure.cut(content.title, to: 150, written: Self.escaped)))]
        let lines = measure.fit(content.lines, to: 3000, written: Self.escaped)
        let picture = showsPicture ? content.picture.flatMap { $0.utf8.count <= 3000 ? $0 : nil } : nil
        if !lines.isEmpty {
            blocks.append(
                Block(
                    type: "section",
                    text: .plain(lines),
                    accessory: picture.map { Picture(address: $0, name: Self.name(of: message)) }
                )
            )
        }
        let links = [content.shop, content.monitor].compactMap { $0 }.filter { $0.address.utf8.count <= 1000 }
        if !links.isEmpty {
            let line = links.map { "<\(Self.escaped($0.address))|\(Self.escaped($0.text))>" }.joined(separator: "  ·  ")
            blocks.append(Block(type: "section", text: .markdown(line)))
        }
        let notes = content.notes.map { Text.plain(measure.cut($0, to: 2000, written: Self.escaped)) }
        if !notes.isEmpty { blocks.append(Block(type: "context", elements: notes)) }
        self.blocks = blocks
    }

    var hasPicture: Bool { blocks.contains { $0.accessory != nil } }

    private static func name(of message: Message) -> String {
        let title = OneLine.text(message.product?.title ?? "")
        return title.isEmpty ? "Picture" : TextMeasure.utf16.cut(title, to: 200, written: escaped)
    }

    /// The three characters that have a meaning, escaped. <https://docs.slack.dev/messaging/formatting-message-text#escaping>
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

private struct Block: Encodable {
    let type: String
    var text: Text?
    var accessory: Picture?
    var elements: [Text]?
}

/// A text object. <https://docs.slack.dev/reference/block-kit/composition-objects/text-object>
private struct Text: Encodable {
    let type: String
    let text: String
    /// Only plain text may say it: whether `:name:` becomes a picture.
    let emoji: Bool?

    static func plain(_ text: String) -> Text { Text(type: "plain_text", text: text, emoji: false) }
    static func markdown(_ text: String) -> Text { Text(type: "mrkdwn", text: text, emoji: nil) }
}

/// An image element. <https://docs.slack.dev/reference/block-kit/block-elements/image-element>
private struct Picture: Encodable {
    let type = "image"
    let address: String
    let name: String

    private enum CodingKeys: String, CodingKey {
        case type
        case address = "image_url"
        case name = "alt_text"
    }

    init(address: String, name: String) {
        self.address = address
        self.name = name
    }
}

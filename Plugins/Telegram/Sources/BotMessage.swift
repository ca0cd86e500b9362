import Model
import PluginAPI

/// The body of `sendMessage`. <https://core.telegram.org/bots/api#sendmessage>
struct BotMessage: Encodable {
    /// UTF-16 code units, counted without markup. <https://core.telegram.org/bots/api#messageentity>
    private static let longest = 4096

    private let chat: String
    private let text: String
    private let preview: Preview

    private enum CodingKeys: String, CodingKey {
        case chat = "chat_id"
        case text
        case mode = "parse_mode"
        case preview = "link_preview_options"
    }

    /// What stands below the text. <https://core.telegram.org/bots/api#linkpreviewoptions>
    private struct Preview: Encodable {
        let url: String?
        let isSmall: Bool
        let isDisabled: Bool

        private enum CodingKeys: String, CodingKey {
            case url
            case isSmall = "prefer_small_media"
            case isDisabled = "is_disabled"
        }
    }

    init(_ message: Message, chat: String) {
        self.chat = chat
        let content = ChatText(message)
        let measure = TextMeasure.utf16
        let title = measure.cut(content.title, to: 500)
        let notes = measure.fit(content.notes, to: 700)
        let links = [content.shop, content.monitor].compactMap { $0 }.filter { $0.address.utf8.count <= 2000 }
        let linkLines = links.map { measure.cut($0.text, to: 100) }
        let rest = ([title, notes] + linkLines).reduce(0) { $0 + measure.length(of: $1) }
        // Six line ends at most stand between the parts.
        let lines = measure.fit(content.lines, to: Self.longest - rest - 6)
        let tags = zip(links, linkLines).map { link, words in
            "<a href=\"\(Self.escaped(link.address))\">\(Self.escaped(words))</a>"
        }
        let top = ["<b>\(Self.escaped(title))</b>", Self.escaped(lines)].filter { !$0.isEmpty }
        let blocks = [
            top.joined(separator: "\n"),
            notes.isEmpty ? "" : "<i>\(Self.escaped(notes))</i>",
            tags.joined(separator: "\n"),
        ]
        text = blocks.filter { !$0.isEmpty }.joined(separator: "\n\n")
        let shown = [content.picture, content.shop?.address].compactMap { $0 }.first { $0.utf8.count <= 2000 }
        preview = Preview(url: shown, isSmall: true, isDisabled: shown == nil)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(chat, forKey: .chat)
        try container.encode(text, forKey: .text)
        try container.encode("HTML", forKey: .mode)
        try container.encode(preview, forKey: .preview)
    }

    /// Only these four need it, and only these names are known. <https://core.telegram.org/bots/api#html-style>
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

import Model
import PluginAPI

/// What is published, plain text throughout. <https://docs.ntfy.sh/publish/#publish-as-json>
struct Publication: Encodable {
    /// Bytes; what is longer the server turns into a file. <https://docs.ntfy.sh/publish/#limitations>
    private static let longestMessage = 4096
    /// Bytes of the whole body: the server reads no more than twice the length of a message.
    static let longestBody = 2 * longestMessage

    private let topic: String
    private let title: String
    private let message: String
    private let tags: [String]
    private let click: String?
    private let attach: String?

    /// `isShort` is for a message whose escapes or addresses make the body too long: it has no picture, and at most half
    /// of the text.
    init(_ message: Message, topic: String, isShort: Bool = false) {
        let text = ChatText(message)
        self.topic = topic
        title = TextMeasure.bytes.cut(text.title, to: 400)
        let limit = isShort ? Self.longestMessage / 4 : Self.longestMessage
        // An empty text would be shown as “triggered”.
        let lines = text.plainLines(withShop: false)
        self.message = TextMeasure.bytes.fit(lines.isEmpty ? [text.title] : lines, to: limit)
        tags = Self.tags(for: message.kind)
        click = text.first?.address.nonLong
        attach = isShort ? nil : text.picture?.nonLong
    }

    /// Shown as an emoji before the title. <https://docs.ntfy.sh/emojis/>
    private static func tags(for kind: Message.Kind) -> [String] {
        switch kind {
        case .targetPrice, .priceDrop, .lowestPrice: ["moneybag"]
        case .backInStock: ["package"]
        case .priceChange, .digest: ["bar_chart"]
        case .failing: ["warning"]
        case .doubt: ["question"]
        case .recovered, .test: ["white_check_mark"]
        }
    }
}

extension String {
    /// nil for an address that would leave no room for the text.
    fileprivate var nonLong: String? { utf8.count <= 2000 ? self : nil }
}

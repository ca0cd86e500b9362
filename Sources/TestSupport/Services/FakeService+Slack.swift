import Markup
import Model

extension FakeService {
    /// As the documentation has it. <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>
    ///
    /// A picture whose address holds `lost` can't be loaded.
    package static func slack(path: String) -> FakeService {
        FakeService(home: "https://hooks.slack.com") { request, _ in
            guard request.method == .post, request.path.hasPrefix("/services/") else {
                return .refused(status: 404, body: "no_service")
            }
            guard request.path == path else { return .refused(status: 403, body: "invalid_token") }
            guard let json = request.json, json.unknownKey(["text", "blocks", "attachments", "mrkdwn"]) == nil else {
                return .refused(status: 400, body: "invalid_payload")
            }
            let text = json["text"]?.string ?? ""
            let blocks = json["blocks"]?.list ?? []
            guard !text.isEmpty || !blocks.isEmpty else { return .refused(status: 400, body: "no_text") }
            guard blocks.count <= 50, blocks.allSatisfy(isBlock) else {
                return .refused(status: 400, body: "invalid_blocks")
            }
            let objects = blocks.flatMap { [$0["text"]].compactMap { $0 } + ($0["elements"]?.list ?? []) }
            let texts =
                [SlackText(text, isMarkdown: true)]
                + objects.map { SlackText($0["text"]?.string ?? "", isMarkdown: $0["type"]?.string == "mrkdwn") }
            let shown = Shown(
                text: texts.map(\.text).joined(separator: "\n"),
                links: texts.flatMap(\.links),
                effects: texts.flatMap(\.effects)
            )
            return .accepted(shown, status: 200, body: "ok")
        }
    }

    /// Whether a block obeys its rules. <https://docs.slack.dev/reference/block-kit/blocks>
    private static func isBlock(_ block: JSONValue) -> Bool {
        switch block["type"]?.string {
        case "header":
            return block.unknownKey(["type", "text", "block_id"]) == nil
                && isText(block["text"], limit: 150, isPlain: true)
        case "section":
            guard block.unknownKey(["type", "text", "fields", "accessory", "block_id"]) == nil,
                isText(block["text"], limit: 3000)
            else { return false }
            guard let picture = block["accessory"] else { return true }
            let address = picture["image_url"]?.string ?? ""
            return picture["type"]?.string == "image" && JSONValue.isAddress(picture["image_url"])
                && (1...3000).contains(address.utf16.count) && !address.contains("lost")
                && (1...2000).contains(picture["alt_text"]?.string?.utf16.count ?? 0)
        case "context":
            let elements = block["elements"]?.list ?? []
            return block.unknownKey(["type", "elements", "block_id"]) == nil && (1...10).contains(elements.count)
                && elements.allSatisfy { isText($0, limit: 3000) }
        default: return false
        }
    }

    /// Whether a text object obeys its rules. <https://docs.slack.dev/reference/block-kit/composition-objects/text-object>
    private static func isText(_ object: JSONValue?, limit: Int, isPlain: Bool = false) -> Bool {
        guard let object, let text = object["text"]?.string, (1...limit).contains(text.utf16.count) else {
            return false
        }
        switch object["type"]?.string {
        case "plain_text": return object.unknownKey(["type", "text", "emoji"]) == nil
        case "mrkdwn": return !isPlain && object.unknownKey(["type", "text", "verbatim"]) == nil
        default: return false
        }
    }
}

/// What Slack's clients make of a text. <https://docs.slack.dev/messaging/formatting-message-text>
private struct SlackText {
    private(set) var text = ""
    private(set) var links: [String] = []
    private(set) var effects: [String] = []

    init(_ source: String, isMarkdown: Bool) {
        var rest = Substring(source)
        while let first = rest.first {
            if isMarkdown, first == "<", let link = rest.prefixMatch(of: /<(https?:[^<>|]+)\|([^<>|]+)>/) {
                text += Self.decoded(link.2)
                links.append(Self.decoded(link.1))
                rest = rest[link.range.upperBound...]
            } else {
                if first == "<" || first == ">" { effects.append("“\(first)”") }
                if first == "&", rest.prefixMatch(of: /&(amp|lt|gt);/) == nil { effects.append("“&”") }
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        text = Self.decoded(text[...])
    }

    private static func decoded(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}

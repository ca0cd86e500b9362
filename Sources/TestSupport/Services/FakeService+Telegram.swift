import Markup
import Model

extension FakeService {
    /// As the documentation has it. <https://core.telegram.org/bots/api#sendmessage>
    package static func telegram(token: String, chat: String) -> FakeService {
        FakeService(home: "https://telegram.example.org") { request, _ in
            func refused(_ code: Int, _ why: String) -> Verdict {
                .refused(status: code, body: "{\"ok\":false,\"error_code\":\(code),\"description\":\"\(why)\"}")
            }
            guard request.path.hasPrefix("/bot"), request.path.hasSuffix("/sendMessage") else {
                return refused(404, "Not Found")
            }
            guard request.path == "/bot\(token)/sendMessage" else { return refused(401, "Unauthorized") }
            let known: Set = ["chat_id", "text", "parse_mode", "link_preview_options", "disable_notification"]
            guard let json = request.json, json.unknownKey(known) == nil else {
                return refused(400, "Bad Request: can't parse the body")
            }
            guard json["chat_id"]?.string == chat else { return refused(400, "Bad Request: chat not found") }
            let source = json["text"]?.string ?? ""
            guard json["parse_mode"]?.string == "HTML", let html = TelegramHTML(source), html.entities <= 100 else {
                return refused(400, "Bad Request: can't parse entities")
            }
            guard !html.text.trimmingWhitespace().isEmpty else {
                return refused(400, "Bad Request: message text is empty")
            }
            guard html.text.utf16.count <= 4096 else { return refused(400, "Bad Request: message is too long") }
            let preview = json["link_preview_options"]
            guard preview?.unknownKey(["url", "is_disabled", "prefer_small_media"]) == nil,
                JSONValue.isAddress(preview?["url"])
            else { return refused(400, "Bad Request: wrong link preview") }
            let shown = Shown(text: html.text, links: html.links)
            return .accepted(shown, status: 200, body: "{\"ok\":true,\"result\":{\"message_id\":1}}")
        }
    }
}

/// A text in Telegram’s HTML. <https://core.telegram.org/bots/api#html-style>
private struct TelegramHTML {
    private(set) var text = ""
    private(set) var links: [String] = []
    private(set) var entities = 0

    /// nil for what Telegram can't parse: an unknown tag, one that is not closed, a bare angle bracket or ampersand.
    init?(_ source: String) {
        var open: [String] = []
        var rest = Substring(source)
        while let first = rest.first {
            if !"<>&".contains(first) {
                let plain = rest.prefix { !"<>&".contains($0) }
                text += plain
                rest = rest[plain.endIndex...]
            } else if let tag = rest.prefixMatch(of: /<(b|i|u|s|code|pre)>/) {
                open.append(String(tag.1))
                rest = rest[tag.range.upperBound...]
            } else if let link = rest.prefixMatch(of: /<a href="([^"<>]*)">/) {
                open.append("a")
                links.append(Self.decoded(String(link.1)))
                rest = rest[link.range.upperBound...]
            } else if let end = rest.prefixMatch(of: /<\/([a-z]+)>/) {
                guard open.popLast() == String(end.1) else { return nil }
                entities += 1
                rest = rest[end.range.upperBound...]
            } else if let name = rest.prefixMatch(of: /&(lt|gt|amp|quot);/) {
                text += Self.decoded(String(name.0))
                rest = rest[name.range.upperBound...]
            } else {
                return nil
            }
        }
        guard open.isEmpty else { return nil }
    }

    private static func decoded(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }
}

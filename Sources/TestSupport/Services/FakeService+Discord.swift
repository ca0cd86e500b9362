import Markup
import Model

extension FakeService {
    /// As the documentation has it. <https://docs.discord.com/developers/resources/webhook#execute-webhook>
    package static func discord(path: String) -> FakeService {
        FakeService(home: "https://discord.com") { request, _ in
            func refused(_ status: Int, _ code: Int, _ message: String) -> Verdict {
                .refused(status: status, body: "{\"message\":\"\(message)\",\"code\":\(code)}")
            }
            guard request.method == .post, request.path == path else { return refused(404, 10015, "Unknown Webhook") }
            guard request.query == "wait=true" else { return refused(400, 50035, "This test wants wait=true.") }
            let known: Set = ["content", "username", "avatar_url", "tts", "embeds", "allowed_mentions", "flags"]
            guard let json = request.json, json.unknownKey(known) == nil else {
                return refused(400, 50035, "Invalid Form Body")
            }
            let content = json["content"]?.string ?? ""
            let embeds = json["embeds"]?.list ?? []
            if let problem = embedProblem(embeds) { return refused(400, 50035, "Invalid Form Body: \(problem)") }
            guard content.utf16.count <= 2000 else { return refused(400, 50035, "Invalid Form Body: content") }
            guard !content.trimmingWhitespace().isEmpty || !embeds.isEmpty else {
                return refused(400, 50006, "Cannot send an empty message")
            }
            let titles = embeds.compactMap { $0["title"]?.string }
            let descriptions = embeds.compactMap { $0["description"]?.string }
            let markdown = ([content] + titles + descriptions).map { DiscordMarkdown($0) }
            let fields = embeds.flatMap { $0["fields"]?.list ?? [] }.compactMap { $0["value"]?.string }
            let footers = embeds.compactMap { $0["footer"]?["text"]?.string }
            let parse = json["allowed_mentions"]?["parse"]
            let pings = parse == .array([]) ? [] : ["mentions"]
            let shown = Shown(
                text: (markdown.map(\.text) + fields + footers).joined(separator: "\n"),
                links: embeds.compactMap { $0["url"]?.string } + markdown.flatMap(\.links),
                effects: pings + markdown.flatMap(\.effects)
            )
            return .accepted(shown, status: 200, body: "{\"id\":\"1\"}")
        }
    }

    /// What is wrong with the embeds. <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>
    private static func embedProblem(_ embeds: [JSONValue]) -> String? {
        guard embeds.count <= 10 else { return "embeds" }
        var total = 0
        for embed in embeds {
            if let key = embed.unknownKey(["title", "url", "description", "thumbnail", "fields", "footer", "color"]) {
                return key
            }
            guard JSONValue.isAddress(embed["url"]), JSONValue.isAddress(embed["thumbnail"]?["url"]) else {
                return "url"
            }
            let fields = embed["fields"]?.list ?? []
            guard fields.count <= 25 else { return "fields" }
            var parts = [("title", embed["title"], 256), ("description", embed["description"], 4096)]
            parts.append(("footer", embed["footer"]?["text"], 2048))
            for field in fields {
                guard field["name"] != nil, field["value"] != nil else { return "a field without name or value" }
                parts += [("name", field["name"], 256), ("value", field["value"], 1024)]
            }
            for (name, value, limit) in parts {
                guard let value else { continue }
                guard let text = value.string, (1...limit).contains(text.utf16.count) else { return name }
                total += text.utf16.count
            }
            if parts.allSatisfy({ $0.1 == nil }) { return "an empty embed" }
        }
        return total <= 6000 ? nil : "more than 6000 characters"
    }
}

/// What Discord's clients make of a text: what stands behind a backslash is itself.
private struct DiscordMarkdown {
    private(set) var text = ""
    private(set) var links: [String] = []
    private(set) var effects: [String] = []

    init(_ source: String) {
        var rest = Substring(source)
        while let first = rest.first {
            if first == "\\", let next = rest.dropFirst().first, next.isASCII, !next.isLetter, !next.isNumber {
                text.append(next)
                rest = rest.dropFirst(2)
            } else if first == "[", let link = rest.prefixMatch(of: /\[([^\]\\]+)\]\((https?:\/\/[^)\s]+)\)/) {
                text += link.1
                links.append(String(link.2))
                rest = rest[link.range.upperBound...]
            } else {
                if "*_~`|<>[]()#@".contains(first) { effects.append("“\(first)”") }
                text.append(first)
                rest = rest.dropFirst()
            }
        }
    }
}

import Model
import PluginAPI

extension Message {
    /// The message as its channel words it: what goes into the outbox, so that every attempt says the same.
    ///
    /// Only messages about a product are worded anew. Reports, failing checks and tests keep our words, for nothing that a
    /// template names is known of them.
    func worded(by channel: Channel) -> Message {
        guard product != nil else { return self }
        return saying(
            subject: Self.rendered(channel.wording.subject, for: self).map { OneLine.text($0, limit: 300) } ?? subject,
            lines: Self.rendered(channel.wording.text, for: self)?
                .split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? lines
        )
    }

    /// nil for our words: where there is no template, it says nothing, or another version wrote it.
    private static func rendered(_ source: String, for message: Message) -> String? {
        guard !source.isEmpty, let template = try? MessageTemplate(source) else { return nil }
        let text = template.text(for: message).trimmingWhitespace()
        return text.isEmpty ? nil : text
    }
}

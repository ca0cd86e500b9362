package import Model
import PluginAPI
import SQL
import Store

extension Channels {
    /// Changes what is not nil.
    ///
    /// Of the options those that are named are changed, and an empty text unsets one; the others stay, so that nobody has
    /// to type a secret again. Throws `.invalid` for `name`, `option.<key>`, `subjectTemplate` or `textTemplate`, and
    /// `.conflict` where this version has no such notifier and the options shall change.
    package func change(
        _ id: ID<Channel>,
        name: String? = nil,
        options: [String: String]? = nil,
        wording: Channel.Wording? = nil,
        as actor: Actor
    ) async throws {
        try actor.mayWrite()
        let name = try name.map { try Self.checked(name: $0) }
        let wording = try wording.map { try Self.checked($0) }
        let changes = options?.mapValues { $0.trimmingWhitespace() }
        try await database.transaction { connection in
            var channel = try connection.channel(id, of: actor)
            if let name { channel.name = name }
            if let wording { channel.wording = wording }
            if let changes {
                guard let plugin = registry.notifier(PluginID(channel.plugin)) else {
                    throw RequestError.conflict(
                        "This version has no notifier “\(channel.plugin)”, so its options can't be changed.",
                        existing: nil
                    )
                }
                let all = channel.options.merging(changes) { $1 }.filter { !$0.value.isEmpty }
                try check(all, of: plugin)
                try Self.refuseToCarry(channel.options, changes, to: all, of: plugin)
                channel.options = all
            }
            try connection.update(channel)
        }
    }

    /// A secret that cannot be read here must not be readable by naming a server of one's own.
    private static func refuseToCarry(
        _ before: [String: String],
        _ changes: [String: String],
        to after: [String: String],
        of plugin: any Notifier.Type
    ) throws(RequestError) {
        let isMoved = plugin.options.contains { option in
            option.kind == .address && host(before[option.key]) != host(after[option.key])
        }
        guard isMoved else { return }
        for option in plugin.options
        where option.kind == .secret && changes[option.key] == nil && before[option.key] != nil {
            throw .invalid(
                field: "option.\(option.key)",
                "Enter this again: it would be sent to another address than the one that it was entered for."
            )
        }
    }

    /// nil for the standard one, and for what is no address.
    private static func host(_ address: String?) -> String? {
        address.flatMap { try? WebAddress($0) }.map { "\($0.scheme)://\($0.host)" }
    }

    /// What a message about a price would say on a channel: the sample in these words.
    ///
    /// Throws `.invalid` for `subjectTemplate` or `textTemplate`.
    package func preview(_ wording: Channel.Wording) throws(RequestError) -> WordingPreview {
        let wording = try Self.checked(wording)
        let channel = Channel(
            id: ID("preview"),
            owner: ID("preview"),
            plugin: "",
            name: "",
            options: [:],
            wording: wording,
            created: now()
        )
        let message = WordingPreview.sample.worded(by: channel)
        return WordingPreview(subject: message.subject, lines: message.lines)
    }

    private static func checked(_ wording: Channel.Wording) throws(RequestError) -> Channel.Wording {
        let subject = try checked(wording.subject, field: "subjectTemplate", limit: 300)
        guard !subject.contains(where: \.isNewline) else {
            throw .invalid(field: "subjectTemplate", "The subject must be one line.")
        }
        return Channel.Wording(subject: subject, text: try checked(wording.text, field: "textTemplate", limit: 4000))
    }

    private static func checked(_ text: String, field: String, limit: Int) throws(RequestError) -> String {
        let text = text.replacing("\r\n", with: "\n").trimmingWhitespace()
        guard text.count <= limit else {
            throw .invalid(field: field, "It has \(text.count) characters, more than \(limit).")
        }
        do {
            _ = try MessageTemplate(text)
        } catch {
            throw .invalid(field: field, error.description)
        }
        return text
    }
}

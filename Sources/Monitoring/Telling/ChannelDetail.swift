package import Model
package import PluginAPI

/// A notifier that channels can be made of.
package struct ChannelKind: Hashable, Sendable {
    /// The plugin's id.
    package let id: String
    package let title: String
    package let summary: String
    package let options: [Option]
    /// Why nothing can be sent by it yet, a sentence; nil while it can.
    package let obstacle: String?

    package init(id: String, title: String, summary: String, options: [Option], obstacle: String? = nil) {
        self.id = id
        self.title = title
        self.summary = summary
        self.options = options
        self.obstacle = obstacle
    }

    init(_ plugin: any Notifier.Type, hasMailServer: Bool) {
        self.init(
            id: plugin.id.text,
            title: plugin.title,
            summary: plugin.summary,
            options: plugin.options,
            obstacle: plugin.usesMailServer && !hasMailServer ? Self.noMailServer : nil
        )
    }

    static let noMailServer =
        "This installation has no mail server yet, so no mail leaves it. Set smtp.url and smtp.from."
}

/// A channel with what was sent on it.
package struct ChannelDetail: Hashable, Sendable {
    /// Its secret options are empty.
    package let channel: Channel
    /// nil when this version has no such plugin.
    package let kind: ChannelKind?
    /// Newest first, at most 10.
    package let messages: [OutboxMessage]

    /// The secret options that are set, by their keys.
    package let secrets: Set<String>

    package init(channel: Channel, kind: ChannelKind?, messages: [OutboxMessage], secrets: Set<String> = []) {
        self.channel = channel
        self.kind = kind
        self.messages = messages
        self.secrets = secrets
    }

    init(_ stored: Channel, kinds: [ChannelKind], messages: [OutboxMessage]) {
        let kind = kinds.first { $0.id == stored.plugin }
        let secret = (kind?.options ?? []).filter { $0.kind == .secret }.map(\.key)
        var channel = stored
        for key in secret { channel.options[key] = "" }
        // Without its plugin nobody knows which of the options are secret.
        if kind == nil { channel.options = [:] }
        let set = secret.filter { stored.options[$0]?.isEmpty == false }
        self.init(channel: channel, kind: kind, messages: messages, secrets: Set(set))
    }
}

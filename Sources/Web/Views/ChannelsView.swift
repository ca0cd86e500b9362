import Model
import Monitoring
import PluginAPI

/// Where a person is told: `channels.mustache`.
struct ChannelsView: Sendable {
    let frame: PageFrame
    let formToken: String
    let isEmpty: Bool
    let channels: [ChannelRow]
    let kinds: [KindRow]

    struct KindRow: Sendable, Hashable {
        let path: String
        let title: String
        let summary: String

        init(_ kind: ChannelKind) {
            path = "/channels/new/\(kind.id)"
            title = kind.title
            summary = kind.summary
        }
    }
}

/// One channel with what was sent on it.
struct ChannelRow: Sendable, Hashable {
    let key: String
    let path: String
    let name: String
    let kind: String
    let badge: BadgeView
    let problem: String?
    let lastDelivery: TimeView?
    let options: [OptionRow]
    let hasOptions: Bool
    let messages: [MessageRow]
    let hasMessages: Bool

    struct OptionRow: Sendable, Hashable {
        let label: String
        let value: String
    }

    init(_ detail: ChannelDetail, now: Timestamp) {
        let channel = detail.channel
        key = channel.id.text
        path = "/channels/\(channel.id)"
        name = channel.name
        kind = detail.kind?.title ?? "Made with “\(channel.plugin)”, which this version does not have"
        problem = channel.problem
        lastDelivery = channel.lastDelivery.map { TimeView($0, now: now) }
        badge = Self.badge(channel)
        options = (detail.kind?.options ?? []).compactMap { option in
            guard let value = channel.options[option.key] else { return nil }
            return OptionRow(
                label: OptionText.label(option.key),
                value: option.kind == .secret ? "set, not shown" : value
            )
        }
        hasOptions = !options.isEmpty
        messages = detail.messages.map { MessageRow($0, now: now) }
        hasMessages = !messages.isEmpty
    }

    private static func badge(_ channel: Channel) -> BadgeView {
        if channel.problem != nil { return BadgeView(text: "Not delivered", mood: "bad") }
        if channel.lastDelivery != nil { return BadgeView(text: "Works", mood: "good") }
        return BadgeView(text: "Not tried yet", mood: "quiet")
    }
}

/// A message that was sent, or is to be.
struct MessageRow: Sendable, Hashable {
    let subject: String
    let at: TimeView
    let badge: BadgeView
    let problem: String?

    init(_ message: OutboxMessage, now: Timestamp) {
        subject = message.subject
        at = TimeView(message.delivered ?? message.created, now: now)
        problem = message.problem
        switch message.state {
        case .delivered: badge = BadgeView(text: "Delivered", mood: "good")
        case .refused: badge = BadgeView(text: "Refused", mood: "bad")
        case .pending:
            badge =
                message.attempts > 0
                ? BadgeView(text: "Tried \(message.attempts)×, will try again", mood: "doubt")
                : BadgeView(text: "On its way", mood: "quiet")
        }
    }
}

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

/// One channel.
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
    /// Whether its messages have words of their own.
    let isWorded: Bool
    /// Whether this version has its plugin, without which nothing can be sent or changed.
    let isKnown: Bool

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
            if option.kind == .secret {
                guard detail.secrets.contains(option.key) else { return nil }
                return OptionRow(label: OptionText.label(option.key), value: "set, not shown")
            }
            return channel.options[option.key].map { OptionRow(label: OptionText.label(option.key), value: $0) }
        }
        hasOptions = !options.isEmpty
        isWorded = channel.wording != Channel.Wording()
        isKnown = detail.kind != nil
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
    /// How often it was tried, where that is not once.
    let attempts: String?
    let problem: String?
    /// Where it is sent again; nil unless it was refused.
    let again: String?

    init(_ message: OutboxMessage, now: Timestamp) {
        subject = message.subject
        at = TimeView(message.delivered ?? message.created, now: now)
        problem = message.problem
        attempts = message.attempts > 1 ? "tried \(CountText.grouped(message.attempts)) times" : nil
        again = message.state == .refused ? "/channels/\(message.channel)/messages/\(message.id)/again" : nil
        switch message.state {
        case .delivered: badge = BadgeView(text: "Delivered", mood: "good")
        case .refused: badge = BadgeView(text: "Refused", mood: "bad")
        case .withdrawn: badge = BadgeView(text: "Withdrawn", mood: "quiet")
        case .pending where message.heldUntil.map { $0 > now } ?? false:
            badge = BadgeView(text: "Waits for the quiet hours to end", mood: "quiet")
        case .pending:
            badge =
                message.attempts > 0
                ? BadgeView(text: "Will be tried again", mood: "doubt")
                : BadgeView(text: "On its way", mood: "quiet")
        }
    }
}

import Model
import Monitoring

/// One channel with what was sent on it: `channel.mustache`.
struct ChannelView: Sendable {
    let frame: PageFrame
    let formToken: String
    let channel: ChannelRow
    let messages: [MessageRow]
    let isEmpty: Bool
    /// The way back to the newest messages; nil where these are they.
    let newest: String?
    /// The way to older ones; nil on the last page.
    let older: String?
    /// Whether there are more pages than this one.
    let hasPages: Bool

    init(
        _ detail: ChannelDetail,
        log: MessageLog,
        isFirst: Bool,
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        channel = ChannelRow(detail, now: now)
        messages = log.messages.map { MessageRow($0, now: now) }
        isEmpty = messages.isEmpty
        let path = "/channels/\(detail.channel.id)"
        newest = isFirst ? nil : path
        older = log.next.map { "\(path)?cursor=\($0.queryEncoded)" }
        hasPages = newest != nil || older != nil
    }
}

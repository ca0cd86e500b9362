import Model
import Monitoring
import Operations
import PluginAPI

extension JSON {
    /// Secret options are left out.
    init(channel detail: ChannelDetail) {
        let channel = detail.channel
        let secret = Set((detail.kind?.options ?? []).filter { $0.kind == .secret }.map(\.key))
        let options = channel.options.filter { !secret.contains($0.key) }.sorted { $0.key < $1.key }
        self = [
            "id": .string(channel.id.text),
            "plugin": .string(channel.plugin),
            "name": .string(channel.name),
            "options": .object(options.map { Member($0.key, .string($0.value)) }),
            "subjectTemplate": .string(channel.wording.subject),
            "textTemplate": .string(channel.wording.text),
            "created": JSON(channel.created),
            "lastDelivery": JSON(channel.lastDelivery),
            "problem": JSON(channel.problem),
            "messages": .array(detail.messages.map(JSON.init(message:))),
        ]
    }

    init(message: OutboxMessage) {
        self = [
            "id": .string(message.id.text),
            "key": .string(message.idempotencyKey),
            "subject": .string(message.subject),
            "state": .string(message.state.rawValue),
            "attempts": .integer(message.attempts),
            "created": JSON(message.created),
            "delivered": JSON(message.delivered),
            "problem": JSON(message.problem),
        ]
    }

    init(kind: ChannelKind) {
        self = [
            "id": .string(kind.id),
            "title": .string(kind.title),
            "summary": .string(kind.summary),
            "options": .array(
                kind.options.map { option in
                    [
                        "key": .string(option.key),
                        "kind": .string(option.kind.rawValue),
                        "summary": .string(option.summary),
                        "example": .string(option.example),
                        "standard": JSON(option.standard),
                        "required": .bool(option.standard == nil),
                    ]
                }
            ),
        ]
    }
}

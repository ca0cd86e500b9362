import Model
import Monitoring
import Operations

extension APIRoutes {
    private static let subjectTemplate = APIBody.Member(
        name: "subjectTemplate",
        kind: .text,
        description:
            "The subject of messages about a price, one line with placeholders such as {{product}}; empty for ours."
    )
    private static let textTemplate = APIBody.Member(
        name: "textTemplate",
        kind: .text,
        description: "Their text, with placeholders and line feeds; empty for ours."
    )

    static let channels: [APIRoute] = [
        APIRoute(
            method: .get,
            path: "/channels",
            operation: "listChannels",
            summary: "Lists your channels; secret options are left out",
            rights: .read,
            answers: [.init(status: 200, description: "Your channels.", schema: "ChannelList")]
        ) { call in
            let channels = try await call.monitoring.channels.channels(as: call.actor)
            return .ok(["channels": .array(channels.map(JSON.init(channel:)))])
        },
        APIRoute(
            method: .post,
            path: "/channels",
            operation: "createChannel",
            summary: "Adds a channel to be told on",
            rights: .write,
            body: APIBody(members: [
                .init(name: "plugin", kind: .text, isRequired: true, description: "The id of a channel kind."),
                .init(name: "name", kind: .text, isRequired: true, description: "One line of 1 to 100 characters."),
                .init(name: "options", kind: .texts, description: "The values of the kind's options, by their key."),
            ]),
            answers: [.init(status: 201, description: "It is added.", schema: "Channel", hasLocation: true)]
        ) { call in
            let id = try await call.monitoring.channels.add(
                plugin: call.text("plugin") ?? "",
                name: call.text("name") ?? "",
                options: call.texts("options"),
                as: call.actor
            )
            return .created(JSON(channel: try await channel(id, call)), at: "/channels/\(id)")
        },
        APIRoute(
            method: .get,
            path: "/channels/{channel}",
            operation: "getChannel",
            summary: "Shows a channel with its last messages",
            rights: .read,
            answers: [.init(status: 200, description: "The channel.", schema: "Channel")]
        ) { call in
            .ok(JSON(channel: try await channel(call.id("channel"), call)))
        },
        APIRoute(
            method: .patch,
            path: "/channels/{channel}",
            operation: "changeChannel",
            summary: "Changes a channel's name, options or wording; what is not sent stays",
            rights: .write,
            body: APIBody(members: [
                .init(name: "name", kind: .text, description: "One line of 1 to 100 characters."),
                .init(
                    name: "options",
                    kind: .texts,
                    description: "Values of some of the kind's options; an empty text unsets one, the others stay."
                ),
                subjectTemplate, textTemplate,
            ]),
            answers: [.init(status: 200, description: "The channel as it is now.", schema: "Channel")],
            problems: [409]
        ) { call in
            let id = try call.id("channel", of: Channel.self)
            var wording = try await channel(id, call).channel.wording
            wording.subject = call.text("subjectTemplate") ?? wording.subject
            wording.text = call.text("textTemplate") ?? wording.text
            try await call.monitoring.channels.change(
                id,
                name: call.text("name"),
                options: call.has("options") ? call.texts("options") : nil,
                wording: wording,
                as: call.actor
            )
            return .ok(JSON(channel: try await channel(id, call)))
        },
        APIRoute(
            method: .delete,
            path: "/channels/{channel}",
            operation: "deleteChannel",
            summary: "Removes a channel with its messages",
            rights: .write,
            answers: [.init(status: 204, description: "It is removed.")]
        ) { call in
            try await call.monitoring.channels.remove(call.id("channel"), as: call.actor)
            return .nothing
        },
        APIRoute(
            method: .post,
            path: "/channels/{channel}/test",
            operation: "testChannel",
            summary: "Sends a test message and says whether it was accepted",
            rights: .write,
            answers: [.init(status: 200, description: "How it went.", schema: "TestResult")]
        ) { call in
            let problem = try await call.monitoring.channels.test(call.id("channel"), as: call.actor)
            return .ok(["delivered": .bool(problem == nil), "problem": JSON(problem)])
        },
        APIRoute(
            method: .get,
            path: "/channels/{channel}/messages",
            operation: "listMessages",
            summary: "Lists what was sent on a channel or is to be, newest first",
            rights: .read,
            query: [
                .init(
                    name: "limit",
                    schema: [
                        "type": "integer", "minimum": 1, "maximum": .integer(Channels.longestLog), "default": 50,
                    ],
                    description: "The most messages of one page."
                ),
                .init(
                    name: "cursor",
                    schema: ["type": "string"],
                    description: "What the page before gave as “next”; without it, the first page."
                ),
            ],
            answers: [.init(status: 200, description: "The messages.", schema: "MessageList", hasNext: true)],
            problems: [422]
        ) { call in
            let limit = call.query["limit"]
            guard let number = limit.isEmpty ? 50 : Int(limit) else {
                throw RequestError.invalid(
                    field: "limit",
                    "The limit must be a whole number, not “\(limit.prefix(40))”."
                )
            }
            let cursor = call.query["cursor"]
            let log = try await call.monitoring.channels.messages(
                on: call.id("channel"),
                cursor: cursor.isEmpty ? nil : cursor,
                limit: number,
                as: call.actor
            )
            let messages = log.messages.map(JSON.init(message:))
            return APIAnswer(
                status: 200,
                json: ["messages": .array(messages), "next": JSON(log.next)],
                next: log.next
            )
        },
        APIRoute(
            method: .post,
            path: "/channels/{channel}/messages/{message}/again",
            operation: "sendMessageAgain",
            summary: "Sends a refused message again",
            rights: .write,
            answers: [.init(status: 202, description: "It is on its way.")],
            problems: [409]
        ) { call in
            try await call.monitoring.channels.sendAgain(
                call.id("message"),
                on: call.id("channel"),
                as: call.actor
            )
            return APIAnswer(status: 202)
        },
        APIRoute(
            method: .post,
            path: "/wording-previews",
            operation: "previewWording",
            summary: "Shows what a message about a price would say in your words; nothing is kept or sent",
            rights: .read,
            body: APIBody(members: [subjectTemplate, textTemplate]),
            answers: [.init(status: 200, description: "What it would say.", schema: "WordingPreview")]
        ) { call in
            let wording = Channel.Wording(
                subject: call.text("subjectTemplate") ?? "",
                text: call.text("textTemplate") ?? ""
            )
            let preview = try call.monitoring.channels.preview(wording)
            return .ok(["subject": .string(preview.subject), "text": .string(preview.lines.joined(separator: "\n"))])
        },
        APIRoute(
            method: .get,
            path: "/channel-kinds",
            operation: "listChannelKinds",
            summary: "Lists what channels can be made of, with the options of each",
            rights: .read,
            answers: [.init(status: 200, description: "The kinds.", schema: "ChannelKindList")]
        ) { call in
            .ok(["kinds": .array(call.monitoring.channels.kinds.map(JSON.init(kind:)))])
        },
    ]

    private static func channel(_ id: ID<Channel>, _ call: APICall) async throws -> ChannelDetail {
        try await call.monitoring.channels.channel(id, as: call.actor)
    }
}

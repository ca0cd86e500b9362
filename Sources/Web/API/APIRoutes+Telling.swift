import Model
import Monitoring
import Operations

extension APIRoutes {
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
        let all = try await call.monitoring.channels.channels(as: call.actor)
        guard let found = all.first(where: { $0.channel.id == id }) else {
            throw RequestError.notFound("There is no such channel.")
        }
        return found
    }
}

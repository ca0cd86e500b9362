package import Model
package import PluginAPI
import SQL
import Store

/// Where people are told: set up, tested, removed.
package struct Channels: Sendable {
    let database: any Database
    let registry: Registry
    let doors: PluginDoors
    let deliveries: Deliveries
    let now: @Sendable () -> Timestamp

    private static let noChannel = RequestError.notFound("There is no such channel.")

    /// What channels can be made of, in the order of the list of installed plugins.
    package var kinds: [ChannelKind] { registry.notifiers.map(ChannelKind.init) }

    /// Oldest first; secret options are empty.
    package func channels(as actor: Actor) async throws -> [ChannelDetail] {
        let kinds = kinds
        return try await database.read { connection in
            try connection.channels(of: actor.account).map { stored in
                let kind = kinds.first { $0.id == stored.plugin }
                var channel = stored
                for option in kind?.options ?? [] where option.kind == .secret { channel.options[option.key] = "" }
                // Without its plugin nobody knows which of the options are secret.
                if kind == nil { channel.options = [:] }
                return ChannelDetail(
                    channel: channel,
                    kind: kind,
                    messages: try connection.messages(on: channel.id, limit: 10)
                )
            }
        }
    }

    /// Throws `.invalid` for `plugin`, `name` or `option.<key>`.
    package func add(
        plugin id: String,
        name: String,
        options: [String: String],
        as actor: Actor
    ) async throws -> ID<Channel> {
        try actor.mayWrite()
        guard let plugin = registry.notifier(PluginID(id)) else {
            let known = registry.notifiers.map { $0.id.text }.joined(separator: ", ")
            throw RequestError.invalid(field: "plugin", "There is no notifier “\(id.prefix(40))”; there are: \(known).")
        }
        let name = name.trimmingWhitespace()
        guard (1...100).contains(name.count), !name.contains(where: \.isNewline) else {
            throw RequestError.invalid(field: "name", "The name must be one line of 1 to 100 characters.")
        }
        do {
            _ = try doors.make(plugin, values: options)
        } catch let error as SetupError {
            throw RequestError.invalid(field: "option.\(error.key)", error.description)
        }
        let set = options.mapValues { $0.trimmingWhitespace() }.filter { !$0.value.isEmpty }
        let channel = Channel(
            id: .make(at: now()),
            owner: actor.account,
            plugin: id,
            name: name,
            options: set,
            created: now()
        )
        try await database.transaction { try $0.insert(channel) }
        return channel.id
    }

    /// Its messages go with it.
    package func remove(_ id: ID<Channel>, as actor: Actor) async throws {
        try actor.mayWrite()
        try await database.transaction { connection in
            guard try connection.channel(id)?.owner == actor.account else { throw Self.noChannel }
            try connection.deleteChannel(id)
        }
    }

    /// Sends a message that says that it works.
    ///
    /// nil when it was accepted, else a sentence that says why not.
    package func test(_ id: ID<Channel>, as actor: Actor) async throws -> String? {
        try actor.mayWrite()
        let channel = try await database.read { try $0.channel(id) }
        guard let channel, channel.owner == actor.account else { throw Self.noChannel }
        let now = now()
        let problem = try await problem(sending: Self.testMessage(on: channel, now: now), on: channel)
        try await database.transaction { connection in
            try connection.setDelivery(problem == nil ? now : nil, problem: problem, of: id)
        }
        return problem
    }

    private func problem(sending message: Message, on channel: Channel) async throws -> String? {
        do {
            try await deliveries.send(message, on: channel)
            return nil
        } catch let error as Refused {
            return error.description
        } catch let error as NotNow {
            return error.description
        } catch let error as CancellationError {
            throw error
        } catch {
            return "\(error)"
        }
    }

    private static func testMessage(on channel: Channel, now: Timestamp) -> Message {
        Message(
            idempotencyKey: "test.\(ID<Message>.make(at: now))",
            kind: .test,
            subject: "Test: the channel “\(channel.name)” works",
            lines: ["This is a test. Messages about prices will arrive here."],
            link: nil,
            product: nil,
            created: now
        )
    }
}

/// A notifier that channels can be made of.
package struct ChannelKind: Hashable, Sendable {
    /// The plugin's id.
    package let id: String
    package let title: String
    package let summary: String
    package let options: [Option]

    package init(id: String, title: String, summary: String, options: [Option]) {
        self.id = id
        self.title = title
        self.summary = summary
        self.options = options
    }

    init(_ plugin: any Notifier.Type) {
        self.init(id: plugin.id.text, title: plugin.title, summary: plugin.summary, options: plugin.options)
    }
}

/// A channel with what was sent on it.
package struct ChannelDetail: Hashable, Sendable {
    /// Its secret options are empty.
    package let channel: Channel
    /// nil when this version has no such plugin.
    package let kind: ChannelKind?
    /// Newest first, at most 10.
    package let messages: [OutboxMessage]

    package init(channel: Channel, kind: ChannelKind?, messages: [OutboxMessage]) {
        self.channel = channel
        self.kind = kind
        self.messages = messages
    }
}

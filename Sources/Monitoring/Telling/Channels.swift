package import Model
import PluginAPI
import SQL
import Store

/// Where people are told: set up, tested, removed.
package struct Channels: Sendable {
    let database: any Database
    let registry: Registry
    let doors: PluginDoors
    let deliveries: Deliveries
    let outbox: Outbox
    let now: @Sendable () -> Timestamp

    static let noChannel = RequestError.notFound("There is no such channel.")

    /// What channels can be made of, in the order of the list of installed plugins.
    package var kinds: [ChannelKind] {
        registry.notifiers.map { ChannelKind($0, hasMailServer: doors.hasMailServer) }
    }

    /// Oldest first; secret options are empty.
    package func channels(as actor: Actor) async throws -> [ChannelDetail] {
        let kinds = kinds
        return try await database.read { connection in
            try connection.channels(of: actor.account).map { stored in
                ChannelDetail(stored, kinds: kinds, messages: try connection.messages(on: stored.id, limit: 10))
            }
        }
    }

    /// Its secret options are empty.
    package func channel(_ id: ID<Channel>, as actor: Actor) async throws -> ChannelDetail {
        let kinds = kinds
        return try await database.read { connection in
            let stored = try connection.channel(id, of: actor)
            return ChannelDetail(stored, kinds: kinds, messages: try connection.messages(on: id, limit: 10))
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
        let name = try Self.checked(name: name)
        try check(options, of: plugin)
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

    /// Its messages go with it, and the report no longer goes there.
    ///
    /// A report that went there alone is switched off, rather than made for nobody: then true.
    @discardableResult
    package func remove(_ id: ID<Channel>, as actor: Actor) async throws -> Bool {
        try actor.mayWrite()
        return try await database.transaction(.locking) { connection in
            _ = try connection.channel(id, of: actor)
            let endsReport = try connection.isReportAlone(on: id, of: actor.account)
            if var digest = try connection.digest(of: actor.account), let chosen = digest.channels {
                digest.channels = chosen.filter { $0 != id }
                if endsReport { (digest.isOn, digest.next) = (false, nil) }
                try connection.save(digest)
            }
            try connection.deleteChannel(id)
            return endsReport
        }
    }

    /// Whether the report is on and goes there alone, so that it ends with the channel.
    package func isReportAlone(on id: ID<Channel>, as actor: Actor) async throws -> Bool {
        try await database.read { try $0.isReportAlone(on: id, of: actor.account) }
    }

    /// The names of those on which the last message or test was not delivered, oldest first.
    package func broken(as actor: Actor) async throws -> [String] {
        try await database.read { try $0.channels(of: actor.account).filter { $0.problem != nil }.map(\.name) }
    }

    /// Sends a message that says that it works.
    ///
    /// nil when it was accepted, else a sentence that says why not.
    package func test(_ id: ID<Channel>, as actor: Actor) async throws -> String? {
        try actor.mayWrite()
        let channel = try await database.read { try $0.channel(id, of: actor) }
        let now = now()
        let problem = try await problem(sending: Self.testMessage(on: channel, now: now), on: channel)
        try await database.transaction { connection in
            try connection.setDelivery(problem == nil ? now : nil, problem: problem, of: id)
        }
        return problem
    }

    /// Throws `.invalid` for `name`.
    static func checked(name: String) throws(RequestError) -> String {
        let name = name.trimmingWhitespace()
        guard (1...100).contains(name.count), !name.contains(where: \.isNewline) else {
            throw .invalid(field: "name", "The name must be one line of 1 to 100 characters.")
        }
        return name
    }

    /// Throws `.invalid` for `option.<key>`.
    func check(_ options: [String: String], of plugin: any Notifier.Type) throws {
        do {
            _ = try doors.make(plugin, values: options)
        } catch let error as SetupError {
            throw RequestError.invalid(field: "option.\(error.key)", error.description)
        }
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

extension Connection {
    fileprivate func isReportAlone(on id: ID<Channel>, of account: ID<Account>) throws -> Bool {
        guard let digest = try digest(of: account), digest.isOn, let chosen = digest.channels else { return false }
        let left = try channels(of: account).filter { chosen.contains($0.id) && $0.id != id }
        return chosen.contains(id) && left.isEmpty
    }

    /// Throws `.notFound` for one that is not there or belongs to somebody else.
    func channel(_ id: ID<Channel>, of actor: Actor) throws -> Channel {
        guard let channel = try channel(id), channel.owner == actor.account else { throw Channels.noChannel }
        return channel
    }
}

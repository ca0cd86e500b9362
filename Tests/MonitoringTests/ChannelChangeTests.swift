import Model
import Monitoring
import SQL
import Store
import TestSupport
import Testing

/// Channels that are changed, and messages that are sent again.
struct ChannelChangeTests {
    @Test func `a secret that is not named stays, and is never shown`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "60")
            let channels = house.monitoring.channels
            let id = try #require(try await channels.channels(as: watched.actor).first?.channel.id)
            try await channels.change(id, name: " Gate ", options: [:], as: watched.actor)
            let detail = try await channels.channel(id, as: watched.actor)
            #expect(detail.channel.name == "Gate")
            #expect(detail.channel.options == ["key": ""])
            #expect(detail.secrets == ["key"])
            #expect(try await house.database.read { try $0.channel(id) }?.options == ["key": "secret-1"])
            try await channels.change(id, options: ["key": "secret-2"], as: watched.actor)
            #expect(try await house.database.read { try $0.channel(id) }?.options == ["key": "secret-2"])
        }
    }

    @Test func `what the plugin refuses changes nothing`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "60")
            let channels = house.monitoring.channels
            let id = try #require(try await channels.channels(as: watched.actor).first?.channel.id)
            let wrong = RequestError.invalid(field: "option.key", "key must begin with “secret”.")
            await #expect(throws: wrong) {
                try await channels.change(id, name: "Gate", options: ["key": "open"], as: watched.actor)
            }
            await #expect(throws: RequestError.self) {
                try await channels.change(id, options: ["key": ""], as: watched.actor)
            }
            await #expect(throws: RequestError.self) {
                try await channels.change(id, name: "Gate", options: ["colour": "red"], as: watched.actor)
            }
            await #expect(throws: RequestError.self) {
                try await channels.change(id, name: "Gate", wording: .init(subject: "{{prise}}"), as: watched.actor)
            }
            let channel = try #require(try await house.database.read { try $0.channel(id) })
            #expect(channel.name == "Door")
            #expect(channel.options == ["key": "secret-1"])
        }
    }

    @Test func `nobody changes or reads what belongs to somebody else`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            try await house.work()
            let channels = house.monitoring.channels
            let detail = try #require(try await channels.channels(as: watched.actor).first)
            let (id, message) = (detail.channel.id, try #require(detail.messages.first).id)
            let stranger = try await house.person("bob")
            let none = RequestError.notFound("There is no such channel.")
            await #expect(throws: none) { try await channels.change(id, name: "Mine", as: stranger) }
            await #expect(throws: none) { try await channels.channel(id, as: stranger) }
            await #expect(throws: none) { try await channels.messages(on: id, as: stranger) }
            await #expect(throws: none) { try await channels.sendAgain(message, on: id, as: stranger) }
        }
    }

    @Test(arguments: [Duration.minutes(1), .days(5)])
    func `a refused message is sent again, once, however old it is`(after span: Duration) async throws {
        try await House.with { house in
            house.post.answer(with: 410)
            let watched = try await house.watched(price: "49.90", target: "50")
            try await house.work()
            let channels = house.monitoring.channels
            let detail = try #require(try await channels.channels(as: watched.actor).first)
            let (id, message) = (detail.channel.id, try #require(detail.messages.first))
            #expect(message.state == .refused)
            house.clock.advance(by: span)
            house.post.answer(with: 200)
            try await channels.sendAgain(message.id, on: id, as: watched.actor)
            try await house.work()
            #expect(house.post.messages.count == 1)
            let after = try await channels.channel(id, as: watched.actor)
            #expect(after.messages.map(\.state) == [.delivered])
            #expect(after.messages.map(\.attempts) == [2])
            #expect(after.channel.problem == nil)
            await #expect(throws: RequestError.self) {
                try await channels.sendAgain(message.id, on: id, as: watched.actor)
            }
            #expect(try await house.work() == [])
        }
    }

    @Test func `the log is read page by page, newest first`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "60")
            let channels = house.monitoring.channels
            let id = try #require(try await channels.channels(as: watched.actor).first?.channel.id)
            // Three of each moment, so that pages end between equals.
            let messages = (0..<7).map { number in
                OutboxMessage(
                    id: ID("message-\(number)"),
                    channel: id,
                    idempotencyKey: "key-\(number)",
                    subject: "\(number)",
                    content: "{}",
                    state: .delivered,
                    created: house.clock.now + .minutes(number / 3)
                )
            }
            try await house.database.transaction { connection in
                for message in messages { try connection.insert(message) }
            }
            var found: [String] = []
            var cursor: String?
            repeat {
                let page = try await channels.messages(on: id, cursor: cursor, limit: 2, as: watched.actor)
                #expect(page.messages.count <= 2)
                found += page.messages.map(\.subject)
                cursor = page.next
            } while cursor != nil
            #expect(found == ["6", "5", "4", "3", "2", "1", "0"])
            await #expect(throws: RequestError.self) {
                try await channels.messages(on: id, cursor: "yesterday", as: watched.actor)
            }
            await #expect(throws: RequestError.self) {
                try await channels.messages(on: id, limit: 0, as: watched.actor)
            }
        }
    }
}

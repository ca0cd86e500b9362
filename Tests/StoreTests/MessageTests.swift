import Model
import SQL
import Store
import Testing

@Suite(.timeLimit(.minutes(20)))
struct MessageTests {
    @Test(arguments: TestStore.engines)
    func `a channel is read back whole, and shows how the last delivery went`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            var channel = try await store.addChannel()
            let second = try await store.addChannel("Hook", after: .seconds(1))
            let owner = store.anna.id
            #expect(try await store.read { try $0.channels(of: owner) } == [channel, second])
            let id = channel.id
            #expect(try await store.read { try $0.channel(id) } == channel)

            channel.lastDelivery = TestStore.start + .minutes(1)
            try await store.write { [moment = channel.lastDelivery] in
                try $0.setDelivery(moment, problem: nil, of: id)
            }
            #expect(try await store.read { try $0.channel(id) } == channel)
            channel.problem = "The server does not answer."
            try await store.write { [problem = channel.problem] in
                try $0.setDelivery(nil, problem: problem, of: id)
            }
            #expect(try await store.read { try $0.channel(id) } == channel)
            #expect(try await store.read { try $0.channel(second.id) } == second)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a message is read back whole`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let channel = try await store.addChannel()
            let full = OutboxMessage(
                id: .make(at: TestStore.start),
                channel: channel.id,
                idempotencyKey: "rule-1-1",
                subject: "Lamp “L” costs 19.99 EUR",
                content: "{\"a\":[1,\"ü\"]}",
                state: .refused,
                attempts: 3,
                created: TestStore.start,
                delivered: TestStore.start + .seconds(1),
                problem: "No."
            )
            try await store.write { try $0.insert(full) }
            #expect(try await store.read { try $0.message(full.id) } == full)
            #expect(try await store.read { try $0.message(ID("nothing")) } == nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a second message with the same key is not stored`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let channel = try await store.addChannel()
            let first = OutboxMessage.sample(on: channel, key: "rule-1-1")
            let second = OutboxMessage.sample(on: channel, key: "rule-1-1", at: TestStore.start + .seconds(1))
            try await store.write { try $0.insert(first) }
            try await store.write { try $0.insert(second) }
            #expect(try await store.read { try $0.messages(on: channel.id, limit: 10) }.map(\.id) == [first.id])
        }
    }

    @Test(arguments: TestStore.engines)
    func `messages of a channel come newest first and go with it`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let channel = try await store.addChannel()
            let other = try await store.addChannel("Hook")
            let messages = [2, 0, 1].map { minute in
                OutboxMessage.sample(on: channel, key: "\(minute)", at: TestStore.start + .minutes(minute))
            }
            let elsewhere = OutboxMessage.sample(on: other, key: "other")
            try await store.write { connection in
                for message in messages + [elsewhere] { try connection.insert(message) }
            }
            let listed = try await store.read { try $0.messages(on: channel.id, limit: 2) }
            #expect(listed.map(\.id) == [messages[0].id, messages[2].id])
            #expect(listed.map(\.content) == ["", ""])
            #expect(listed.map(\.subject) == [messages[0].subject, messages[2].subject])
            try await store.write { try $0.deleteChannel(channel.id) }
            #expect(try await store.read { try $0.channel(channel.id) } == nil)
            #expect(try await store.read { try $0.message(messages[0].id) } == nil)
            #expect(try await store.read { try $0.message(elsewhere.id) } == elsewhere)
        }
    }

    @Test(arguments: TestStore.engines)
    func `what is pending is found, oldest first, until it is delivered or refused`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let channel = try await store.addChannel()
            let messages = [0, 1, 2, 3].map { minute in
                OutboxMessage.sample(on: channel, key: "\(minute)", at: TestStore.start + .minutes(minute))
            }
            try await store.write { connection in for message in messages.reversed() { try connection.insert(message) }
            }
            let before = TestStore.start + .minutes(2)
            let ids = messages.map(\.id)
            #expect(
                try await store.read { try $0.pendingMessages(before: before, now: before + .days(9), limit: 10) }
                    == Array(ids[...2])
            )
            #expect(
                try await store.read { try $0.pendingMessages(before: before, now: before + .days(9), limit: 2) }
                    == Array(ids[...1])
            )

            let moment = TestStore.start + .hours(1)
            try await store.write { connection in
                try connection.recordAttempt(of: ids[0], state: .delivered, delivered: moment, problem: nil)
                try connection.recordAttempt(of: ids[1], state: .refused, delivered: nil, problem: "No.")
                try connection.recordAttempt(of: ids[2], state: .pending, delivered: nil, problem: "Not now.")
            }
            #expect(
                try await store.read { try $0.pendingMessages(before: moment, now: moment + .days(9), limit: 10) }
                    == Array(ids[2...])
            )
            let delivered = try #require(try await store.read { try $0.message(ids[0]) })
            #expect(delivered.state == .delivered)
            #expect(delivered.attempts == 1)
            #expect(delivered.delivered == moment)
            let waiting = try #require(try await store.read { try $0.message(ids[2]) })
            #expect(waiting.attempts == 1)
            #expect(waiting.problem == "Not now.")

            // A worker that is late changes nothing about a message that was delivered.
            try await store.write { connection in
                try connection.recordAttempt(of: ids[0], state: .refused, delivered: nil, problem: "Late.")
            }
            #expect(try await store.read { try $0.message(ids[0]) } == delivered)
        }
    }
}

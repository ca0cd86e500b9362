import Model
import Monitoring
import Queue
import Store
import TestSupport
import Testing

@Suite struct TellingTests {
    @Test func `secrets of a channel are not shown again`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            _ = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: ["key": "secret-1"],
                as: actor
            )
            let channels = try await house.monitoring.channels.channels(as: actor)
            #expect(channels.map(\.channel.options) == [["key": ""]])
            #expect(channels.map(\.kind?.title) == ["Bell"])
        }
    }

    @Test(arguments: [
        ("bell", "Door", [:], "option.key"), ("bell", "Door", ["key": "wrong"], "option.key"),
        ("bell", "Door", ["key": "secret", "colour": "red"], "option.colour"), ("bell", "", ["key": "secret"], "name"),
        ("gong", "Door", ["key": "secret"], "plugin"),
    ])
    func `what is wrong with a channel is named`(
        plugin: String,
        name: String,
        options: [String: String],
        field: String
    ) async throws {
        try await House.with { house in
            let actor = try await house.person()
            do {
                _ = try await house.monitoring.channels.add(plugin: plugin, name: name, options: options, as: actor)
                Issue.record("The channel was made.")
            } catch RequestError.invalid(let named, _) {
                #expect(named == field)
            }
        }
    }

    @Test func `a test says whether it arrived and shows on the channel`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            let id = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: ["key": "secret-1"],
                as: actor
            )
            #expect(try await house.monitoring.channels.test(id, as: actor) == nil)
            #expect(house.post.messages.count == 1)
            house.post.answer(with: 403)
            #expect(try await house.monitoring.channels.test(id, as: actor) == "The bell answered 403.")
            let channel = try await house.monitoring.channels.channels(as: actor).first?.channel
            #expect(channel?.problem == "The bell answered 403.")
            #expect(channel?.lastDelivery == house.clock.now)
        }
    }

    @Test func `a delivery that fails is tried again later and arrives once`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            house.post.answer(with: 500)
            try await house.work()
            #expect(house.post.messages.isEmpty)
            var channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            #expect(channel.channel.problem == "The bell is busy.")
            #expect(channel.messages.map(\.state) == [.pending])
            house.post.answer(with: 200)
            try await house.work()
            #expect(house.post.messages.isEmpty, "The wait is not over.")
            house.clock.advance(by: .minutes(1))
            try await house.work()
            #expect(house.post.messages.count == 1)
            channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            #expect(channel.channel.problem == nil)
            #expect(channel.messages.map(\.state) == [.delivered])
            #expect(channel.messages.map(\.attempts) == [2])
        }
    }

    @Test func `a refusal is not tried again and shows on the channel`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            house.post.answer(with: 410)
            try await house.work()
            house.post.answer(with: 200)
            house.clock.advance(by: .days(1))
            try await house.work()
            _ = try await house.monitoring.scheduling.enqueueMessages()
            try await house.work()
            #expect(house.post.messages.isEmpty)
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            #expect(channel.messages.map(\.state) == [.refused])
            #expect(channel.channel.problem == "The bell answered 410.")
            #expect(try await house.detail(watched).brokenChannels == ["Door"])
        }
    }

    @Test func `a message that is never taken is refused in the end`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "50")
            house.post.answer(with: 500)
            for _ in 0..<30 {
                try await house.work()
                house.clock.advance(by: .hours(3))
            }
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first)
            #expect(channel.messages.map(\.state) == [.refused])
            #expect(channel.messages.map(\.attempts) == [23])
        }
    }

    @Test func `a message whose job was lost is found again`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90", target: "50")
            // The process died between the commit and the job: the queue knows nothing.
            let job = try #require(try await house.queue.take(limit: 1, worker: "dead").first)
            try await house.queue.finish(job, .finished)
            #expect(try await house.monitoring.scheduling.enqueueMessages() == 0, "It may still be on its way.")
            house.clock.advance(by: .seconds(31))
            #expect(try await house.monitoring.scheduling.enqueueMessages() == 1)
            try await house.work()
            #expect(house.post.messages.count == 1)
            #expect(try await house.monitoring.scheduling.enqueueMessages() == 0)
        }
    }

    @Test func `a message is not sent twice, however often its job runs`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90", target: "50")
            let job = try #require(try await house.queue.take(limit: 1, worker: "test").first)
            #expect(await house.monitoring.jobs.perform(job) == .finished)
            #expect(await house.monitoring.jobs.perform(job) == .finished)
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `two schedulers make one job of a due listing`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90")
            house.clock.advance(by: .hours(1))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 1)
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 0)
            // The first one died before its job was queued: after the lease the same job is made, not another one.
            house.clock.advance(by: .minutes(11))
            #expect(try await house.monitoring.scheduling.enqueueDue(limit: 10) == 1)
            #expect(try await house.queue.counts().waiting == 1)
        }
    }

    @Test func `old lines of the check log go, history stays`() async throws {
        var settings = MonitoringSettings()
        settings.keepChecks = .days(1)
        try await House.with(settings: settings) { house in
            let watched = try await house.watched(price: "49.90")
            house.clock.advance(by: .days(3))
            _ = try await house.monitoring.scheduling.tidy()
            let detail = try await house.detail(watched)
            #expect(detail.listings[0].checks.isEmpty)
            #expect(detail.listings[0].runs.count == 1)
        }
    }
}

import Extraction
import Fetch
import Logging
import Model
import PluginAPI
import Queue
import SQL
import Store
import TestSupport
import Testing

@testable import Host
@testable import Monitoring

/// Messages on their whole way: outbox, queue, worker, plugin, HTTP, and a service on this machine.
struct RemoteDeliveryTests {
    @Test(arguments: RemoteService.all)
    func `a message waits for a service that is away for a day, and is delivered once`(remote: RemoteService)
        async throws
    {
        try await Station.with(remote) { station in
            station.service.suffer(.away)
            try await station.write()
            try await station.work(for: .hours(24), inStepsOf: .hours(1))
            #expect(station.service.shown == [])
            #expect(try await station.message().state == .pending)
            #expect(try await station.problem() != nil)
            station.service.suffer(nil)
            try await station.work(for: .hours(6), inStepsOf: .hours(1))
            #expect(station.service.shown.count == 1)
            #expect(try await station.message().state == .delivered)
            #expect(try await station.problem() == nil)
        }
    }

    @Test(arguments: RemoteService.all)
    func `a service that asks for three hours is left alone for three hours`(remote: RemoteService) async throws {
        try await Station.with(remote) { station in
            let wait = remote.wait
            station.service.suffer(.answer(status: 429, headers: wait.headers, body: wait.body))
            try await station.write()
            try await station.work(for: .minutes(1))
            #expect(station.service.asked == 1)
            station.service.suffer(nil)
            try await station.work(for: .minutes(170))
            #expect(station.service.asked == 1)
            try await station.work(for: .minutes(20))
            #expect(station.service.shown.count == 1)
            #expect(station.service.asked == 2)
        }
    }

    @Test(arguments: RemoteService.all)
    func `a refused message shows why and is not tried again by itself`(remote: RemoteService) async throws {
        try await Station.with(remote, changes: remote.wrong) { station in
            try await station.write()
            try await station.work(for: .hours(30), inStepsOf: .hours(3))
            #expect(station.service.shown == [])
            #expect(station.service.asked == 1)
            let message = try await station.message()
            #expect(message.state == .refused)
            #expect(message.attempts == 1)
            #expect(try await station.problem() == message.problem)
            // A person puts it right and presses the button.
            let channels = station.monitoring.channels
            let right = remote.values.filter { remote.wrong[$0.key] != nil }
            try await channels.change(station.channel, options: right, as: station.actor)
            try await channels.sendAgain(message.id, on: station.channel, as: station.actor)
            try await station.work(for: .minutes(20))
            #expect(station.service.shown.count == 1)
            #expect(try await station.message().state == .delivered)
            #expect(try await station.problem() == nil)
        }
    }
}

/// One channel of one person, and the service it speaks to over real connections.
private struct Station {
    let service: FakeService
    let monitoring: Monitoring
    let database: any Database
    let queue: any Queue
    let clock: ManualClock
    let actor: Actor
    let channel: ID<Channel>

    static func with(
        _ remote: RemoteService,
        changes: [String: String] = [:],
        _ body: (Station) async throws -> Void
    ) async throws {
        let rooms = [(StoreSchema.room, StoreSchema.migrations), (QueueSchema.room, QueueSchema.migrations)]
        try await TestDatabase.with(rooms: rooms) { test in
            let service = remote.make()
            let server = try TestServer(service.handler)
            defer { server.close() }
            var settings = FetchSettings()
            settings.hostPause = .zero
            settings.allowPrivateHosts = ["127.0.0.1"]
            let fetcher = Fetcher(settings: settings, logger: .quiet)
            let clock = ManualClock()
            let queue = DatabaseQueue(database: test.database, now: clock.reading)
            let home = service.home
            let url = server.url
            let guarded = fetcher.guarded
            let monitoring = Monitoring(
                database: test.database,
                queue: queue,
                registry: try InstalledPlugins.registry(),
                reader: PageReader(scrapers: []),
                doors: PluginDoors(
                    // The services' names lead to this machine.
                    exchange: { asked in
                        var request = asked
                        request.url = asked.url.replacing(home, with: url)
                        return try await guarded(request)
                    },
                    mail: { _ in throw Refused("There is no mail server in this test.") },
                    logger: .quiet
                ),
                zones: { _ in .utc },
                settings: MonitoringSettings(),
                passwordCost: .least,
                now: clock.reading,
                logger: .quiet
            )
            let invitation = try await monitoring.accounts.invite()
            let accepted = try await monitoring.accounts.accept(
                invitation: invitation.secret,
                name: "ada",
                password: "correct horse battery"
            )
            let session = try #require(try await monitoring.accounts.session(secret: accepted.secret))
            let channel = try await monitoring.channels.add(
                plugin: remote.plugin.id.text,
                name: "Mine",
                options: remote.values.merging(changes) { $1 },
                as: session.actor
            )
            try await body(
                Station(
                    service: service,
                    monitoring: monitoring,
                    database: test.database,
                    queue: queue,
                    clock: clock,
                    actor: session.actor,
                    channel: channel
                )
            )
            await fetcher.close()
        }
    }

    /// Writes a message into the outbox and makes its job, as a check does.
    func write() async throws {
        let message = OutboxMessage(
            id: .make(at: clock.now),
            channel: channel,
            idempotencyKey: SampleMessage.targetPrice.idempotencyKey,
            subject: SampleMessage.targetPrice.subject,
            content: try MessageContent.encode(SampleMessage.targetPrice),
            created: clock.now
        )
        try await database.transaction { try $0.insert(message) }
        try await Outbox(queue: queue).enqueue([message.id])
    }

    /// Lets the time pass in steps, with a worker and the scheduler's sweep in each.
    func work(for span: Duration, inStepsOf step: Duration = .minutes(10)) async throws {
        let end = clock.now + span
        while true {
            for job in try await queue.take(limit: 10, worker: "test") {
                try await queue.finish(job, await monitoring.jobs.perform(job))
            }
            guard clock.now < end else { return }
            clock.advance(by: min(step, end - clock.now))
            _ = try await monitoring.scheduling.enqueueMessages()
        }
    }

    func detail() async throws -> ChannelDetail {
        try #require(try await monitoring.channels.channels(as: actor).first)
    }

    func message() async throws -> OutboxMessage { try #require(try await detail().messages.first) }

    func problem() async throws -> String? { try await detail().channel.problem }
}

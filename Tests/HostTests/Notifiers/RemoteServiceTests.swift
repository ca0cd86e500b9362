import Model
import PluginAPI
import TestSupport
import Testing

@testable import Host

/// Every notifier against a service that refuses what the real one's documentation refuses.
struct RemoteServiceTests {
    @Test func `every notifier that speaks HTTP is tried`() {
        let tried = Set(RemoteService.all.map { $0.plugin.id })
        #expect(tried.union(["email", "webhook"]) == Set(InstalledPlugins.notifiers.map { $0.id }))
    }

    @Test(arguments: RemoteService.all)
    func `the service takes every message as it is`(remote: RemoteService) async throws {
        for message in SampleMessage.all {
            let service = remote.make()
            try await remote.notifier(service).send(message)
            #expect(service.refusals == [])
            let shown = try #require(service.shown.first)
            // Nothing that shops write calls anybody, looks different or leads anywhere else.
            #expect(shown.effects == [], "“\(message.subject)”")
            #expect(shown.links.allSatisfy { !$0.contains("evil.example") }, "\(shown.links)")
            #expect(remote.plugin.carriesKey == (shown.key == message.idempotencyKey))
        }
    }

    @Test(arguments: RemoteService.all)
    func `its readers see what happened, why, and where to go`(remote: RemoteService) async throws {
        let service = remote.make()
        try await remote.notifier(service).send(SampleMessage.targetPrice)
        let shown = try #require(service.shown.first)
        for text in ["Desk lamp Arc is down to €39.00", "Before, it cost €49.00.", "97 % sure."] {
            #expect(shown.text.contains(text), "“\(text)” is missing in “\(shown.text)”.")
        }
        let wherever = shown.links.joined(separator: " ") + shown.text
        #expect(wherever.contains("https://lamps.example/arc?colour=brass&size=m"))
        #expect(wherever.contains("https://prices.example.org/products/01k2v3w4x5y6z7a8b9c0d1e2f4"))
    }

    @Test(arguments: RemoteService.all)
    func `what shops write is shown as it is written`(remote: RemoteService) async throws {
        let service = remote.make()
        let title = "Lamp <b>&amp;</b> *x* [y](https://evil.example) @everyone <!channel> \"z\""
        try await remote.notifier(service).send(SampleMessage.targetPrice(subject: title, title: title, lines: [title]))
        let shown = try #require(service.shown.first)
        #expect(shown.text.contains(title), "\(shown.text)")
    }

    @Test(arguments: RemoteService.all)
    func `a text that is too long ends at the end of a line`(remote: RemoteService) async throws {
        let service = remote.make()
        let lines = (1...400).map { "Line \($0) of the report: lamp €\($0).00" }
        try await remote.notifier(service).send(SampleMessage.targetPrice(lines: lines))
        let shown = try #require(service.shown.first)
        let rows = shown.text.split(separator: "\n").map(String.init)
        #expect(rows.contains(lines[0]))
        let told = rows.filter { $0.hasPrefix("Line ") }
        #expect(told.allSatisfy { lines.contains($0) })
        // Gotify, Apprise and mail have no limit.
        if told.count < lines.count { #expect(rows.contains("…")) }
    }

    @Test(arguments: RemoteService.all)
    func `a wrong key or recipient is refused for good`(remote: RemoteService) async throws {
        let service = remote.make()
        let notifier = try remote.notifier(service, remote.wrong)
        await #expect(throws: Refused.self) { try await notifier.send(SampleMessage.test) }
        #expect(service.shown == [])
    }

    @Test(arguments: RemoteService.all)
    func `the wait that the service asks for is told, whether by header or in the body`(remote: RemoteService)
        async throws
    {
        let service = remote.make()
        let wait = remote.wait
        service.suffer(.answer(status: 429, headers: wait.headers, body: wait.body))
        let notifier = try remote.notifier(service)
        let error = await #expect(throws: NotNow.self) { try await notifier.send(SampleMessage.test) }
        let told = try #require(error?.retryAfter)
        #expect(told >= .seconds(wait.seconds) && told < .seconds(wait.seconds + 1))
    }
}

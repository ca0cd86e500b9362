import Logging
import Model
@testable import Monitoring
import PluginAPI
import Synchronization
import TestSupport
import Testing

/// Reports sent by hand while the mail server takes its time.
@Suite(.timeLimit(.minutes(20)))
struct ManualSendTests {
    private func reports(
        _ house: House,
        patience: Duration = .seconds(140),
        mail: @escaping MailExchange
    ) throws -> ManualReports {
        ManualReports(
            database: house.database,
            composer: house.monitoring.manualReports.composer,
            registry: try Registry(scrapers: [], notifiers: [Letter.self]),
            doors: PluginDoors(
                exchange: { _ in throw ExchangeError.unreachable("Nobody is there.") },
                mail: mail,
                logger: .quiet
            ),
            homeZone: "UTC",
            patience: patience,
            now: house.clock.reading
        )
    }

    @Test func `a second report waits for as long as the mail server takes for the first`() async throws {
        try await House.with { house in
            let actor = try await house.watched(price: "50.00").actor
            let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
            let (answers, answer) = AsyncStream.makeStream(of: Void.self)
            let sent = Mutex(0)
            let reports = try reports(house) { _ in
                arrived.yield()
                for await _ in answers { break }
                sent.withLock { $0 += 1 }
            }
            let preview = try await reports.preview(as: actor)
            let first = Task { try await reports.send(preview.id.text, to: "a@b.example", as: actor) }
            for await _ in arrivals { break }
            for seconds in [16, 60, 60] {
                house.clock.advance(by: .seconds(seconds))
                await #expect(throws: ManualReportError.self) {
                    try await reports.send(preview.id.text, to: "a@b.example", as: actor)
                }
            }
            let refusal = await #expect(throws: ManualReportError.self) {
                try await reports.send(preview.id.text, to: "a@b.example", as: actor)
            }
            #expect(refusal == .inProgress(retryAfter: .seconds(150 - 136)))
            answer.yield()
            try await first.value
            #expect(sent.withLock { $0 } == 1)
            answer.yield()
            try await reports.send(preview.id.text, to: "a@b.example", as: actor)
            #expect(sent.withLock { $0 } == 2)
        }
    }

    @Test func `a mail server that never answers is given up, and then another report can be sent`() async throws {
        try await House.with { house in
            let actor = try await house.watched(price: "50.00").actor
            let running = Mutex(0)
            let silent = try reports(house, patience: .milliseconds(20)) { _ in
                running.withLock { $0 += 1 }
                defer { running.withLock { $0 -= 1 } }
                try await Task.sleep(for: .seconds(3600))
            }
            let preview = try await silent.preview(as: actor)
            let error = await #expect(throws: ManualReportError.self) {
                try await silent.send(preview.id.text, to: "a@b.example", as: actor)
            }
            #expect(error?.code == "provider_send_failed")
            #expect(running.withLock { $0 } == 0, "The first one has ended when the second may begin.")
            try await reports(house) { _ in }.send(preview.id.text, to: "a@b.example", as: actor)
        }
    }

    @Test func `of the previews of an account the newest five are kept`() async throws {
        try await House.with { house in
            let actor = try await house.watched(price: "50.00").actor
            let reports = try reports(house) { _ in }
            var ids: [String] = []
            for _ in 0..<7 {
                ids.append(try await reports.preview(as: actor).id.text)
                house.clock.advance(by: .seconds(1))
            }
            var kept: [String] = []
            for id in ids where (try? await reports.kept(id, as: actor)) != nil { kept.append(id) }
            #expect(kept == Array(ids.suffix(5)))
        }
    }
}

/// The notifier “email” for tests: a mail without words.
private struct Letter: Notifier {
    static let id: PluginID = "email"
    static let title = "Letter"
    static let summary = "Writes a letter."
    static let options = [Option("to", "Who gets it.", kind: .mail, example: "me@example.org")]

    private let to: [String]
    private let mail: MailExchange

    init(_ setup: PluginSetup) throws(SetupError) {
        to = setup["to"].split(separator: ",").map { $0.trimmingWhitespace() }
        mail = setup.mail
    }

    func send(_ message: Message) async throws {
        try await mail(
            Mail(
                to: to,
                subject: message.subject,
                text: "",
                html: nil,
                idempotencyKey: message.idempotencyKey,
                date: message.created
            )
        )
    }
}

package import Model
import PluginAPI
import SQL
import Store

/// Reports that a person sends to somebody by hand: what was seen is what is sent, and no shop is asked for it.
package struct ManualReports: Sendable {
    let database: any Database
    let composer: ReportComposer
    let rendering: MailRendering
    let doors: PluginDoors
    let homeZone: String
    let now: @Sendable () -> Timestamp

    /// How long a preview can be sent.
    package static let lifetime: Duration = .minutes(15)
    /// How many reports can be sent within `window`.
    package static let mostSends = 5
    package static let window: Duration = .minutes(10)
    /// To how many addresses reports can be sent a day, each counted as often as it gets one.
    package static let mostRecipients = 99
    /// To how many addresses one report can be sent.
    package static let mostAtOnce = 3
    /// For how long the mail server may take: longer than one mail's own limit, and shorter than a page may take.
    let patience: Duration
    /// How long a send that is given up may take to end.
    private static let ending: Duration = .seconds(10)
    /// For how long a report that is being sent keeps others from it, should its process die: as long as it could run.
    var lock: Duration { patience + Self.ending }

    /// How many previews of an account are kept: a mail takes hundreds of kilobytes, and people send one of the last they
    /// saw.
    static let mostKept = 5

    init(
        database: any Database,
        composer: ReportComposer,
        registry: Registry,
        doors: PluginDoors,
        homeZone: String,
        patience: Duration = .seconds(140),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.database = database
        self.composer = composer
        rendering = MailRendering(registry: registry, doors: doors)
        self.doors = doors
        self.homeZone = homeZone
        self.patience = patience
        self.now = now
    }

    /// Why none can be sent, a sentence; nil while one can.
    package var obstacle: String? { doors.hasMailServer ? nil : ChannelKind.noMailServer }

    /// The report as it would be sent now; kept for `lifetime`.
    ///
    /// Throws `ManualReportError.noActiveProducts`.
    package func preview(as actor: Actor) async throws -> ManualReport {
        try actor.mayWrite()
        let report = try await shown(as: actor)
        guard report.products > 0 else { throw ManualReportError.noActiveProducts }
        try await database.transaction { connection in
            try connection.deleteManualReports(of: actor.account, keeping: Self.mostKept - 1)
            try connection.insert(report)
        }
        return report
    }

    /// The same, not kept and never refused: what the next digest would look like.
    package func shown(as actor: Actor) async throws -> ManualReport {
        let (now, homeZone) = (now(), homeZone)
        let id = ID<ManualReport>.make(at: now)
        let report = try await database.read { connection in
            let zone = composer.zone(try connection.digest(of: actor.account)?.zone ?? homeZone)
            return try composer.report(for: actor.account, zone: zone, now: now, on: connection)
        }
        let message = Message.digest(
            report,
            key: "report.\(id)",
            cause: .asked,
            digest: nil,
            home: composer.publicURL,
            now: now
        )
        // Replaced when it is sent.
        let mail = try await rendering.mail(message, to: "preview@localhost")
        return ManualReport(id: id, owner: actor.account, mail: mail, products: report.products, created: now)
    }

    /// The kept preview.
    ///
    /// Throws `ManualReportError.invalidPreview` and `.previewUnavailable`.
    package func kept(_ text: String, as actor: Actor) async throws -> ManualReport {
        guard let id = ID<ManualReport>(checking: text) else { throw ManualReportError.invalidPreview }
        let now = now()
        return try await database.read { try $0.sendable(id, of: actor.account, now: now) }
    }

    /// Sends a preview to one to three addresses separated by commas.
    ///
    /// Throws `ManualReportError`.
    package func send(_ text: String, to recipients: String, as actor: Actor) async throws {
        try actor.mayWrite()
        guard let id = ID<ManualReport>(checking: text) else { throw ManualReportError.invalidPreview }
        let addresses = try await addresses(recipients)
        let (now, homeZone, lock) = (now(), homeZone, lock)
        let (report, send) = try await database.transaction(.locking) { connection in
            try connection.lock("manual reports")
            let report = try connection.sendable(id, of: actor.account, now: now)
            let zone = composer.zone(try connection.digest(of: actor.account)?.zone ?? homeZone)
            try connection.checkLimits(
                of: actor.account,
                adding: addresses.count,
                zone: zone,
                lock: lock,
                now: now
            )
            let send = ManualReportSend(id: .make(at: now), recipients: addresses.count, isSent: false, started: now)
            try connection.insert(send, of: actor.account)
            return (report, send)
        }
        var mail = report.mail
        mail.to = addresses
        mail.idempotencyKey = "report.\(id).\(send.id)"
        do {
            let late = NotNow(
                "It did not answer within \(patience.components.seconds) seconds; it may have taken it all the same."
            )
            try await withDeadline(patience, orThrow: late) { [mail] in try await doors.mail(mail) }
        } catch {
            // Even where whoever asked is gone by now.
            try await database.transaction { try $0.deleteManualReportSend(send.id) }
            if error is CancellationError { throw error }
            throw ManualReportError.sendFailed("\(error)")
        }
        try await database.transaction { try $0.setSent(send.id) }
    }

    /// How much can still be sent.
    package func allowance(as actor: Actor) async throws -> ManualReportAllowance {
        let (now, homeZone) = (now(), homeZone)
        return try await database.read { connection in
            let zone = composer.zone(try connection.digest(of: actor.account)?.zone ?? homeZone)
            return try connection.allowance(of: actor.account, zone: zone, now: now)
        }
    }

    private func addresses(_ text: String) async throws -> [String] {
        let trial = Message.digest(
            Message.Report(items: [], day: "", since: now(), sinceText: ""),
            key: "report",
            cause: .asked,
            digest: nil,
            home: nil,
            now: now()
        )
        let addresses: [String]
        do {
            addresses = try await rendering.mail(trial, to: text).to
        } catch let error as SetupError {
            throw ManualReportError.invalidRecipients("The addresses are not right: “to” \(error.problem).")
        }
        guard addresses.count <= Self.mostAtOnce else {
            throw ManualReportError.invalidRecipients(
                "A report can go to \(Self.mostAtOnce) addresses at once, not to \(addresses.count)."
            )
        }
        return addresses
    }
}

import Logging
import Model
import PluginAPI
import Queue
import SQL
package import Store

/// Begins reports whose time has come, and writes those whose products were checked.
///
/// A row in the database is the truth about each: it is made once for an account and a due time, in the transaction that
/// sets the next time, and closed once, in the transaction that writes its messages. So whenever a process dies, or two
/// do the same, each report comes once. The products are checked as if their time had come; a report waits for that as
/// long as its patience lasts, and for no check's success.
package struct DigestTurns: Sendable {
    let database: any Database
    let queue: any Queue
    let outbox: Outbox
    let composer: ReportComposer
    let settings: MonitoringSettings
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// Begins what is due and writes what is ready; says how many reports were written.
    ///
    /// Throws `LostLeadership` when `term` is over, and then nothing was done; without a term it may be done by several at
    /// once.
    package func turn(in term: LeaderTerm? = nil) async throws -> Int {
        let now = now()
        // Most turns find nothing: those take no turn of the writer.
        guard try await database.read({ try $0.hasDigestWork(now: now) }) else { return 0 }
        try await beginDue(in: term)
        var (written, trouble) = (0, (any Error)?.none)
        for run in try await database.read({ try $0.openDigestRuns() }) {
            do {
                if try await isReady(run), try await write(run, in: term) { written += 1 }
            } catch let error as LostLeadership {
                throw error
            } catch {
                // The others' reports do not wait for it, and the next one of the same account not for ever.
                trouble = error
                try await giveUp(run, why: error, in: term)
            }
        }
        if let trouble { throw trouble }
        return written
    }

    /// Begins all whose time has come.
    func beginDue(in term: LeaderTerm? = nil) async throws {
        let now = now()
        let begun = try await database.transaction(.locking) { connection in
            if let term { try connection.require(term) }
            return try connection.dueDigests(now: now).compactMap { digest in
                try begin(digest, now: now, on: connection)
            }
        }
        for run in begun { log(run) }
    }

    /// Begins the one that is due by `digest.next`, and sets its next time.
    ///
    /// nil when another one did so before.
    func begin(_ digest: Digest, now: Timestamp, on connection: any Connection) throws -> DigestRun? {
        guard let due = digest.next else { return nil }
        try connection.lock("digest runs")
        let next = try digest.rhythm.cron().next(after: now, in: composer.zone(digest.zone))
        try connection.setNext(next, ofDigestOf: digest.owner)
        var run = newRun(of: digest.owner, due: due, cause: .scheduled, now: now)
        if now - due > settings.digestLateness {
            run.note =
                "Nothing was there to make it when it was due, and it would have come more than "
                + "\(settings.digestLateness.wholeMilliseconds / 3_600_000) hours late."
        } else if try connection.openDigestRun(of: digest.owner) != nil {
            run.note = "The one before it was still being made."
        }
        if run.note != nil { (run.state, run.closed) = (.skipped, now) }
        return try start(run, on: connection) ? run : nil
    }

    /// Begins one that somebody asked for; gives the one that is being made already, where there is one.
    ///
    /// nil when it was begun before under the same due time. `isChecked` says that the products need no check for it.
    func begin(
        of owner: ID<Account>,
        due: Timestamp,
        cause: DigestRun.Cause,
        isChecked: Bool,
        now: Timestamp,
        on connection: any Connection
    ) throws -> DigestRun? {
        try connection.lock("digest runs")
        if let open = try connection.openDigestRun(of: owner) { return open }
        let run = newRun(of: owner, due: due, cause: cause, isChecked: isChecked, now: now)
        return try start(run, on: connection) ? run : nil
    }

    private func newRun(
        of owner: ID<Account>,
        due: Timestamp,
        cause: DigestRun.Cause,
        isChecked: Bool = false,
        now: Timestamp
    ) -> DigestRun {
        DigestRun(
            id: .make(at: now),
            owner: owner,
            due: due,
            cause: cause,
            started: now,
            patience: isChecked ? now : now + settings.digestPatience
        )
    }

    /// False when there is one of that due time already.
    private func start(_ run: DigestRun, on connection: any Connection) throws -> Bool {
        guard try connection.insert(run) else { return false }
        if run.state == .checking, run.patience > run.started {
            try connection.makeDue(listingsOf: run.owner, notCheckedSince: fresh(run), now: run.started)
        }
        return true
    }

    /// What was looked at since then is not looked at again: nobody may ask a shop more often than that.
    private func fresh(_ run: DigestRun) -> Timestamp { run.started - settings.minimumInterval }

    /// Leaves out a report that could not be written for so long that it is no passing trouble.
    private func giveUp(_ run: DigestRun, why error: any Error, in term: LeaderTerm?) async throws {
        let now = now()
        guard now > run.patience + Self.leniency else { return }
        var closed = run
        (closed.state, closed.closed, closed.note) = (.skipped, now, "It could not be made: \(error)")
        let isClosed = try await database.transaction(.locking) { [closed] connection in
            if let term { try connection.require(term) }
            return try connection.close(closed)
        }
        if isClosed { log(closed) }
    }

    /// For how long writing is tried again after a report's patience.
    private static let leniency: Duration = .minutes(30)

    private func isReady(_ run: DigestRun) async throws -> Bool {
        let now = now()
        // A clock that was set back does not make it wait longer.
        guard now < run.patience, now >= run.started else { return true }
        return try await database.read { connection in
            try !connection.hasUnchecked(listingsOf: run.owner, since: fresh(run), until: run.patience)
        }
    }

    /// How far it is with what `isReady` waits for.
    func progress(of run: DigestRun, on connection: any Connection) throws -> DigestDetail.Progress {
        let count = try connection.countUnchecked(listingsOf: run.owner, since: fresh(run), until: run.patience)
        return DigestDetail.Progress(
            listings: count.listings,
            waiting: run.patience > run.started ? count.unchecked : 0
        )
    }

    /// False when another one wrote it meanwhile.
    private func write(_ run: DigestRun, in term: LeaderTerm?) async throws -> Bool {
        let now = now()
        let (digest, report) = try await database.read { connection in
            let digest = try connection.digest(of: run.owner)
            let zone = composer.zone(digest?.zone ?? Zone.utc.name)
            return (digest, try composer.report(for: run.owner, zone: zone, now: now, on: connection))
        }
        let message = Message.digest(
            report,
            key: run.key,
            cause: run.cause,
            digest: digest,
            home: composer.publicURL,
            now: now
        )
        // Once for all channels, and not while everybody else who writes has to wait.
        let content = try MessageContent.encode(message)
        let closed = try await database.transaction(.locking) { connection -> (DigestRun, [ID<OutboxMessage>])? in
            if let term { try connection.require(term) }
            let channels = try connection.channels(of: run.owner).filter { channel in
                digest?.channels.map { $0.contains(channel.id) } ?? true
            }
            var closed = run
            (closed.state, closed.closed) = (.written, now)
            (closed.products, closed.messages) = (report.products, channels.count)
            if channels.isEmpty { closed.note = "There is no channel to send it on." }
            guard try connection.close(closed) else { return nil }
            let messages = channels.map { channel in
                OutboxMessage(
                    id: .make(at: now),
                    channel: channel.id,
                    idempotencyKey: run.key(on: channel.id),
                    subject: message.subject,
                    content: content,
                    created: now
                )
            }
            for message in messages { try connection.insert(message) }
            return (closed, messages.map(\.id))
        }
        guard let (closed, messages) = closed else { return false }
        log(closed)
        try await outbox.enqueue(messages)
        return true
    }

    func log(_ run: DigestRun) {
        var metadata: Logger.Metadata = ["digest.run.id": "\(run.id)", "account.id": "\(run.owner)"]
        switch run.state {
        case .checking: logger.debug("Began a report.", metadata: metadata)
        case .written:
            metadata["products"] = .stringConvertible(run.products ?? 0)
            metadata["messages"] = .stringConvertible(run.messages ?? 0)
            metadata["outcome"] = "written"
            metadata["took.milliseconds"] = .stringConvertible(
                max(0, ((run.closed ?? run.started) - run.started).wholeMilliseconds)
            )
            logger.info("Wrote a report.", metadata: metadata)
        case .skipped:
            metadata["error"] = "\(run.note ?? "")"
            logger.warning("Left out a report.", metadata: metadata)
        }
    }
}

extension DigestRun {
    fileprivate var key: String { "digest.\(id)" }

    /// Names the run and the channel, so that one report can't become two messages on one channel.
    func key(on channel: ID<Channel>) -> String { "\(key).\(channel)" }
}

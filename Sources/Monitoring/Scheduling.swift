import Model
import Queue
import SQL
package import Store

/// What happens by the clock.
package struct Scheduling: Sendable {
    let database: any Database
    let queue: any Queue
    let outbox: Outbox
    let retelling: Retelling
    let record: CheckRecorder
    let clock: ClockWatch
    let times: OpeningTimes
    let settings: MonitoringSettings
    /// What is due is told by the database's clock, so that a scheduler whose own is wrong checks neither late nor early.
    let dueClock: @Sendable (any Connection) throws -> Timestamp
    let now: @Sendable () -> Timestamp

    /// A listing that was taken is offered again after this, if its job never came to be.
    static let lease: Duration = .minutes(10)

    /// Makes jobs of due listings, at most `limit`; says how many.
    ///
    /// As many as `limit` means that more may be due. Throws `LostLeadership` when `term` is over, and then none was taken;
    /// without a term it is up to the caller that nobody else does it.
    package func enqueueDue(limit: Int, in term: LeaderTerm? = nil) async throws -> Int {
        let now = try await database.read(dueClock)
        try await mendTimes(now: now, in: term)
        let due = try await database.transaction(.locking) { connection in
            if let term { try connection.require(term) }
            return try connection.takeDueListings(limit: limit, now: now, leaseEnd: now + Self.lease)
        }
        guard !due.isEmpty else { return 0 }
        // A listing is offered again when its check was never recorded; where its job was given up, another try at once
        // would end the same.
        let failures = try await queue.failures(of: due.map(\.job))
        var jobs: [NewJob] = []
        for listing in try await postponingClosed(due, besides: failures, now: now, in: term) {
            if let why = failures[listing.job] {
                try await record.recordGivenUp(listing.id, job: listing.job, why: why)
            } else {
                jobs.append(
                    try CheckJob(
                        listing: listing.id,
                        product: listing.product,
                        url: listing.url,
                        triggered: now,
                        isScheduled: true
                    ).new(id: listing.job, isUrgent: false)
                )
            }
        }
        if !jobs.isEmpty { try await queue.add(jobs) }
        return due.count
    }

    /// Without those that may not be checked now: they are due when they may.
    private func postponingClosed(
        _ due: [DueListing],
        besides failures: [String: String],
        now: Timestamp,
        in term: LeaderTerm?
    ) async throws -> [DueListing] {
        let openings = due.map { failures[$0.job] == nil ? times.opening(of: $0.window, from: now) : now }
        let closed = zip(due, openings).filter { $1 > now }
        guard !closed.isEmpty else { return due }
        try await database.transaction(.locking) { connection in
            if let term { try connection.require(term) }
            for (listing, opening) in closed { try connection.postpone(listing.id, to: opening) }
        }
        return zip(due, openings).filter { $1 <= now }.map(\.0)
    }

    /// After the clock was set back, nothing waits for a time that is far away; after it was set forward, what was not
    /// due before the jump keeps its distance, so that not everything is due at once.
    private func mendTimes(now: Timestamp, in term: LeaderTerm?) async throws {
        switch clock.jump(at: now) {
        case nil: return
        case .back?:
            // Once after each start, too.
            var filled = 500
            while filled == 500 {
                filled = try await database.transaction(.locking) { connection in
                    if let term { try connection.require(term) }
                    return try connection.fillSites(limit: 500)
                }
            }
            var place: ID<Listing>?
            repeat {
                place = try await database.transaction(.locking) { [place] connection in
                    if let term { try connection.require(term) }
                    return try connection.mendFutureTimes(
                        now: now,
                        longestLease: Self.lease,
                        after: place,
                        limit: 2000
                    )
                }
            } while place != nil
            try await database.transaction(.locking) { connection in
                if let term { try connection.require(term) }
                try connection.offerTakenListings(now: now)
            }
        case .forward(let span)?:
            try await database.transaction(.locking) { connection in
                if let term { try connection.require(term) }
                try connection.postponeListings(dueAfter: now - span, by: span, now: now)
            }
        }
        clock.mended(at: now)
    }

    /// How long the oldest has waited of what is due and has no job yet, and of messages that are not delivered; zero when
    /// there is none.
    package func arrears() async throws -> (listings: Duration, messages: Duration) {
        let (now, due, written) = try await database.read { [dueClock] connection in
            let now = try dueClock(connection)
            return (now, try connection.oldestDue(now: now), try connection.oldestPendingMessage(now: now))
        }
        return (due.map { max(now - $0, .zero) } ?? .zero, written.map { max(now - $0, .zero) } ?? .zero)
    }

    /// By how much this process' clock is ahead of the one that it shares with the others; below zero when it is behind.
    package func clockDifference() async throws -> Duration {
        let before = now()
        let shared = try await database.read(dueClock)
        // The answer took its time: it was given somewhere in between.
        let after = now()
        if shared < before { return before - shared }
        return shared > after ? after - shared : .zero
    }

    /// The queue may have lost jobs: what was taken is offered again, and gives the same jobs where they are still there.
    package func offerAgain(in term: LeaderTerm? = nil) async throws {
        try await database.transaction(.locking) { [dueClock] connection in
            if let term { try connection.require(term) }
            try connection.offerTakenListings(now: try dueClock(connection))
        }
    }

    /// Finds messages whose job was lost between two commits or given up; says how many it made jobs of.
    package func enqueueMessages(in term: LeaderTerm? = nil) async throws -> Int {
        let now = now()
        // These do not stand in line behind what can't be delivered.
        let released = try await retelling.releaseHeld(in: term)
        let pending = try await database.read { connection in
            try connection.pendingMessages(before: now - .seconds(30), now: now, limit: 500)
        }
        let failures = try await queue.failures(of: pending.map(Outbox.job))
        try await outbox.enqueue(pending.filter { failures[Outbox.job($0)] == nil })
        let ours = term?.fence(database).around(database) ?? database
        for id in pending {
            guard let why = failures[Outbox.job(id)] else { continue }
            try await outbox.enqueueAgain(id, why: why, on: ours, now: now)
        }
        return pending.count + released
    }

    /// Removes what nobody needs any more, in small steps so that others can write in between; says how many lines of
    /// the check log went.
    package func tidy() async throws -> Int {
        let now = now()
        let (checks, previews, failures) = (now - settings.keepChecks, now - .days(1), now - .days(1))
        var removed = 0
        while true {
            let count = try await database.transaction(.locking) { try $0.deleteChecks(before: checks, limit: 1000) }
            removed += count
            if count < 1000 { break }
        }
        try await database.transaction(.locking) { connection in
            try connection.deletePreviews(before: previews)
            try connection.deleteSignInFailures(before: failures)
            _ = try connection.deleteSites(unchangedSince: checks)
            try connection.deleteDigestRuns(before: checks)
            try connection.deleteManualReports(before: previews)
            // The day that they count for may have begun in another zone.
            try connection.deleteManualReportSends(before: now - .days(3))
        }
        try await tidyHistory(now: now)
        try await database.maintain()
        return removed
    }
}

extension Scheduling {
    private func tidyHistory(now: Timestamp) async throws {
        // The next quarter's table too, long before it begins: two schedulers may be asleep for some days.
        try await database.transaction(.locking) { try $0.prepareHistory(from: now, to: now + .days(60)) }
        guard let keep = settings.keepHistory else { return }
        let oldest = Quarter(now - keep)
        var place: ID<Listing>?
        repeat {
            place = try await database.transaction(.locking) { [place] connection in
                try connection.deleteHistory(before: oldest, after: place, limit: 500)
            }
        } while place != nil
    }
}

extension DueListing {
    /// The id of its check's job: it names the listing and the due time, so that a second scheduler can't double it.
    fileprivate var job: String { "check-\(id)-\(due.milliseconds)" }
}

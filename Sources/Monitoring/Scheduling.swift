import Model
import Queue
import SQL
import Store

/// What happens by the clock.
package struct Scheduling: Sendable {
    let database: any Database
    let queue: any Queue
    let outbox: Outbox
    let settings: MonitoringSettings
    let now: @Sendable () -> Timestamp

    /// A listing that was taken is offered again after this, if its job never came to be.
    private static let lease: Duration = .minutes(10)

    /// Makes jobs of due listings, at most `limit`; says how many.
    ///
    /// As many as `limit` means that more may be due.
    ///
    /// A job's id names the listing and the due time, so that a second scheduler can't double it.
    package func enqueueDue(limit: Int) async throws -> Int {
        let now = now()
        let due = try await database.transaction { connection in
            try connection.takeDueListings(limit: limit, now: now, leaseEnd: now + Self.lease)
        }
        let jobs = try due.map { listing in
            try CheckJob(listing: listing.id, product: listing.product, url: listing.url, triggered: now)
                .new(id: "check-\(listing.id)-\(listing.due.milliseconds)", isUrgent: false)
        }
        if !jobs.isEmpty { try await queue.add(jobs) }
        return due.count
    }

    /// Finds messages whose job was lost between two commits; says how many it made jobs of.
    package func enqueueMessages() async throws -> Int {
        let moment = now() - .seconds(30)
        let pending = try await database.read { try $0.pendingMessages(before: moment, limit: 500) }
        try await outbox.enqueue(pending)
        return pending.count
    }

    /// Removes what nobody needs any more, in small steps so that others can write in between; says how many lines of
    /// the check log went.
    package func tidy() async throws -> Int {
        let now = now()
        let (checks, previews, failures) = (now - settings.keepChecks, now - .days(1), now - .days(1))
        var removed = 0
        while true {
            let count = try await database.transaction { try $0.deleteChecks(before: checks, limit: 1000) }
            removed += count
            if count < 1000 { break }
        }
        try await database.transaction { connection in
            try connection.deletePreviews(before: previews)
            try connection.deleteSignInFailures(before: failures)
        }
        return removed
    }
}

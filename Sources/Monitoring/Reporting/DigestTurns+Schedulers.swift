import Model
import Queue
import SQL
package import Store

extension DigestTurns {
    /// Sees to it that the queue has a job scheduler for each report that is on and no other, and that no report waits
    /// for a time that is further than its next one, as after the clock was set back.
    ///
    /// Throws `LostLeadership` when `term` is over.
    package func keep(in term: LeaderTerm? = nil) async throws {
        let now = now()
        let fence = term?.fence(database)
        let database = fence?.around(database) ?? database
        let queue = fence.map(queue.fenced) ?? queue
        let digests = try await database.read { try $0.digestsThatAreOn() }
        for digest in digests {
            let next = try digest.rhythm.cron().next(after: now, in: composer.zone(digest.zone))
            guard let next, digest.next.map({ $0 > next }) ?? true else { continue }
            try await database.transaction(.locking) { connection in
                // What a person changed meanwhile has its own next time.
                guard try connection.digest(of: digest.owner) == digest else { return }
                try connection.setNext(next, ofDigestOf: digest.owner)
            }
        }
        // The queue knows no times of a zone that can't be read; the turns make those reports by themselves.
        let wanted = try digests.filter { (try? composer.zones($0.zone)) != nil }.map(Self.scheduler)
        let kept = try await queue.schedulers().map(\.scheduler).filter { $0.id.hasPrefix(Self.prefix) }
        for scheduler in wanted where !kept.contains(scheduler) { try await queue.upsert(scheduler) }
        let ids = Set(wanted.map(\.id))
        for scheduler in kept where !ids.contains(scheduler.id) { try await queue.removeScheduler(scheduler.id) }
    }

    private static let prefix = "digest-"

    private static func scheduler(of digest: Digest) throws -> JobScheduler {
        JobScheduler(
            id: prefix + digest.owner.text,
            rhythm: .cron(try digest.rhythm.cron(), zone: digest.zone),
            template: NewJob(
                id: "",
                name: .sendDigestScheduled,
                payload: #"{"accountId":"\#(digest.owner)","type":"scheduled"}"#,
                attempts: 5,
                backoff: .fixed(.seconds(10), jitterPercent: 20),
                deadline: .seconds(120)
            )
        )
    }
}

import Model
import Queue
import SQL
import Store

/// Writes what a check saw: listing, history run, check log, rule state and outbox, in one transaction.
package struct CheckRecorder: Sendable {
    let database: any Database
    let outbox: Outbox
    let times: OpeningTimes
    let settings: MonitoringSettings
    let now: @Sendable () -> Timestamp

    /// Gives the standing of what was observed; nil where nothing was, and where the job was recorded already.
    func record(_ looked: Looked, of id: ID<Listing>, job: String) async throws -> Standing? {
        let (now, belief, settings, times) = (now(), belief, settings, times)
        let recorded = try await database.transaction { connection -> Recorded? in
            // Removed while it was looked at.
            guard let listing = try connection.listing(id) else { return nil }
            let check = RecordedCheck(
                job: job,
                looked: looked,
                listing: listing,
                now: now,
                belief: belief,
                secondLook: settings.secondLook,
                publicURL: settings.publicURL,
                times: times
            )
            return try check.write(to: connection)
        }
        guard let recorded else { return nil }
        try await outbox.enqueue(recorded.messages)
        return recorded.standing
    }

    /// The first point of a history: what a person saw in the preview and saved, so it is believed.
    func recordPreview(_ preview: Preview, of listing: Listing) async throws {
        let looked = Looked(
            reading: preview.reading,
            status: preview.status,
            finalURL: preview.answered,
            took: preview.took,
            validators: Listing.Validators()
        )
        _ = try await record(looked, of: listing.id, job: "preview-\(preview.id)")
    }

    /// Writes down that a check never came to an end: it ran out of time, kept ending its worker, or met trouble of our
    /// own again and again.
    ///
    /// It counts as refused: a new outcome could not be read by the version before this one.
    func recordGivenUp(_ id: ID<Listing>, job: String, why: String) async throws {
        let looked = Looked(
            reading: Reading(outcome: .refused, note: "The check itself failed: \(why)"),
            status: nil,
            finalURL: "",
            took: .zero,
            validators: Listing.Validators()
        )
        _ = try await record(looked, of: id, job: job)
    }

    private var belief: Belief {
        var belief = Belief()
        belief.tolerance = settings.tolerance
        return belief
    }
}

/// What came of recording a check.
struct Recorded: Hashable, Sendable {
    let standing: Standing?
    let messages: [ID<OutboxMessage>]
}

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
    ///
    /// `describesAnew` says that the product's picture is to be the one of this page.
    func record(
        _ looked: Looked,
        of id: ID<Listing>,
        job: String,
        describesAnew: Bool = false
    ) async throws -> Standing? {
        let write = writing(looked, job: job, describesAnew: describesAnew)
        let recorded = try await database.transaction(.locking) { connection -> Recorded? in
            try write(id, connection)
        }
        guard let recorded else { return nil }
        try await outbox.enqueue(recorded.messages)
        return recorded.standing
    }

    /// What writes the first point of a history, in the transaction that makes its listing: what a person saw in the
    /// preview and saved, so it is believed.
    ///
    /// In one of its own a check might come between, and a death would lose what the person saw.
    func recordingPreview(_ preview: Preview) -> @Sendable (ID<Listing>, any Connection) throws -> Recorded? {
        let looked = Looked(
            reading: preview.reading,
            status: preview.status,
            finalURL: preview.answered,
            took: preview.took,
            validators: Listing.Validators()
        )
        return writing(looked, job: "preview-\(preview.id)")
    }

    private func writing(
        _ looked: Looked,
        job: String,
        describesAnew: Bool = false
    ) -> @Sendable (ID<Listing>, any Connection) throws -> Recorded? {
        let (now, belief, settings, times) = (now(), belief, settings, times)
        let outcome = looked.reading.outcome
        return { id, connection in
            let known = try connection.knownListing(
                id,
                job: job,
                price: outcome == .ok || outcome == .outOfStock,
                rules: outcome.isReading
            )
            // Removed while it was looked at.
            guard let known else { return nil }
            let check = RecordedCheck(
                job: job,
                looked: looked,
                known: known,
                describesAnew: describesAnew,
                now: now,
                belief: belief,
                secondLook: settings.secondLook,
                asksAboutDoubts: settings.asksAboutDoubts,
                publicURL: settings.publicURL,
                times: times
            )
            return try check.write(to: connection)
        }
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

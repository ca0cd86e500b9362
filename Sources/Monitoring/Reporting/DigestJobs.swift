import FoundationEssentials
import Logging
import Model
import Queue
import SQL
import Store

/// Performs the jobs that begin reports; the scheduler writes them when their products were checked.
struct DigestJobs: Sendable {
    let turns: DigestTurns

    /// What our own jobs and those of the original system say.
    private struct Payload: Decodable {
        /// nil means every account whose report is on.
        let accountId: String?
    }

    func perform(_ job: Job, notes: JobNotes) async throws -> JobEnd {
        let payload: Payload
        do {
            payload = try JSONDecoder().decode(Payload.self, from: Data(job.payload.utf8))
        } catch {
            return .giveUp(why: "The payload of \(job.name) is not a JSON object, or its “accountId” is no text.")
        }
        if job.name == .sendDigestScheduled, payload.accountId != nil {
            // Which time is due stands in the database: it may have been changed since this job was made.
            try await turns.beginDue()
            notes.did("Began the reports that are due.")
            return .finished
        }
        let (now, due) = (turns.now(), Self.due(job))
        let begun = try await turns.database.transaction(.locking) { connection in
            let owners: [ID<Account>]
            if let text = payload.accountId {
                owners = try ID(checking: text).flatMap { try connection.account($0) }.map { [$0.id] } ?? []
            } else {
                owners = try connection.digestsThatAreOn().map(\.owner)
            }
            return try owners.compactMap { owner in
                try turns.begin(
                    of: owner,
                    due: due,
                    cause: job.name == .sendDigestScheduled ? .scheduled : .asked,
                    isChecked: job.name == .sendDigestFlow,
                    now: now,
                    on: connection
                )
            }
        }
        notes["reports"] = .stringConvertible(begun.count)
        notes.did("Began reports that were asked for.")
        return .finished
    }

    /// The same each time that the job is tried: a repeated job's id ends with the time that it was made for.
    private static func due(_ job: Job) -> Timestamp {
        guard job.id.hasPrefix("repeat:"), let last = job.id.split(separator: ":").last, let time = Int(last) else {
            return job.added
        }
        return Timestamp(milliseconds: time)
    }
}

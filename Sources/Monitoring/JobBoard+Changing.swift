package import Model
import Queue
import SQL
import Store

extension JobBoard {
    /// Lets a failed job start over, so that it does again what it is for.
    ///
    /// Throws `.notFound` when there is no such one, or another one about the same is still to be done; `.conflict` when
    /// there is nothing left to do.
    package func retry(_ id: String, as actor: Actor) async throws {
        try actor.mayWrite()
        guard try await queue.failures(of: [id])[id] != nil, try await mayChange(id, actor) else {
            throw Self.nothingToRetry
        }
        switch JobSubject(job: id) {
        case .message(let message): try await offerAgain(message)
        case .listing(let listing):
            if try await checkAnew(listing, insteadOf: id, as: actor) { return }
        case .account, nil: break
        }
        guard try await queue.retry(id) else { throw Self.nothingToRetry }
    }

    /// Removes a job; says what becomes of what it was to do.
    ///
    /// Throws `.notFound` when there is no such job, a worker has it, or it is the next one of a schedule.
    package func remove(_ id: String, as actor: Actor) async throws -> Removal {
        try actor.mayWrite()
        let isFailed = try await queue.failures(of: [id])[id] != nil
        guard try await mayChange(id, actor), try await queue.remove(id) else {
            throw RequestError.notFound(
                "This job can't be removed: it is done or removed already, a worker has it right now, or it is the next "
                    + "one of a schedule."
            )
        }
        switch JobSubject(job: id) {
        case .message(let message):
            let isWithdrawn = try await database.transaction { try $0.refuse(message, why: Self.withdrawn) }
            // The sweep may have made another one just before.
            _ = try await queue.remove(id)
            return isWithdrawn ? .withdrawn : .forGood
        case .listing: return isFailed ? .forGood : .comesAgain
        case .account, nil: return .forGood
        }
    }

    /// From now on nothing is checked or delivered, for nobody, until `resume`.
    package func pause(as actor: Actor) async throws {
        try actor.mayWrite()
        try await queue.pause()
    }

    package func resume(as actor: Actor) async throws {
        try actor.mayWrite()
        try await queue.resume()
    }

    /// What the log of a channel says of a message whose job somebody removed.
    static let withdrawn = "A person removed it from the queue."

    private static let nothingToRetry = RequestError.notFound(
        "This job does not wait for another try: it was removed, it was tried again already, or another one about "
            + "the same is still to be done."
    )

    private func mayChange(_ id: String, _ actor: Actor) async throws -> Bool {
        guard let subject = JobSubject(job: id) else { return true }
        let owner = try await database.read { try $0.owners(of: [subject])[subject] }
        return owner == nil || owner == actor.account
    }

    /// Sees to it that the delivery which starts over has something to deliver.
    private func offerAgain(_ id: ID<OutboxMessage>) async throws {
        try await database.transaction { connection in
            switch try connection.message(id)?.state {
            case .refused: _ = try connection.offerAgain(id)
            case .pending: break
            case .delivered:
                throw RequestError.conflict(
                    "The message was delivered, so it is not sent again. Remove the job.",
                    existing: nil
                )
            case .withdrawn:
                throw RequestError.conflict(
                    "The message was not true any more, so it was withdrawn. Remove the job.",
                    existing: nil
                )
            case nil:
                throw RequestError.conflict(
                    "The message went with its channel, so there is nothing to send. Remove the job.",
                    existing: nil
                )
            }
        }
    }

    /// A check that was given up is recorded as that, and a job does nothing that is recorded: another one takes its
    /// place.
    ///
    /// False where it is not recorded yet.
    private func checkAnew(_ id: ID<Listing>, insteadOf job: String, as actor: Actor) async throws -> Bool {
        let (isThere, isRecorded) = try await database.read { connection in
            (try connection.listing(id) != nil, try connection.check(job: job) != nil)
        }
        guard isThere else {
            throw RequestError.conflict(
                "The listing was removed, so there is nothing to check. Remove the job.",
                existing: nil
            )
        }
        guard isRecorded else { return false }
        _ = try await watching.checkNow(id, as: actor)
        _ = try await queue.remove(job)
        return true
    }
}

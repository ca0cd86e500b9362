import Fetch
import Logging
import Model
import Queue
import SQL
import Store

/// Performs `check-price` and `update-product-info` jobs.
struct Checks: Sendable {
    let database: any Database
    let look: PageLook
    let record: CheckRecorder
    let times: OpeningTimes
    let metrics: MonitoringMetrics
    let now: @Sendable () -> Timestamp

    /// How long a check that nobody asked for holds a worker while others have their turn at its shop.
    private static let patience: Duration = .seconds(10)

    /// A check always ends with an outcome, whatever the shop does; only trouble of our own is tried again.
    func perform(_ job: Job, notes: JobNotes) async throws -> JobEnd {
        let payload: CheckJob
        do {
            payload = try CheckJob(payload: job.payload)
        } catch {
            return .giveUp(
                why: "The payload of \(job.name) is not a JSON object with “url”, “listingId” or “productId”."
            )
        }
        notes["request.id"] = payload.requestId.map { "\($0.prefix(64))" }
        guard payload.listingId ?? payload.url ?? payload.productId != nil else {
            return .giveUp(why: "The payload of \(job.name) names no “url”, “listingId” or “productId”.")
        }
        let isRefresh = job.name == .updateProductInfo
        let planned = try await database.read { connection in
            let listings = try connection.listings(for: payload)
            if listings.isEmpty { notes.skip("Nothing watches this address.") }
            return try connection.plannedChecks(of: listings, job: job.id, isRefresh: isRefresh)
        }
        if planned.isEmpty, notes.skipped == nil {
            notes.skip("The listing was removed, or this check was written down before.")
        }
        // One job of the original system may mean several listings; then the last one's outcome stands in the line.
        if planned.count > 1 { notes["listings"] = .stringConvertible(planned.count) }
        for check in planned {
            // The job may have waited for a worker until after the listing's check times.
            let isScheduled = payload.scheduled == true
            if isScheduled, try await postpone(check.listing, notes: notes) { continue }
            do {
                try await perform(
                    check,
                    patience: isScheduled ? Self.patience : nil,
                    isRefresh: isRefresh,
                    notes: notes
                )
            } catch let later as LaterTurn {
                let due = times.opening(of: check.listing.window, from: now() + later.after)
                try await database.transaction(.locking) { try $0.postpone(check.listing.id, to: due) }
                notes.did("Postponed a check until others at its shop are done.")
            }
        }
        return .finished
    }

    /// Whether the listing may not be checked now; then it is due when it may.
    private func postpone(_ listing: Listing, notes: JobNotes) async throws -> Bool {
        let now = now()
        let opening = times.opening(of: listing.window, from: now)
        guard opening > now else { return false }
        try await database.transaction(.locking) { try $0.postpone(listing.id, to: opening) }
        notes["listing.id"] = "\(listing.id)"
        notes.did("Postponed a check until the listing's check times.")
        return true
    }

    private func perform(
        _ check: PlannedCheck,
        patience: Duration?,
        isRefresh: Bool,
        notes: JobNotes
    ) async throws {
        notes["listing.id"] = "\(check.listing.id)"
        let looked = try await look.look(
            at: check.listing.address,
            validators: check.validators,
            isSecond: check.isSecond,
            patience: patience
        )
        let standing = try await record.record(
            looked,
            of: check.listing.id,
            job: check.job,
            describesAnew: isRefresh
        )
        metrics.checked(looked.reading.outcome, of: check.listing.address.site, took: looked.took)
        notes.did("Checked a listing.")
        notes["outcome"] = "\(looked.reading.outcome.rawValue)"
        notes["standing"] = standing.map { "\($0.rawValue)" }
        notes["http.status"] = looked.status.map { .stringConvertible($0) }
        notes["fetch.milliseconds"] = .stringConvertible(looked.took.wholeMilliseconds)
    }
}

/// A check that is still to be made.
private struct PlannedCheck: Sendable {
    let listing: Listing
    /// What it is recorded under.
    let job: String
    /// Empty where the whole page is wanted.
    let validators: Listing.Validators
    /// Whether the price that was read last is doubted.
    let isSecond: Bool
}

extension Connection {
    /// Checks of these listings, without what was recorded already; a refresh reads whole pages.
    fileprivate func plannedChecks(of ids: [ID<Listing>], job: String, isRefresh: Bool) throws -> [PlannedCheck] {
        try ids.compactMap { id in
            // One job of the original system may mean several listings; each check is recorded under a name of its own.
            let name = ids.count == 1 ? job : "\(job).\(id)"
            guard let (listing, standing) = try listingToCheck(id, job: name) else { return nil }
            // A doubted price is read again from a whole answer, not confirmed by “nothing changed”.
            let isBelieved = listing.current != nil && (standing == .accepted || standing == .rejected)
            return PlannedCheck(
                listing: listing,
                job: name,
                validators: isBelieved && !isRefresh ? listing.validators : .init(),
                isSecond: standing == .suspect
            )
        }
    }

    /// Our own jobs name the listing; the original system's name an address or a product.
    fileprivate func listings(for job: CheckJob) throws -> [ID<Listing>] {
        if let id = job.listingId.flatMap({ ID<Listing>(checking: $0) }) { return [id] }
        if let url = job.url { return try listings(url: url).map(\.id) }
        if let id = job.productId.flatMap({ ID<Product>(checking: $0) }) { return try listings(of: id).map(\.id) }
        return []
    }
}

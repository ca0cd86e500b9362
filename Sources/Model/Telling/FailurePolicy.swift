/// When failing checks are told.
package struct FailurePolicy: Hashable, Sendable {
    /// So many checks of a listing must have failed in a row.
    package var checks = 3
    /// So much time must lie between the first and the last of them.
    package var span: Duration = .hours(3)
    /// The shortest time between two such messages about the same listing or shop, so that a shop which comes and goes
    /// is told once a day.
    package var quiet: Duration = .days(1)

    package init() {}

    /// A page that was removed for good (410) needs no patience, only a second look.
    private static let goneChecks = 2

    /// Whether a listing has failed for long enough.
    package func isRipe(_ listing: Listing) -> Bool {
        guard let failing = listing.failing, failing.isFailing, let last = listing.lastCheck else { return false }
        if failing.outcome == .gone, listing.failures >= min(checks, Self.goneChecks) { return true }
        return listing.failures >= checks && last - failing.since >= span
    }

    /// Whether the last message is long enough ago; nil for none.
    ///
    /// One from the future was written before the clock was set back.
    func mayTell(after last: Timestamp?, at now: Timestamp) -> Bool {
        guard let last else { return true }
        return last > now || now - last >= quiet
    }
}

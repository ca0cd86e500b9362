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

    /// Whether listings of which none could be read have failed for long enough together: while a shop is left alone,
    /// because it failed too often, no single one of them is looked at often enough.
    func isRipe(_ listings: [Listing]) -> Bool {
        guard listings.count > 1, listings.reduce(0, { $0 + $1.failures }) >= max(checks, listings.count),
            let first = listings.compactMap({ $0.failing?.since }).min(),
            let last = listings.compactMap(\.lastCheck).max()
        else { return false }
        return last - first >= span
    }

    /// Whether the last message is long enough ago; nil for none.
    ///
    /// One from the future was written before the clock was set back.
    func mayTell(after last: Timestamp?, at now: Timestamp) -> Bool {
        guard let last else { return true }
        return last > now || now - last >= quiet
    }
}

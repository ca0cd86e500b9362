package import Model
import SQL
import Store

/// A shop at which several of a person's products fail for the same kind of reason.
package struct FailingShop: Hashable, Sendable {
    /// The shop's host name without `www.`.
    package let site: String
    /// How most of the last checks ended.
    package let outcome: Outcome
    /// When the first of the checks failed.
    package let since: Timestamp
    /// How many products fail.
    package let failing: Int
    /// How many are watched there and not paused.
    package let watched: Int

    package init(site: String, outcome: Outcome, since: Timestamp, failing: Int, watched: Int) {
        self.site = site
        self.outcome = outcome
        self.since = since
        self.failing = failing
        self.watched = watched
    }

    /// Shops with at least two listings that fail for the same kind of reason, one of them long enough to be told; the
    /// shop with the most of them first.
    static func shops(_ listings: [Listing], watched: [String: Int], policy: FailurePolicy) -> [FailingShop] {
        let failing = listings.filter { $0.failing?.isFailing == true }
        let groups = Dictionary(grouping: failing) { [$0.address.site, $0.failing?.outcome.trouble?.rawValue ?? ""] }
        return groups.values.compactMap { members -> FailingShop? in
            guard members.count > 1, members.contains(where: { $0.failing?.state == .told || policy.isRipe($0) }),
                let site = members.first?.address.site,
                let since = members.compactMap({ $0.failing?.since }).min()
            else { return nil }
            guard let outcome = members.commonestFailure else { return nil }
            return FailingShop(
                site: site,
                outcome: outcome,
                since: since,
                failing: members.count,
                watched: max(watched[site] ?? 0, members.count)
            )
        }.sorted { ($1.failing, $0.site, $0.outcome.rawValue) < ($0.failing, $1.site, $1.outcome.rawValue) }
    }
}

extension Watching {
    /// The shops at which several of the actor's products fail.
    package func failingShops(as actor: Actor) async throws -> [FailingShop] {
        let policy = settings.failures
        return try await database.read { connection in
            let listings = try connection.failingListings(of: actor.account)
            guard listings.count > 1 else { return [] }
            return FailingShop.shops(
                listings,
                watched: try connection.watchedSites(of: actor.account),
                policy: policy
            )
        }
    }
}

extension [Listing] {
    /// What most of them fail with; of several, the first by name.
    var commonestFailure: Outcome? {
        let outcomes = Dictionary(grouping: compactMap { $0.failing?.outcome }) { $0 }
        return outcomes.max { ($0.value.count, $1.key.rawValue) < ($1.value.count, $0.key.rawValue) }?.key
    }
}

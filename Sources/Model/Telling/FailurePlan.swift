/// What is to be told to one person about listings that fail or can be read again, and what that changes.
///
/// What fails for the same kind of reason at one shop is one message, and what does not answer at most shops is one
/// message: the person's own connection is down, or ours.
package struct FailurePlan: Hashable, Sendable {
    package private(set) var news: [FailureNews] = []
    /// The listings that changed.
    package private(set) var listings: [Listing] = []
    /// The shops that changed or are new.
    package private(set) var sites: [SiteFailing] = []

    package init() {}

    /// What a plan is made of.
    package struct Situation: Sendable {
        package let owner: ID<Account>
        /// Every listing with something to tell or told, without the paused ones.
        package let listings: [Listing]
        package let sites: [SiteFailing]
        /// How many listings of each shop are watched and not paused.
        package let watched: [String: Int]
        /// When any listing was last answered by its shop; nil for never, and where no shop is silent.
        package let lastAnswer: Timestamp?
        /// When a page of each shop was last read.
        package let lastReads: [String: Timestamp]
        package let policy: FailurePolicy
        package let now: Timestamp

        package init(
            owner: ID<Account>,
            listings: [Listing],
            sites: [SiteFailing],
            watched: [String: Int],
            lastAnswer: Timestamp?,
            lastReads: [String: Timestamp],
            policy: FailurePolicy,
            now: Timestamp
        ) {
            self.owner = owner
            self.listings = listings
            self.sites = sites
            self.watched = watched
            self.lastAnswer = lastAnswer
            self.lastReads = lastReads
            self.policy = policy
            self.now = now
        }
    }

    /// So many shops at once are not the shops' fault.
    fileprivate static let everywhere = 3

    package init(_ situation: Situation) {
        var planning = Planning(situation)
        planning.tellEverywhere()
        for group in planning.groups { planning.tell(group) }
        planning.tellRecoveries()
        news = planning.news
        listings = planning.listings.filter { planning.changed.contains($0.id) }
        sites = planning.sites.filter { planning.changedSites.contains($0.id) }
    }
}

/// One piece of news.
package enum FailureNews: Hashable, Sendable {
    case listing(Listing)
    case listingRecovered(Listing)
    /// `listings` are those that fail, longest first; `watched` is how many of that shop are watched.
    case site(SiteFailing, listings: [Listing], watched: Int)
    /// `failing` are those that still fail.
    case siteRecovered(SiteFailing, failing: [Listing])
}

/// The plan in the making.
private struct Planning {
    struct Group: Hashable {
        let site: String
        let trouble: Trouble
    }

    let situation: FailurePlan.Situation
    var news: [FailureNews] = []
    var listings: [Listing]
    var sites: [SiteFailing]
    var changed: Set<ID<Listing>> = []
    var changedSites: Set<ID<SiteFailing>> = []

    private var now: Timestamp { situation.now }
    private var policy: FailurePolicy { situation.policy }

    init(_ situation: FailurePlan.Situation) {
        self.situation = situation
        listings = situation.listings
        sites = situation.sites
    }

    /// In a fixed order, so that the same situation gives the same messages.
    var groups: [Group] {
        Set(listings.compactMap(Self.group) + sites.map { Group(site: $0.site, trouble: $0.trouble) })
            .filter { !$0.site.isEmpty }
            .sorted { ($0.site, $0.trouble.rawValue) < ($1.site, $1.trouble.rawValue) }
    }

    private static func group(_ listing: Listing) -> Group? {
        guard let trouble = listing.failing?.outcome.trouble else { return nil }
        return Group(site: listing.address.site, trouble: trouble)
    }

    /// Where the listings of a group stand that fail now, longest first.
    private func members(_ isMember: (Listing) -> Bool) -> [Int] {
        listings.indices
            .filter { listings[$0].failing?.isFailing == true && isMember(listings[$0]) }
            .sorted { listings[$0].seniority < listings[$1].seniority }
    }

    private func isNews(_ index: Int) -> Bool {
        listings[index].failing?.state == .failing && policy.isRipe(listings[index])
    }

    /// Whether a silence is the shop's own: another one answered since it began.
    ///
    /// Until then it may be the connection; whoever watches too few shops to tell is told at once.
    private func isOfShop(_ group: Group, _ members: [Int]) -> Bool {
        guard group.trouble == .connection, situation.watched.count >= FailurePlan.everywhere,
            let since = members.compactMap({ listings[$0].failing?.since }).min()
        else { return true }
        return situation.lastAnswer.map { $0 >= since } ?? false
    }

    /// Whether nothing at a shop can be read: every page fails, or every one that was asked for since the first did.
    ///
    /// A shop that fails is left alone for longer and longer, so that most pages don't have their turn.
    private func isWhole(_ group: Group) -> Bool {
        let failing = members { $0.address.site == group.site }
        guard failing.count < situation.watched[group.site] ?? 1 else { return true }
        guard group.trouble.isOfWholeSite, let since = failing.compactMap({ listings[$0].failing?.since }).min() else {
            return false
        }
        return situation.lastReads[group.site].map { $0 < since } ?? true
    }

    // MARK: Failing

    mutating func tellEverywhere() {
        let members = members { $0.failing?.outcome.trouble == .connection }
        let failing = Set(members.map { listings[$0].address.site })
        let isEverywhere = failing.count >= FailurePlan.everywhere && failing.count * 2 > situation.watched.count
        let site = sites.firstIndex { $0.site.isEmpty }
        if let site, sites[site].state == .failing {
            noteRecoveries(at: site) { $0.trouble == .connection }
            if isEverywhere { return markTold(members) }
            if isSettled(site, members) { end(site, failing: members) }
            return
        }
        guard isEverywhere, members.contains(where: isNews), policy.mayTell(after: site.map { sites[$0].told }, at: now)
        else { return }
        begin(Group(site: "", trouble: .connection), at: site, members: members)
    }

    mutating func tell(_ group: Group) {
        let members = members { Self.group($0) == group }
        let site = sites.firstIndex { $0.site == group.site && $0.trouble == group.trouble }
        if let site, sites[site].state == .failing {
            noteRecoveries(at: site) { $0 == group }
            if members.count < 2, isSettled(site, members) { return end(site, failing: members) }
            let new = members.filter(isNews)
            guard !new.isEmpty else { return }
            if group.trouble.isOfWholeSite { return markTold(new) }
            guard policy.mayTell(after: sites[site].told, at: now) else { return }
            return begin(group, at: site, members: members)
        }
        guard isOfShop(group, members) else { return }
        let isWhole = isWhole(group) && policy.isRipe(members.map { listings[$0] })
        let new = members.filter { index in
            (isNews(index) || isWhole && listings[index].failing?.state == .failing)
                && policy.mayTell(after: listings[index].lastTold, at: now)
        }
        guard let first = new.first, policy.mayTell(after: site.map { sites[$0].told }, at: now) else { return }
        guard members.count == 1 else { return begin(group, at: site, members: members) }
        markTold([first])
        news.append(.listing(listings[first]))
    }

    private mutating func begin(_ group: Group, at place: Int?, members: [Int]) {
        markTold(members)
        let since = members.compactMap { listings[$0].failing?.since }.min() ?? now
        let index: Int
        if let place {
            sites[place].tell(since: since, at: now)
            index = place
        } else {
            sites.append(
                SiteFailing(
                    id: .make(at: now),
                    owner: situation.owner,
                    site: group.site,
                    trouble: group.trouble,
                    since: since,
                    told: now
                )
            )
            index = sites.endIndex - 1
        }
        changedSites.insert(sites[index].id)
        let watched =
            group.site.isEmpty
            ? situation.watched.values.reduce(0, +) : situation.watched[group.site] ?? members.count
        news.append(.site(sites[index], listings: members.map { listings[$0] }, watched: max(watched, members.count)))
    }

    private mutating func markTold(_ members: [Int]) {
        for index in members where listings[index].failing?.state == .failing {
            listings[index].failing?.state = .told
            listings[index].lastTold = now
            changed.insert(listings[index].id)
        }
    }

    // MARK: Recovered

    /// Those that were told as part of a shop are no news of their own; they show that the shop is back.
    private mutating func noteRecoveries(at site: Int, _ isMember: (Group) -> Bool) {
        for index in listings.indices where listings[index].failing?.state == .recovered {
            guard let group = Self.group(listings[index]), isMember(group) else { continue }
            listings[index].failing = nil
            changed.insert(listings[index].id)
            sites[site].readAgain = sites[site].readAgain ?? now
            changedSites.insert(sites[site].id)
        }
    }

    /// Whether what still fails was looked at since the shop could be read again: before, it may just not have had its
    /// turn.
    private func isSettled(_ site: Int, _ members: [Int]) -> Bool {
        guard let back = sites[site].readAgain else { return true }
        return members.allSatisfy { index in listings[index].lastCheck.map { $0 > back || back > now } ?? true }
    }

    /// Says so only where a listing was read again: it may also be that they were removed or paused.
    private mutating func end(_ site: Int, failing members: [Int]) {
        let hasRecovered = sites[site].readAgain != nil
        sites[site].end()
        changedSites.insert(sites[site].id)
        if hasRecovered { news.append(.siteRecovered(sites[site], failing: members.map { listings[$0] })) }
    }

    mutating func tellRecoveries() {
        for index in listings.indices where listings[index].failing?.state == .recovered {
            news.append(.listingRecovered(listings[index]))
            listings[index].failing = nil
            changed.insert(listings[index].id)
        }
    }
}

extension Listing {
    /// Sorts by since when it fails, then by id.
    fileprivate var seniority: (Int, String) { (failing?.since.milliseconds ?? 0, id.text) }
}

import Model
import Testing

@Suite struct FailurePlanTests {
    private static let now = Timestamp(milliseconds: 1_795_435_200_000)
    private static let owner = ID<Account>("owner")

    private static func listing(
        _ number: Int,
        at site: String = "shop.example",
        _ outcome: Outcome = .blocked,
        failures: Int = 3,
        failingFor span: Duration = .hours(12),
        state: Failing.State = .failing,
        lastTold: Timestamp? = nil
    ) throws -> Listing {
        Listing(
            id: ID("listing-\(number)"),
            product: ID("product-\(number)"),
            owner: owner,
            address: try WebAddress("https://\(site)/\(number)"),
            interval: .hours(6),
            due: now + .hours(6),
            created: now - .days(9),
            lastOutcome: outcome,
            lastCheck: now,
            failures: failures,
            failing: Failing(state: state, since: now - span, outcome: outcome),
            lastTold: lastTold
        )
    }

    private static func site(
        _ name: String = "shop.example",
        _ trouble: Trouble = .access,
        state: SiteFailing.State = .failing,
        toldBefore span: Duration = .hours(2)
    ) -> SiteFailing {
        SiteFailing(
            id: ID("site-\(name)-\(trouble.rawValue)"),
            owner: owner,
            site: name,
            trouble: trouble,
            state: state,
            since: now - .days(3),
            told: now - span
        )
    }

    private static func plan(
        _ listings: [Listing],
        sites: [SiteFailing] = [],
        watched: [String: Int] = ["shop.example": 14],
        lastAnswer: Timestamp? = now,
        lastReads: [String: Timestamp] = ["shop.example": now],
        at now: Timestamp = now
    ) -> FailurePlan {
        FailurePlan(
            .init(
                owner: owner,
                // All of them were looked at a moment ago.
                listings: listings.map { listing in
                    var listing = listing
                    if now > Self.now { listing.lastCheck = now }
                    return listing
                },
                sites: sites,
                watched: watched,
                lastAnswer: lastAnswer,
                lastReads: lastReads,
                policy: FailurePolicy(),
                now: now
            )
        )
    }

    /// What the news are about, short enough to compare.
    private static func told(_ plan: FailurePlan) -> [String] {
        plan.news.map { news in
            switch news {
            case .listing(let listing): "fails \(listing.id)"
            case .listingRecovered(let listing): "recovered \(listing.id)"
            case .site(let site, let listings, let watched):
                "site \(site.site) \(site.trouble) \(listings.count)/\(watched)"
            case .siteRecovered(let site, let failing): "site recovered \(site.site) \(failing.count)"
            }
        }
    }

    struct Ripeness: Sendable, CustomTestStringConvertible {
        let outcome: Outcome
        let failures: Int
        let hours: Int
        let isRipe: Bool
        var testDescription: String { "\(outcome), \(failures) in \(hours) h" }
    }

    @Test(arguments: [
        Ripeness(outcome: .blocked, failures: 1, hours: 99, isRipe: false),
        Ripeness(outcome: .blocked, failures: 2, hours: 99, isRipe: false),
        Ripeness(outcome: .blocked, failures: 3, hours: 2, isRipe: false),
        Ripeness(outcome: .blocked, failures: 30, hours: 2, isRipe: false),
        Ripeness(outcome: .blocked, failures: 3, hours: 3, isRipe: true),
        Ripeness(outcome: .notFound, failures: 2, hours: 99, isRipe: false),
        Ripeness(outcome: .gone, failures: 1, hours: 99, isRipe: false),
        Ripeness(outcome: .gone, failures: 2, hours: 0, isRipe: true),
    ])
    func `a listing is told after several failures and some time, never at the first`(row: Ripeness) throws {
        let listing = try Self.listing(1, row.outcome, failures: row.failures, failingFor: .hours(row.hours))
        #expect(FailurePolicy().isRipe(listing) == row.isRipe)
        #expect(Self.told(Self.plan([listing])) == (row.isRipe ? ["fails listing-1"] : []))
    }

    @Test func `one that was told is not told again`() throws {
        let plan = Self.plan([try Self.listing(1, state: .told, lastTold: Self.now - .days(9))])
        #expect(plan == FailurePlan())
    }

    @Test(arguments: [(23, false), (24, true), (-48, true)])
    func `one that fails again within a day is told when the day is over`(hours: Int, isTold: Bool) throws {
        let plan = Self.plan([try Self.listing(1, lastTold: Self.now - .hours(hours))])
        #expect(Self.told(plan) == (isTold ? ["fails listing-1"] : []))
    }

    @Test func `several at one shop for one kind of reason are one message, those included that began later`() throws {
        var listings = try (1...11).map { try Self.listing($0, failures: 1, failingFor: .hours(1)) }
        listings.append(try Self.listing(12, .captcha))
        let plan = Self.plan(listings)
        #expect(Self.told(plan) == ["site shop.example access 12/14"])
        #expect(plan.listings.count == 12)
        #expect(plan.listings.allSatisfy { $0.failing?.state == .told && $0.lastTold == Self.now })
        #expect(plan.sites.map(\.since) == [Self.now - .hours(12)])
    }

    @Test func `other reasons and other shops are messages of their own`() throws {
        let plan = Self.plan([
            try Self.listing(1), try Self.listing(2, .notFound), try Self.listing(3, at: "other.example"),
        ])
        #expect(Self.told(plan) == ["fails listing-3", "fails listing-1", "fails listing-2"])
        #expect(plan.sites.isEmpty)
    }

    @Test(arguments: [(3, 12, true), (3, 2, false), (2, 12, false)])
    func `a shop is told when all its pages together failed often enough, though none of them alone`(
        pages: Int,
        hours: Int,
        isTold: Bool
    ) throws {
        let listings = try (1...pages).map {
            try Self.listing($0, .unreachable, failures: 1, failingFor: .hours(hours))
        }
        #expect(Self.plan(listings, watched: ["shop.example": pages + 1]).news.isEmpty, "One can be read.")
        let plan = Self.plan(listings, watched: ["shop.example": pages])
        #expect(Self.told(plan) == (isTold ? ["site shop.example connection \(pages)/\(pages)"] : []))
    }

    /// While a shop that failed is left alone, most of its pages are not asked for.
    @Test(arguments: [
        (Outcome.unreachable, Optional(Duration.hours(13)), true), (.unreachable, nil, true),
        (.unreachable, .hours(11), false), (.noPrice, .hours(13), false),
    ])
    func `a shop of which nothing was read since it fails is told, though most pages did not have their turn`(
        outcome: Outcome,
        lastRead: Duration?,
        isTold: Bool
    ) throws {
        let listings = try (1...3).map { try Self.listing($0, outcome, failures: 1) }
        let reads = lastRead.map { ["shop.example": Self.now - $0] } ?? [:]
        let plan = Self.plan(listings, watched: ["shop.example": 100], lastReads: reads)
        #expect(Self.told(plan) == (isTold ? ["site shop.example connection 3/100"] : []))
    }

    @Test func `single failures of a few of many pages are no news`() throws {
        let listings = try (1...6).map { try Self.listing($0, failures: 1) }
        #expect(Self.plan(listings).news.isEmpty)
    }

    @Test func `one more page of a shop that blocks is no news`() throws {
        let listings = [try Self.listing(1, state: .told), try Self.listing(2, state: .told), try Self.listing(3)]
        let plan = Self.plan(listings, sites: [Self.site(toldBefore: .days(30))])
        #expect(plan.news.isEmpty)
        #expect(plan.listings.map(\.id) == [ID("listing-3")])
        #expect(plan.listings.map(\.failing?.state) == [.told])
    }

    @Test(arguments: [(2, []), (25, ["site shop.example address 3/14"])])
    func `one more page that is gone is news, at most once a day`(hours: Int, expected: [String]) throws {
        let listings = [
            try Self.listing(1, .notFound, state: .told), try Self.listing(2, .notFound, state: .told),
            try Self.listing(3, .notFound),
        ]
        let plan = Self.plan(listings, sites: [Self.site("shop.example", .address, toldBefore: .hours(hours))])
        #expect(Self.told(plan) == expected)
        #expect(plan.sites.map(\.tellings) == expected.map { _ in 2 })
    }

    @Test func `a listing that is read again is told only if its failing was`() throws {
        #expect(Self.told(Self.plan([try Self.listing(1, state: .recovered)])) == ["recovered listing-1"])
        var blip = try Self.listing(1)
        blip.recover()
        #expect(blip.failing == nil)
    }

    @Test func `a shop is told to be back once, when no more than one of its pages still fails`() throws {
        let site = Self.site()
        let half = Self.plan(
            [
                try Self.listing(1, state: .recovered), try Self.listing(2, state: .told),
                try Self.listing(3, state: .told),
            ],
            sites: [site]
        )
        #expect(half.news.isEmpty)
        #expect(half.listings.map(\.failing) == [nil])
        let rest = [try Self.listing(2, state: .recovered), try Self.listing(3, state: .told)]
        let early = Self.plan(rest, sites: half.sites)
        #expect(early.news.isEmpty, "The last one was not looked at since.")
        let back = Self.plan([try Self.listing(3, state: .told)], sites: half.sites, at: Self.now + .hours(1))
        #expect(Self.told(back) == ["site recovered shop.example 1"])
        #expect(Self.plan([try Self.listing(3, state: .told)], sites: back.sites) == FailurePlan())
        // The last one is told by itself: the shop's message is over.
        let last = Self.plan([try Self.listing(3, state: .recovered)], sites: back.sites)
        #expect(Self.told(last) == ["recovered listing-3"])
    }

    @Test func `a shop whose failing pages were removed or paused is not said to be back`() {
        let plan = Self.plan([], sites: [Self.site()])
        #expect(plan.news.isEmpty)
        #expect(plan.sites.map(\.state) == [.over])
    }

    @Test func `a shop that comes and goes is told once a day`() throws {
        let listings = [try Self.listing(1), try Self.listing(2)]
        #expect(Self.plan(listings, sites: [Self.site(state: .over, toldBefore: .hours(20))]).news.isEmpty)
        let plan = Self.plan(listings, sites: [Self.site(state: .over, toldBefore: .hours(24))])
        #expect(Self.told(plan) == ["site shop.example access 2/14"])
        #expect(plan.sites.map(\.id) == [Self.site().id])
        #expect(plan.sites.map(\.tellings) == [2])
    }

    @Test func `when most shops do not answer, it is one message about the connection`() throws {
        let watched = ["a.example": 2, "b.example": 1, "c.example": 1, "d.example": 1]
        let listings = try ["a.example", "a.example", "b.example", "c.example"].enumerated().map { number, site in
            try Self.listing(number, at: site, .unreachable, failures: number == 0 ? 3 : 1)
        }
        let begun = Self.plan(listings, watched: watched)
        #expect(Self.told(begun) == ["site  connection 4/5"])
        let again = Self.plan(
            [try Self.listing(0, at: "a.example", .unreachable, state: .recovered)] + Array(begun.listings.dropFirst()),
            sites: begun.sites,
            watched: watched
        )
        #expect(again.news.isEmpty, "Three shops still do not answer.")
        let back = Self.plan(
            [
                try Self.listing(1, at: "a.example", .unreachable, state: .recovered),
                try Self.listing(2, at: "b.example", .unreachable, state: .told),
            ],
            sites: again.sites,
            watched: watched,
            at: Self.now + .hours(1)
        )
        #expect(Self.told(back) == ["site recovered  1"])
    }

    @Test func `a silent shop is told once another one has answered since, for it may be the connection`() throws {
        let watched = ["shop.example": 1, "b.example": 1, "c.example": 1]
        let listings = [try Self.listing(1, .timeout)]
        for before in [nil, Self.now - .hours(13)] {
            #expect(Self.plan(listings, watched: watched, lastAnswer: before).news.isEmpty)
        }
        let answered = Self.plan(listings, watched: watched, lastAnswer: Self.now - .hours(11))
        #expect(Self.told(answered) == ["fails listing-1"])
        // Who watches two shops can't tell one from the other.
        let few = Self.plan(listings, watched: ["shop.example": 1, "b.example": 1], lastAnswer: nil)
        #expect(Self.told(few) == ["fails listing-1"])
    }

    @Test func `two of ten shops that do not answer are told by name`() throws {
        let watched = Dictionary(uniqueKeysWithValues: (0..<10).map { ("s\($0).example", 1) })
        let listings = try (0..<2).map { try Self.listing($0, at: "s\($0).example", .timeout) }
        #expect(Set(Self.told(Self.plan(listings, watched: watched))) == ["fails listing-0", "fails listing-1"])
    }

    @Test func `a recovery that was not told yet when it fails again begins anew`() throws {
        var listing = try Self.listing(1, state: .told)
        listing.recover()
        #expect(listing.failing?.state == .recovered)
        listing.fail(.timeout, at: Self.now)
        #expect(listing.failing == Failing(since: Self.now, outcome: .timeout))
        #expect(listing.failures == 1)
    }

    struct Wait: Sendable, CustomTestStringConvertible {
        let outcome: Outcome
        let interval: Duration
        let failing: Duration
        let wait: Duration
        var testDescription: String { "\(outcome), every \(interval), failing for \(failing)" }
    }

    @Test(arguments: [
        Wait(outcome: .timeout, interval: .hours(6), failing: .zero, wait: .minutes(30)),
        Wait(outcome: .timeout, interval: .minutes(5), failing: .zero, wait: .minutes(5)),
        Wait(outcome: .timeout, interval: .hours(6), failing: .hours(2), wait: .hours(2)),
        Wait(outcome: .blocked, interval: .hours(6), failing: .zero, wait: .hours(6)),
        Wait(outcome: .blocked, interval: .hours(6), failing: .hours(12), wait: .hours(12)),
        Wait(outcome: .blocked, interval: .hours(6), failing: .days(9), wait: .days(1)),
        Wait(outcome: .notFound, interval: .days(7), failing: .zero, wait: .days(1)),
        Wait(outcome: .notFound, interval: .days(7), failing: .days(90), wait: .days(7)),
        Wait(outcome: .refused, interval: .minutes(5), failing: .zero, wait: .hours(1)),
        Wait(outcome: .refused, interval: .days(7), failing: .zero, wait: .days(1)),
        Wait(outcome: .blocked, interval: .hours(6), failing: .days(-400), wait: .hours(6)),
    ])
    func `a failing listing is looked at as long after as it has been failing, at most a day`(row: Wait) throws {
        var listing = try Self.listing(1, row.outcome, failingFor: row.failing)
        listing.interval = row.interval
        #expect(listing.waitAfterFailure(at: Self.now) == row.wait)
    }

    @Test func `every outcome is either a reading or a kind of trouble`() {
        for outcome in Outcome.allCases { #expect((outcome.trouble == nil) == outcome.isReading, "\(outcome)") }
    }
}

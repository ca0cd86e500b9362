import Model
import Monitoring
import PluginAPI

/// Things as the use cases give them, with everything that a page can show.
enum Samples {
    /// 2026-11-23T12:00:00Z, as `ManualClock` begins.
    static let now = Timestamp(milliseconds: 1_795_435_200_000)
    static let owner = ID<Account>("mira")
    static let product = ID<Product>("lamp")
    static let listing = ID<Listing>("lamp-at-shop")
    static let intervals: ClosedRange<Duration> = .minutes(5) ... .days(30)

    static func euro(_ minor: Int) throws -> Money {
        Money(minor: minor, currency: try currency("EUR"))
    }

    static func currency(_ code: String) throws -> Currency {
        guard let currency = Currency(code: code) else { throw UnknownCurrency(code: code) }
        return currency
    }

    private struct UnknownCurrency: Error {
        let code: String
    }

    static func lamp(name: String = "Desk lamp") -> Product {
        Product(id: product, owner: owner, name: name, image: "https://shop.test/lamp.png", created: now - .days(40))
    }

    static func evidence() -> Evidence {
        Evidence(
            field: .price,
            strategy: "json-ld",
            path: "$.offers.price",
            text: "42.90",
            value: "42.90 EUR",
            confidence: 0.97
        )
    }

    static func run(
        _ id: String,
        daysAgo: Int,
        price: Int?,
        in code: String = "EUR",
        availability: Availability = .inStock,
        standing: Standing = .accepted
    ) throws -> HistoryRun {
        HistoryRun(
            id: ID(id),
            listing: listing,
            from: now - .days(daysAgo),
            to: now - .days(daysAgo) + .hours(6),
            checks: 4,
            price: price.flatMap { minor in Currency(code: code).map { Money(minor: minor, currency: $0) } },
            listPrice: nil,
            availability: availability,
            standing: standing,
            strategy: "json-ld",
            confidence: 0.97,
            evidence: [evidence()],
            doubt: standing == .accepted ? nil : "The price moved from 45.00 EUR to 4.50 EUR in one step."
        )
    }

    /// Newest first: cheaper now, a doubted and a wrong reading, a time out of stock.
    static func runs() throws -> [HistoryRun] {
        [
            try run("r6", daysAgo: 2, price: 4290),
            try run("r5", daysAgo: 9, price: 450, standing: .suspect),
            try run("r4", daysAgo: 10, price: 4500),
            try run("r3", daysAgo: 15, price: 100, standing: .rejected),
            try run("r2", daysAgo: 20, price: 4990, availability: .outOfStock),
            try run("r1", daysAgo: 40, price: 4990),
        ]
    }

    static func check(_ outcome: Outcome, note: String? = nil) throws -> CheckRecord {
        CheckRecord(
            job: "job-\(outcome.rawValue)",
            listing: listing,
            at: now - .minutes(3),
            took: .milliseconds(812),
            outcome: outcome,
            status: outcome == .timeout ? nil : 200,
            price: outcome == .ok ? try euro(4290) : nil,
            standing: outcome == .ok ? .accepted : nil,
            note: note
        )
    }

    static func failing(_ outcome: Outcome, _ state: Failing.State) -> Failing {
        Failing(state: state, since: now - .days(3), outcome: outcome)
    }

    static func watched(_ outcome: Outcome? = .ok, failing: Failing? = nil) throws -> Listing {
        Listing(
            id: listing,
            product: product,
            owner: owner,
            address: try WebAddress("https://www.shop.test/lamp"),
            interval: .hours(6),
            due: now + .hours(2),
            created: now - .days(40),
            current: outcome == nil
                ? nil
                : .init(
                    price: try euro(4290),
                    listPrice: try euro(5990),
                    availability: .inStock,
                    since: now - .days(2)
                ),
            lastOutcome: outcome,
            lastCheck: outcome == nil ? nil : now - .minutes(3),
            lastNote: outcome?.isReading == false ? "The page is a challenge." : nil,
            failures: failing == nil ? 0 : 7,
            failing: failing,
            lastTold: failing?.state == .told ? now - .days(2) : nil
        )
    }

    static func rule(_ state: Rule.State = .armed) throws -> Rule {
        Rule(
            id: ID("rule"),
            owner: owner,
            product: product,
            kind: .targetPrice(try euro(4000)),
            state: state,
            since: now - .days(1)
        )
    }

    /// One of each kind, in each state.
    static func rules() throws -> [Rule] {
        let kinds: [Rule.Kind] = [
            .targetPrice(try euro(4000)), .dropPercent(10), .dropAmount(try euro(500)), .lowest(days: 30),
            .lowest(days: nil), .backInStock, .change,
        ]
        return try Rule.State.allCases.flatMap { state in
            try kinds.enumerated().map { index, kind in
                Rule(
                    id: ID("rule-\(state)-\(index)"),
                    owner: owner,
                    product: product,
                    kind: kind,
                    coolDown: index % 2 == 0 ? nil : .days(2),
                    expires: index == 4 ? now - .days(1) : nil,
                    snoozedUntil: index == 5 && state == .fired ? now + .days(1) : nil,
                    state: state,
                    since: now - .days(1),
                    lastFired: state == .fired ? now - .days(1) : nil,
                    reference: index == 0 ? nil : try euro(4500)
                )
            }
        }
    }

    static func window() throws -> WeeklyHours {
        try WeeklyHours(days: .workdays, from: 8 * 60, to: 20 * 60, zone: "Europe/Berlin")
    }

    /// One that is cheapest in a shop of its own currency, with one that cannot be compared and one never looked at.
    static func severalShops() throws -> ProductDetail {
        func shop(_ name: String, _ price: Money?, _ outcome: Outcome?) throws -> ListingDetail {
            let listing = Listing(
                id: ID("at-\(name)"),
                product: product,
                owner: owner,
                address: try WebAddress("https://\(name).test/lamp"),
                interval: .hours(6),
                due: now + .hours(2),
                created: now - .days(40),
                current: price.map {
                    .init(price: $0, listPrice: nil, availability: .inStock, since: now - .days(2))
                },
                lastOutcome: outcome,
                lastCheck: outcome == nil ? nil : now - .minutes(3)
            )
            return ListingDetail(listing: listing, runs: [], checks: [], isChecking: false)
        }
        let shops = [
            try shop("new", nil, nil), try shop("dear", euro(4990), .blocked),
            try shop("abroad", Money(minor: 100, currency: currency("USD")), .ok), try shop("cheap", euro(4290), .ok),
        ]
        return ProductDetail(
            product: lamp(),
            listings: shops,
            best: Best(shops.map(\.listing)),
            lowest: nil,
            highest: nil,
            rules: [],
            hasChannels: true
        )
    }

    static func detail(
        _ outcome: Outcome? = .ok,
        name: String = "Desk lamp",
        rules: [Rule]? = nil,
        isChecking: Bool = false,
        failing: Failing? = nil,
        window: WeeklyHours? = nil
    ) throws -> ProductDetail {
        var watched = try watched(outcome, failing: failing)
        watched.window = window
        let isNew = outcome == nil
        return ProductDetail(
            product: lamp(name: name),
            listings: [
                ListingDetail(
                    listing: watched,
                    runs: isNew ? [] : try runs() + [run("r0", daysAgo: 60, price: 5490, in: "USD")],
                    checks: isNew ? [] : [try check(.ok), try check(.timeout, note: "No answer within 30 s.")],
                    isChecking: isChecking
                )
            ],
            best: Best([watched]),
            lowest: isNew ? nil : try euro(4290),
            highest: isNew ? nil : try euro(4990),
            rules: try rules ?? [rule()],
            hasChannels: false
        )
    }

    /// More changes than a page shows.
    static func longWatched() throws -> ProductDetail {
        let detail = try detail()
        let runs = try (1...40).map { try run("run-\($0)", daysAgo: $0, price: 4290 + $0 % 2) }
        return ProductDetail(
            product: detail.product,
            listings: [ListingDetail(listing: try watched(), runs: runs, checks: [], isChecking: false)],
            best: detail.best,
            lowest: detail.lowest,
            highest: detail.highest,
            rules: [try rule()],
            hasChannels: true,
            brokenChannels: ["My pager"]
        )
    }

    /// A product that was not looked at yet.
    static func newSummary() throws -> ProductSummary {
        ProductSummary(
            product: lamp(),
            listings: [try watched(nil)],
            best: nil,
            lowest: nil,
            change: nil,
            trend: [],
            rules: []
        )
    }

    static func summary() throws -> ProductSummary {
        let watched = try watched(.blocked, failing: failing(.blocked, .told))
        return ProductSummary(
            product: lamp(),
            listings: [watched],
            best: Best([watched]),
            lowest: try euro(4290),
            change: -0.05,
            trend: [
                TrendPoint(at: now - .days(40), price: try euro(4990)),
                TrendPoint(at: now - .days(2), price: try euro(4290)),
            ],
            rules: [try rule()]
        )
    }

    static func preview(_ reading: Reading) throws -> Preview {
        Preview(
            id: ID("preview"),
            owner: owner,
            address: try WebAddress("https://shop.test/lamp"),
            answered: "https://shop.test/en/lamp",
            status: 200,
            took: .milliseconds(684),
            reading: reading,
            created: now
        )
    }

    static func reading(price minor: Int = 4290) throws -> Reading {
        Reading(
            outcome: .ok,
            title: "Desk lamp",
            price: try euro(minor),
            priceText: "€42.90",
            listPrice: try euro(5990),
            availability: .inStock,
            image: "https://shop.test/lamp.png",
            strategy: "json-ld",
            confidence: 0.4,
            evidence: [evidence()],
            note: "Two prices were found."
        )
    }

    static let kind = ChannelKind(
        id: "pager",
        title: "Pager",
        summary: "Calls a pager.",
        options: [
            Option("url", "Where the pager is called.", kind: .address, example: "https://pager.test"),
            Option("mailTo", "Who is told.", kind: .mail, example: "me@shop.test", standard: "you@shop.test"),
            Option("signingSecret", "Signs the call.", kind: .secret, example: "correct horse", standard: ""),
        ]
    )

    static func channel() -> ChannelDetail {
        ChannelDetail(
            channel: Channel(
                id: ID("pager-1"),
                owner: owner,
                plugin: "pager",
                name: "My pager",
                options: ["url": "https://pager.test", "signingSecret": ""],
                wording: Channel.Wording(subject: "{{product}}"),
                created: now,
                problem: "The pager answered 410.",
                lastDelivery: now - .days(1)
            ),
            kind: kind,
            messages: [
                OutboxMessage(
                    id: ID("message"),
                    channel: ID("pager-1"),
                    idempotencyKey: "rule.1",
                    subject: "Desk lamp is €39.00",
                    content: "{}",
                    state: .refused,
                    attempts: 1,
                    created: now,
                    problem: "The pager answered 410."
                )
            ],
            secrets: ["signingSecret"]
        )
    }

    /// A message that was tried several times.
    static let retried = OutboxMessage(
        id: ID("message-2"),
        channel: ID("pager-1"),
        idempotencyKey: "rule.2",
        subject: "Desk lamp is €38.00",
        content: "{}",
        attempts: 3,
        created: now,
        problem: "The pager is busy."
    )
}

import Model
import SQL
import Store

/// A product of another program with everything that belongs to it, ready to be stored.
struct NewForeignProduct: Sendable {
    private let product: Product
    private let changed: Timestamp?
    private let listings: [Listing]
    private let runs: [HistoryRun]
    private let checks: [CheckRecord]
    private let rules: [Rule]

    /// What stands where this program says how it read a price.
    private static let strategy = "imported"
    /// Nobody knows how sure the other program was.
    private static let confidence = 0.5

    /// `due` is when its listings are checked first.
    init(_ planned: PlannedProduct, owner: ID<Account>, interval: Duration, due: Timestamp, now: Timestamp) {
        let created = min(planned.product.created ?? now, now)
        let product = Product(
            id: .make(at: created),
            owner: owner,
            name: planned.name,
            image: planned.image,
            created: created
        )
        self.product = product
        var (listings, runs, checks): ([Listing], [HistoryRun], [CheckRecord]) = ([], [], [])
        for new in planned.listings {
            let listing = Self.listing(new, of: product, interval: new.interval ?? interval, due: due)
            listings.append(listing)
            runs += new.runs.map { Self.run($0, of: listing) }
            checks += new.checks.map { Self.check($0, of: listing) }
        }
        changed = listings.compactMap { $0.current?.since }.max()
        (self.listings, self.runs, self.checks) = (listings, runs, checks)
        let current = listings.compactMap(\.current)
        rules = planned.product.alerts.map { Self.rule($0, of: product, current, now) }
    }

    func insert(_ connection: any Connection) throws {
        try connection.insert(product)
        if let changed { try connection.setChanged(product.id, at: changed) }
        for listing in listings { try connection.insert(listing) }
        for run in runs { try connection.insert(run) }
        for check in checks { _ = try connection.insert(check) }
        for rule in rules { try connection.insert(rule) }
    }

    /// Goes on where the other program was: what is in stock already is no news, and drops are measured from the price
    /// that it saw last.
    private static func rule(
        _ kind: Rule.Kind,
        of product: Product,
        _ current: [Listing.Current],
        _ now: Timestamp
    ) -> Rule {
        let offered = current.filter { $0.availability.canBeBought != false }
        let prices = offered.compactMap(\.price)
        let best = prices.filter { $0.currency == prices.first?.currency }.min { $0.minor < $1.minor }
        let isDrop =
            switch kind {
            case .dropPercent, .dropAmount: true
            case .targetPrice, .lowest, .backInStock, .change: false
            }
        return Rule(
            id: .make(at: now),
            owner: product.owner,
            product: product.id,
            kind: kind,
            state: kind == .backInStock && best != nil ? .fired : .armed,
            since: now,
            reference: isDrop ? best : nil
        )
    }

    private static func listing(
        _ new: PlannedListing,
        of product: Product,
        interval: Duration,
        due: Timestamp
    ) -> Listing {
        let last = new.runs.last
        return Listing(
            id: .make(at: product.created),
            product: product.id,
            owner: product.owner,
            address: new.address,
            interval: interval,
            isPaused: new.isPaused,
            due: due,
            created: product.created,
            current: last.map { run in
                Listing.Current(price: run.price, listPrice: nil, availability: run.availability, since: run.from)
            },
            lastOutcome: last.map { $0.availability.canBeBought == false ? .outOfStock : .ok },
            lastCheck: last?.to
        )
    }

    private static func run(_ run: ForeignRun, of listing: Listing) -> HistoryRun {
        HistoryRun(
            id: .make(at: run.from),
            listing: listing.id,
            from: run.from,
            to: run.to,
            checks: run.checks,
            price: run.price,
            listPrice: nil,
            availability: run.availability,
            standing: .accepted,
            strategy: strategy,
            confidence: confidence,
            evidence: [],
            doubt: nil
        )
    }

    private static func check(_ check: ForeignCheck, of listing: Listing) -> CheckRecord {
        CheckRecord(
            job: "imported-\(check.id)",
            listing: listing.id,
            at: check.at,
            took: .zero,
            // The other program knows no more than that it failed.
            outcome: check.isFine ? .ok : .noPrice,
            status: nil,
            price: nil,
            standing: nil,
            note: check.note
        )
    }
}

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
    private let rule: Rule?

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
        rule = planned.product.target.map { target in
            Rule(id: .make(at: now), owner: owner, product: product.id, kind: .targetPrice(target), since: now)
        }
    }

    func insert(_ connection: any Connection) throws {
        try connection.insert(product)
        if let changed { try connection.setChanged(product.id, at: changed) }
        for listing in listings { try connection.insert(listing) }
        for run in runs { try connection.insert(run) }
        for check in checks { _ = try connection.insert(check) }
        if let rule { try connection.insert(rule) }
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

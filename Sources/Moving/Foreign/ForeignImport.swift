package import Model
package import SQL
import Store

/// Brings what another program watched into the account of a person.
///
/// Adds to what is there. An address that the person watches already is left as it is, so running it once more goes on
/// where it was cut short.
package struct ForeignImport: Sendable {
    private let database: any Database
    private let intervals: ClosedRange<Duration>
    private let standardInterval: Duration
    private let now: @Sendable () -> Timestamp

    /// Enough that a commit costs little beside what is in it.
    private static let productsPerCommit = 100
    /// First checks are spread over this, so that no shop is asked for a thousand pages at once.
    private static let longestSpread: Duration = .hours(1)

    package init(
        database: any Database,
        intervals: ClosedRange<Duration>,
        standardInterval: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.database = database
        self.intervals = intervals
        self.standardInterval = standardInterval
        self.now = now
    }

    /// The account with that name, or the only one.
    ///
    /// Throws `MovingError.request` where there is none, or none of that name.
    package func owner(named name: String?) async throws -> Account {
        let accounts = try await database.read { try $0.accounts() }
        guard let name else {
            guard accounts.count < 2 else {
                throw MovingError.request("There are \(accounts.count) accounts. Name one with --owner.")
            }
            guard let only = accounts.first else {
                throw MovingError.request(
                    "There is no account yet that could own the products. “host user invite” prints a link that makes one."
                )
            }
            return only
        }
        guard let account = accounts.first(where: { $0.name == name.trimmingWhitespace().lowercased() }) else {
            throw MovingError.request("There is no account “\(name)”. “host user list” prints all of them.")
        }
        return account
    }

    /// What would come over to the owner, and what would not; changes nothing.
    package func plan(_ catalog: ForeignCatalog, for owner: Account) async throws -> ForeignPlan {
        let addresses = catalog.products.flatMap(\.listings).compactMap { try? WebAddress($0.address).text }
        var watched: Set<String> = []
        for start in stride(from: 0, to: addresses.count, by: 500) {
            let part = Array(addresses[start..<min(start + 500, addresses.count)])
            watched.formUnion(try await database.read { try $0.watched(of: part, by: owner.id) })
        }
        return ForeignPlan(catalog, watched: watched, intervals: intervals)
    }

    /// Stores what the plan holds.
    package func run(
        _ plan: ForeignPlan,
        for owner: Account,
        progress: @escaping @Sendable (MovingProgress) -> Void = { _ in }
    ) async throws {
        let now = now()
        let products = plan.products
        if let first = plan.firstRun {
            try await database.transaction { try $0.prepareHistory(ofMoved: min(first, now)...now, now: now) }
        }
        for start in stride(from: 0, to: products.count, by: Self.productsPerCommit) {
            let end = min(start + Self.productsPerCommit, products.count)
            let built = (start..<end).map { place in
                let share = Double(place) / Double(products.count)
                return NewForeignProduct(
                    products[place],
                    owner: owner.id,
                    interval: standardInterval,
                    due: now + min(Self.longestSpread, standardInterval) * share,
                    now: now
                )
            }
            try await database.transaction { connection in for product in built { try product.insert(connection) } }
            progress(MovingProgress(.importing, Double(end) / Double(products.count)))
        }
    }
}

import FoundationEssentials
import Model
import SQL
import Store
import TestSupport

/// The database of an installation, looked at from outside, beside the program or after its death.
struct Ledger {
    let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    struct Run: Hashable, Sendable {
        let minor: Int?
        let checks: Int
        let standing: String
    }

    /// Opens the database for one look, so that nothing of ours keeps a file open when the program dies.
    func look<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        let database = try installation.openDatabase()
        do {
            let seen = try await database.read(work)
            await database.close()
            return seen
        } catch {
            await database.close()
            throw error
        }
    }

    func write(_ work: @escaping @Sendable (any Connection) throws -> Void) async throws {
        let database = try installation.openDatabase()
        do {
            try await database.transaction(work)
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }

    static let prefix = "listing-"

    /// Products with one listing each, due now or at another time, as if a person had entered them; a target is in cents of a euro.
    ///
    /// The ids of the listings are the prefix and their places in the list.
    func watch(
        _ listings: [(address: String, target: Int?)],
        every interval: Duration = .days(1),
        due: Timestamp? = nil
    )
        async throws
    {
        try await write { connection in
            guard let owner = try connection.accounts().first else { throw Problem("There is no account.") }
            let now = Self.now
            for (number, (address, target)) in listings.enumerated() {
                let product = ID<Product>.make(at: now)
                try connection.insert(
                    Product(id: product, owner: owner.id, name: "Article \(number)", image: nil, created: now)
                )
                try connection.insert(
                    Listing(
                        id: ID("\(Self.prefix)\(number)"),
                        product: product,
                        owner: owner.id,
                        address: try WebAddress(address),
                        interval: interval,
                        due: due ?? now,
                        created: now
                    )
                )
                guard let target, let euro = Currency(code: "EUR") else { continue }
                let kind = Rule.Kind.targetPrice(Money(minor: target, currency: euro))
                try connection.insert(
                    Rule(id: .make(at: now), owner: owner.id, product: product, kind: kind, since: now)
                )
            }
        }
    }

    static var now: Timestamp { Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) }
}

extension Connection {
    /// One number.
    func number(_ statement: Statement) throws -> Int { try row(statement)?.int("n") ?? 0 }

    /// How many checks of each listing are written down.
    func recordedChecks() throws -> [String: Int] {
        let rows = try rows("SELECT listing_id, COUNT(*) AS n FROM check_log GROUP BY listing_id")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text("listing_id"), try $0.int("n")) })
    }

    /// The listings of products that a message is still to be sent about.
    func untoldListings() throws -> Set<String> {
        Set(
            try rows(
                """
                SELECT listing.id FROM message JOIN listing ON listing.product_id = message.product_id
                 WHERE message.state = 'pending'
                """
            ).map { try $0.text("id") }
        )
    }

    /// Oldest first.
    func histories() throws -> [String: [Ledger.Run]] {
        let rows = try rows(
            "SELECT listing_id, price_minor, checks, standing FROM history_run ORDER BY listing_id, from_at, id"
        )
        return try rows.reduce(into: [:]) { histories, row in
            histories[try row.text("listing_id"), default: []].append(
                Ledger.Run(
                    minor: try row.optionalInt("price_minor"),
                    checks: try row.int("checks"),
                    standing: try row.text("standing")
                )
            )
        }
    }
}

/// Looks again and again until what another process does has come about; only a test's time limit ends it otherwise.
func eventually(_ isMet: () async throws -> Bool) async throws {
    while try await !isMet() {
        try Task.checkCancellation()
        try await Task.sleep(for: .milliseconds(20))
    }
}

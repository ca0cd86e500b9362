import Model
import SQL
import Store
import TestSupport
import Testing

/// A database with the store's tables and one account, `anna`.
struct TestStore: Sendable {
    static let engines = TestDatabase.engines
    static let start = Timestamp(milliseconds: 1_795_435_200_000)

    let database: any Database
    let other: any Database
    let anna: Account

    static func with(_ engine: Engine, _ body: (TestStore) async throws -> Void) async throws {
        try await TestDatabase.with(engine, rooms: [(StoreSchema.room, StoreSchema.migrations)]) { test in
            try await test.withAnother { other in
                let anna = Account(id: .make(at: start), name: "anna", created: start)
                try await test.database.transaction { try $0.insert(anna, password: "hash") }
                try await body(TestStore(database: test.database, other: other, anna: anna))
            }
        }
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.transaction(work)
    }

    /// Reads from a connection of its own, as another process would.
    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await other.read(work)
    }

    /// Stores an account.
    func addAccount(_ name: String) async throws -> Account {
        let account = Account(id: .make(at: Self.start), name: name, created: Self.start + .seconds(1))
        try await write { try $0.insert(account, password: "hash of \(name)") }
        return account
    }

    /// Stores a product.
    func addProduct(_ name: String = "Lamp", of owner: Account? = nil, after: Duration = .zero) async throws -> Product
    {
        let product = Product(
            id: .make(at: Self.start),
            owner: (owner ?? anna).id,
            name: name,
            image: nil,
            created: Self.start + after
        )
        try await write { try $0.insert(product) }
        return product
    }

    /// Stores a listing of `product` at `https://shop.example/<path>`.
    func addListing(
        _ path: String = "lamp",
        of product: Product,
        due: Timestamp = start,
        isPaused: Bool = false
    ) async throws -> Listing {
        let listing = Listing(
            id: .make(at: Self.start),
            product: product.id,
            owner: product.owner,
            address: try WebAddress("https://shop.example/\(path)"),
            interval: .hours(6),
            isPaused: isPaused,
            due: due,
            created: Self.start
        )
        try await write { try $0.insert(listing) }
        return listing
    }

    /// Stores a channel of anna's.
    func addChannel(_ name: String = "Mail", after: Duration = .zero) async throws -> Channel {
        let channel = Channel(
            id: .make(at: Self.start),
            owner: anna.id,
            plugin: "email",
            name: name,
            options: ["to": "anna@shop.example", "größe": "“M”"],
            created: Self.start + after
        )
        try await write { try $0.insert(channel) }
        return channel
    }
}

extension Money {
    /// 19.99 EUR is `.sample(1999)`.
    static func sample(_ minor: Int, _ code: String = "EUR") throws -> Money {
        Money(minor: minor, currency: try #require(Currency(code: code)))
    }
}

extension HistoryRun {
    /// A believed run of one check, `minutes` after the start.
    static func sample(
        of listing: Listing,
        minutes: Int,
        price: Money?,
        availability: Availability = .inStock,
        standing: Standing = .accepted
    ) -> HistoryRun {
        let moment = TestStore.start + .minutes(minutes)
        return HistoryRun(
            id: .make(at: moment),
            listing: listing.id,
            from: moment,
            to: moment,
            checks: 1,
            price: price,
            listPrice: nil,
            availability: availability,
            standing: standing,
            strategy: "json-ld",
            confidence: 0.9,
            evidence: [],
            doubt: nil
        )
    }
}

extension TestStore {
    /// All of them, newest first.
    func products(of owner: ID<Account>) async throws -> [Product] {
        try await read { try $0.products(of: owner, ProductSelection(), limit: 1000) }.map(\.product)
    }
}

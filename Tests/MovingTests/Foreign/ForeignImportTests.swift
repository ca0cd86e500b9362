import Model
import SQL
import Store
import TestSupport
import Testing

@testable import Moving

/// What another program watched becomes products, listings, history and rules of one account.
struct ForeignImportTests {
    private static let start = FullDatabase.start

    private static func importing(_ database: any Database) -> ForeignImport {
        ForeignImport(
            database: database,
            intervals: .minutes(5)...(.days(30)),
            standardInterval: .hours(6)
        ) { start }
    }

    private static func addAccount(_ name: String, _ database: any Database) async throws -> Account {
        let account = Account(id: .make(at: start), name: name, created: start)
        try await database.transaction { try $0.insert(account, password: "hash") }
        return account
    }

    private static func catalog() throws -> ForeignCatalog {
        try CSVCatalog.read(
            Array(
                """
                url,name,target,currency,interval
                https://shop.example/a,Lamp,39.90,EUR,1s
                https://shop.example/b,"Two
                lines",,,
                https://shop.example/a,Again,,,
                ftp://shop.example/c,No,,,
                """.utf8
            ),
            named: "list.csv",
            currency: nil
        )
    }

    @Test(arguments: TestDatabase.engines)
    func `a plan changes nothing, and says what comes over and what does not`(engine: Engine) async throws {
        try await FullDatabase.with(engine) { database in
            let anna = try await Self.addAccount("anna", database)
            let plan = try await Self.importing(database).plan(try Self.catalog(), for: anna)
            #expect(plan.products.map(\.name) == ["Lamp", "Two lines"])
            #expect((plan.listings, plan.runs, plan.alerts) == (2, 0, 1))
            #expect(
                plan.notMoved.map(\.reason) == [
                    "It stands there more than once; the first comes over.",
                    "“ftp:” addresses cannot be watched. Only http:// and https:// addresses can.",
                ]
            )
            #expect(try await database.read { try $0.countProducts(of: anna.id) } == 0)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `products come over with listings and targets, and a second time nothing does`(engine: Engine) async throws {
        try await FullDatabase.with(engine) { database in
            let anna = try await Self.addAccount("anna", database)
            let transfer = Self.importing(database)
            try await transfer.run(try await transfer.plan(try Self.catalog(), for: anna), for: anna)
            let listing = try #require(
                try await database.read { try $0.listing(of: anna.id, url: "https://shop.example/a") }
            )
            #expect(listing.interval == .minutes(5))
            #expect(listing.due == Self.start)
            let rules = try await database.read { try $0.rules(of: listing.product) }
            #expect(
                rules.map(\.kind) == [.targetPrice(Money(minor: 3990, currency: try #require(Currency(code: "EUR"))))]
            )
            let other = try #require(
                try await database.read { try $0.listing(of: anna.id, url: "https://shop.example/b") }
            )
            #expect(other.interval == .hours(6))
            // Half of the hour over which first checks are spread.
            #expect(other.due == Self.start + .minutes(30))
            let again = try await transfer.plan(try Self.catalog(), for: anna)
            #expect(again.products.isEmpty)
            #expect(again.notMoved.filter { $0.reason == "It is watched already." }.count == 3)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `alerts go on where the other program was`(engine: Engine) async throws {
        let euro = try #require(Currency(code: "EUR"))
        let price = Money(minor: 2000, currency: euro)
        func product(_ name: String, _ availability: Availability) -> ForeignProduct {
            ForeignProduct(
                name: name,
                alerts: [.dropPercent(10), .backInStock],
                listings: [
                    ForeignListing(
                        address: "https://shop.example/\(name)",
                        runs: [ForeignRun(at: Self.start - .days(1), price: price, availability: availability)]
                    )
                ]
            )
        }
        try await FullDatabase.with(engine) { database in
            let anna = try await Self.addAccount("anna", database)
            let transfer = Self.importing(database)
            let catalog = ForeignCatalog(
                program: "x",
                products: [product("lamp", .inStock), product("chair", .outOfStock)]
            )
            try await transfer.run(try await transfer.plan(catalog, for: anna), for: anna)
            for (name, reference, state) in [("lamp", price, Rule.State.fired), ("chair", nil, .armed)] {
                let listing = try #require(
                    try await database.read { try $0.listing(of: anna.id, url: "https://shop.example/\(name)") }
                )
                let rules = try await database.read { try $0.rules(of: listing.product) }
                let drop = try #require(rules.first { $0.kind == .dropPercent(10) })
                let stock = try #require(rules.first { $0.kind == .backInStock })
                // What is in stock already is no news, and a drop is one below the price that was seen last.
                #expect((drop.reference, drop.state) == (reference, .armed))
                #expect(stock.state == state)
            }
        }
    }

    @Test func `the owner is named, or the only one there is`() async throws {
        try await FullDatabase.with(.sqlite) { database in
            let transfer = Self.importing(database)
            await #expect(throws: MovingError.self) { try await transfer.owner(named: nil) }
            let anna = try await Self.addAccount("anna", database)
            #expect(try await transfer.owner(named: nil) == anna)
            let bert = try await Self.addAccount("bert", database)
            await #expect(throws: MovingError.self) { try await transfer.owner(named: nil) }
            #expect(try await transfer.owner(named: " Bert ") == bert)
            await #expect(throws: MovingError.self) { try await transfer.owner(named: "eve") }
        }
    }
}

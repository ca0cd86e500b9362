import Model
import SQL
import Store
import TestSupport
import Testing

/// What is told of failing listings.
@Suite(.timeLimit(.minutes(20)))
struct FailingTests {
    private static func fail(
        _ path: String,
        _ state: Failing.State?,
        of product: Product,
        in store: TestStore,
        isPaused: Bool = false
    ) async throws -> Listing {
        var listing = try await store.addListing(path, of: product, isPaused: isPaused)
        listing.failing = state.map { Failing(state: $0, since: TestStore.start, outcome: .blocked) }
        let failing = listing
        try await store.write { try $0.setFailing(of: failing) }
        return failing
    }

    @Test(arguments: TestStore.engines)
    func `finds whose listings may be told, and counts each shop's`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let other = try await store.addProduct(of: try await store.addAccount("ben"))
            _ = try await Self.fail("fine", nil, of: product, in: store)
            _ = try await Self.fail("told", .told, of: other, in: store)
            #expect(try await store.read { try $0.ownersWithNews() } == [])
            let failing = try await Self.fail("failing", .failing, of: product, in: store)
            let recovered = try await Self.fail("recovered", .recovered, of: product, in: store)
            _ = try await Self.fail("paused", .failing, of: product, in: store, isPaused: true)
            #expect(try await store.read { try $0.ownersWithNews() } == [store.anna.id])
            let found = try await store.read { try $0.failingListings(of: store.anna.id) }
            #expect(Set(found) == [failing, recovered])
            #expect(try await store.read { try $0.watchedSites(of: store.anna.id) } == ["shop.example": 3])
        }
    }

    @Test(arguments: TestStore.engines)
    func `says when a shop last answered, whatever it said, and when a page of it was last read`(engine: Engine)
        async throws
    {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            #expect(try await store.read { try $0.lastAnswer(of: store.anna.id) } == nil)
            for (minute, outcome) in [Outcome.ok, .blocked, .timeout, .unreachable, .refused].enumerated() {
                var listing = try await store.addListing("\(minute)", of: product)
                listing.lastCheck = TestStore.start + .minutes(minute)
                listing.lastOutcome = outcome
                let checked = listing
                try await store.write { try $0.update(checked) }
            }
            #expect(try await store.read { try $0.lastAnswer(of: store.anna.id) } == TestStore.start + .minutes(1))
            #expect(try await store.read { try $0.lastReads(of: store.anna.id) } == ["shop.example": TestStore.start])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a failing shop is kept, changed, and goes with its owner`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let site = SiteFailing(
                id: .make(at: TestStore.start),
                owner: store.anna.id,
                site: "shop.example",
                trouble: .access,
                since: TestStore.start,
                told: TestStore.start + .hours(3)
            )
            try await store.write { try $0.save(site) }
            #expect(try await store.read { try $0.failingSites(of: store.anna.id) } == [site])
            #expect(try await store.read { try $0.ownersWithNews() } == [store.anna.id])
            let over = SiteFailing(
                id: site.id,
                owner: site.owner,
                site: site.site,
                trouble: site.trouble,
                state: .over,
                since: site.since + .hours(1),
                told: site.told + .hours(1),
                tellings: 2,
                readAgain: TestStore.start + .days(1)
            )
            try await store.write { try $0.save(over) }
            #expect(try await store.read { try $0.failingSites(of: store.anna.id) } == [over])
            #expect(try await store.read { try $0.ownersWithNews() } == [])
            #expect(try await store.write { try $0.deleteAccount(name: "anna") })
            #expect(try await store.read { try $0.failingSites(of: store.anna.id) } == [])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a listing from before this version can be read, and gets its shop afterwards`(
        engine: Engine
    ) async throws {
        let room = StoreSchema.room
        try await TestDatabase.with(engine, rooms: [(room, Array(StoreSchema.migrations.prefix(1)))]) { test in
            try await test.database.transaction { connection in
                try connection.run("INSERT INTO account (id, name, password, created_at) VALUES ('a', 'ada', '', 0)")
                try connection.run("INSERT INTO product (id, owner_id, name, created_at) VALUES ('p', 'a', 'Lamp', 0)")
                try connection.run(
                    """
                    INSERT INTO listing (
                        id, product_id, owner_id, url, interval_ms, is_paused, due_at, queued_until, created_at, failures
                    ) VALUES ('l', 'p', 'a', 'https://www.shop.example/lamp', 3600000, 0, 0, 0, 0, 2)
                    """
                )
            }
            _ = try await Migrator([(room, StoreSchema.migrations)]).migrate(test.database)
            var listing = try #require(try await test.database.read { try $0.listing(ID("l")) })
            #expect(listing.failing == nil)
            #expect(listing.failures == 2)
            #expect(try await test.database.read { try $0.watchedSites(of: ID("a")) } == [:])
            #expect(try await test.database.transaction { try $0.fillSites(limit: 9) } == 1)
            #expect(try await test.database.transaction { try $0.fillSites(limit: 9) } == 0)
            listing.fail(.timeout, at: TestStore.start)
            let failed = listing
            try await test.database.transaction { try $0.update(failed) }
            #expect(try await test.database.read { try $0.watchedSites(of: ID("a")) } == ["shop.example": 1])
            #expect(try await test.database.read { try $0.failingListings(of: ID("a")) } == [failed])
        }
    }
}

import Model
import SQL
import Store
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ListingTests {
    @Test(arguments: TestStore.engines)
    func `a listing is read back whole, new and after a check`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let fresh = try await store.addListing(of: product, isPaused: true)
            #expect(try await store.read { try $0.listing(fresh.id) } == fresh)

            let full = Listing(
                id: .make(at: TestStore.start),
                product: product.id,
                owner: store.anna.id,
                address: try WebAddress("https://shop.example/größe?q=ü&r='x'"),
                interval: .milliseconds(300_001),
                window: try WeeklyHours(
                    days: [.workdays, .init(weekday: 0)],
                    from: 1439,
                    to: 61,
                    zone: "Asia/Kathmandu"
                ),
                due: TestStore.start + .hours(1),
                created: TestStore.start + .seconds(1),
                current: Listing.Current(
                    price: try Money.sample(129_900),
                    listPrice: try Money.sample(1999, "USD"),
                    availability: .limited,
                    since: TestStore.start + .seconds(2)
                ),
                lastOutcome: .ok,
                lastCheck: TestStore.start + .seconds(3),
                lastNote: "A note.",
                failures: 4,
                failing: Failing(state: .told, since: TestStore.start - .hours(9), outcome: .captcha),
                lastTold: TestStore.start - .hours(1),
                validators: Listing.Validators(etag: "W/\"a\"", lastModified: "Mon, 23 Nov 2026 17:00:33 GMT"),
                confirmedStrategy: "json-ld"
            )
            try await store.write { try $0.insert(full) }
            #expect(try await store.read { try $0.listing(full.id) } == full)
            #expect(try await store.read { try $0.listing(of: full.owner, url: full.address.text) } == full)
            #expect(try await store.read { try $0.listings(url: full.address.text) } == [full])
            #expect(try await store.read { try $0.listings(of: product.id) } == [fresh, full])
            #expect(try await store.read { try $0.listings(of: [product.id]) } == [fresh, full])
            #expect(try await store.read { try $0.listing(ID("nothing")) } == nil)
        }
    }

    @Test(
        arguments: TestStore.engines,
        [
            (price: nil, listPrice: nil, availability: Availability.outOfStock),
            (price: nil, listPrice: 2500, availability: .outOfStock),
            (price: 0, listPrice: nil, availability: .inStock),
            (price: 1999, listPrice: 2500, availability: .unknown),
        ] as [(price: Int?, listPrice: Int?, availability: Availability)]
    )
    func `a check leaves its marks and nothing else`(
        engine: Engine,
        seen: (price: Int?, listPrice: Int?, availability: Availability)
    ) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            var listing = try await store.addListing(of: product)
            let other = try await store.addListing("other", of: product)
            listing.due = TestStore.start + .hours(6)
            listing.current = Listing.Current(
                price: try seen.price.map { try Money.sample($0) },
                listPrice: try seen.listPrice.map { try Money.sample($0, "USD") },
                availability: seen.availability,
                since: TestStore.start
            )
            listing.lastOutcome = .unchanged
            listing.lastCheck = TestStore.start + .seconds(1)
            listing.lastNote = "A note."
            listing.failures = 2
            listing.failing = Failing(since: TestStore.start, outcome: .timeout)
            listing.validators = Listing.Validators(etag: "a", lastModified: "b")
            listing.confirmedStrategy = "visible"
            let id = listing.id
            try await store.write { [listing] in try $0.update(listing) }
            #expect(try await store.read { try $0.listing(id) } == listing)
            #expect(try await store.read { try $0.listing(other.id) } == other)
        }
    }

    @Test(arguments: TestStore.engines)
    func `an address is watched once by each owner`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let annas = try await store.addListing(of: product)
            let error = await #expect(throws: SQLError.self) { _ = try await store.addListing(of: product) }
            guard case .constraint = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let ben = try await store.addAccount("ben")
            let bens = try await store.addListing(of: try await store.addProduct(of: ben))
            let found = try await store.read { try $0.listings(url: annas.address.text) }
            #expect(Set(found) == [annas, bens])
        }
    }

    @Test(arguments: TestStore.engines)
    func `check times are set, given with what is due, and taken away`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let other = try await store.addListing("other", of: try await store.addProduct())
            let (id, owner, start) = (listing.id, listing.owner, TestStore.start)
            let window = try WeeklyHours(days: .workdays, from: 480, to: 1200, zone: "Europe/Berlin")
            #expect(try await store.read { try $0.windowZone(of: owner) } == nil)
            try await store.write { try $0.setWindow(window, of: id, due: start + .hours(1)) }
            var changed = listing
            (changed.window, changed.due) = (window, start + .hours(1))
            #expect(try await store.read { try $0.listing(id) } == changed)
            #expect(try await store.read { try $0.listing(other.id) } == other)
            #expect(try await store.read { try $0.windowZone(of: owner) } == "Europe/Berlin")
            // What a check leaves behind does not touch it.
            try await store.write { [changed] in try $0.update(changed) }
            let taken = try await store.write { connection in
                try connection.takeDueListings(limit: 9, now: start + .hours(1), leaseEnd: start + .hours(2))
            }
            #expect(Set(taken.map(\.window)) == [nil, window])
            try await store.write { try $0.postpone(id, to: start + .days(1)) }
            #expect(try await store.read { try $0.isQueued(id, now: start + .hours(1)) } == false)
            #expect(try await store.read { try $0.listing(id) }?.due == start + .days(1))
            try await store.write { try $0.setWindow(nil, of: id, due: listing.due) }
            #expect(try await store.read { try $0.listing(id) } == listing)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a person's changes are kept`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            try await store.write { connection in
                try connection.setInterval(.minutes(5), of: listing.id, due: TestStore.start + .minutes(5))
                try connection.setPaused(true, of: listing.id)
            }
            let changed = try #require(try await store.read { try $0.listing(listing.id) })
            #expect(changed.interval == .minutes(5))
            #expect(changed.due == TestStore.start + .minutes(5))
            #expect(changed.isPaused)
            try await store.write { try $0.setPaused(false, of: listing.id) }
            #expect(try await store.read { try $0.listing(listing.id) }?.isPaused == false)
        }
    }

    @Test(arguments: TestStore.engines)
    func `the check log keeps each job once, newest first, until it is old`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let full = CheckRecord(
                job: "check-1",
                listing: listing.id,
                at: TestStore.start,
                took: .milliseconds(1234),
                outcome: .ok,
                status: 200,
                price: try Money.sample(1999, "JPY"),
                standing: .suspect,
                note: "A note."
            )
            let bare = CheckRecord.sample(of: listing, job: "check-2", at: TestStore.start + .minutes(1))
            try await store.write { try $0.insert(full) }
            let again = await #expect(throws: SQLError.self) {
                try await store.write { try $0.insert(CheckRecord.sample(of: listing, job: "check-1")) }
            }
            guard case .constraint = again else {
                Issue.record("\(String(describing: again))")
                return
            }
            try await store.write { try $0.insert(bare) }
            #expect(try await store.read { try $0.check(job: "check-1") } == full)
            #expect(try await store.read { try $0.check(job: "check-3") } == nil)
            #expect(try await store.read { try $0.checks(of: listing.id, limit: 10) } == [bare, full])
            #expect(try await store.read { try $0.checks(of: listing.id, limit: 1) } == [bare])

            #expect(try await store.write { try $0.deleteChecks(before: bare.at, limit: 10) } == 1)
            #expect(try await store.read { try $0.checks(of: listing.id, limit: 10) } == [bare])
        }
    }

    @Test(arguments: TestStore.engines)
    func `the oldest checks go first`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            try await store.write { connection in
                for minute in [3, 1, 2, 0] {
                    let moment = TestStore.start + .minutes(minute)
                    try connection.insert(CheckRecord.sample(of: listing, job: "check-\(minute)", at: moment))
                }
            }
            #expect(try await store.write { try $0.deleteChecks(before: TestStore.start + .days(1), limit: 3) } == 3)
            let left = try await store.read { try $0.checks(of: listing.id, limit: 10) }
            #expect(left.map(\.job) == ["check-3"])
        }
    }
}

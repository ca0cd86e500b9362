import Model
import SQL
import Store
import Testing

@Suite(.timeLimit(.minutes(20)))
struct HistoryTests {
    @Test(arguments: TestStore.engines)
    func `a run is read back whole`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let run = HistoryRun(
                id: .make(at: TestStore.start),
                listing: listing.id,
                from: TestStore.start,
                to: TestStore.start + .hours(1),
                checks: 7,
                price: try Money.sample(1_999, "KWD"),
                listPrice: try Money.sample(2_999, "USD"),
                availability: .backorder,
                standing: .suspect,
                strategy: "microdata",
                confidence: 0.1 + 0.2,
                evidence: [.sample],
                doubt: "The price moved from 1 to 2 in one step."
            )
            try await store.write { try $0.insert(run) }
            #expect(try await store.read { try $0.runs(of: listing.id, limit: 5) } == [run])
            #expect(try await store.read { try $0.lastRun(of: listing.id) } == run)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a run without prices is read back too`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let run = HistoryRun(
                id: .make(at: TestStore.start),
                listing: listing.id,
                from: TestStore.start,
                to: TestStore.start,
                checks: 1,
                price: nil,
                listPrice: try Money.sample(2_999),
                availability: .outOfStock,
                standing: .accepted,
                strategy: nil,
                confidence: 0,
                evidence: [],
                doubt: nil
            )
            try await store.write { try $0.insert(run) }
            #expect(try await store.read { try $0.lastRun(of: listing.id) } == run)
        }
    }

    @Test(arguments: TestStore.engines)
    func `runs come newest first, and the last one can be extended`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            #expect(try await store.read { try $0.lastRun(of: listing.id) } == nil)
            var runs: [HistoryRun] = []
            for minute in [0, 2, 1] {
                let run = HistoryRun.sample(of: listing, minutes: minute, price: try Money.sample(100 + minute))
                try await store.write { try $0.insert(run) }
                runs.append(run)
            }
            #expect(try await store.read { try $0.runs(of: listing.id, limit: 2) } == [runs[1], runs[2]])
            let end = TestStore.start + .hours(1)
            try await store.write { [run = runs[1]] connection in
                try connection.extend(run.summary, to: end)
                try connection.setStanding(.rejected, doubt: "A person said so.", of: run.summary)
            }
            let last = try #require(try await store.read { try $0.lastRun(of: listing.id) })
            #expect(last.id == runs[1].id)
            #expect(last.from == runs[1].from)
            #expect(last.to == end)
            #expect(last.checks == 2)
            #expect(last.standing == .rejected)
            #expect(last.doubt == "A person said so.")
            #expect(try await store.read { try $0.runs(of: listing.id, limit: 9) }.dropFirst() == [runs[2], runs[0]])
        }
    }

    @Test(arguments: TestStore.engines)
    func `only believed prices count`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let believed = try Money.sample(500)
            #expect(try await store.read { try $0.lastPrice(of: listing.id)?.price } == nil)
            let (doubted, rejected) = (try Money.sample(1), try Money.sample(2))
            try await store.write { connection in
                try connection.insert(HistoryRun.sample(of: listing, minutes: 0, price: believed))
                try connection.insert(
                    HistoryRun.sample(of: listing, minutes: 1, price: nil, availability: .outOfStock)
                )
                try connection.insert(HistoryRun.sample(of: listing, minutes: 2, price: doubted, standing: .suspect))
                try connection.insert(HistoryRun.sample(of: listing, minutes: 3, price: rejected, standing: .rejected))
            }
            #expect(try await store.read { try $0.lastPrice(of: listing.id)?.price } == believed)
            let points = try await store.read { try $0.acceptedPrices(of: [listing.id], limit: 10)[listing.id] ?? [] }
            #expect(points.map(\.price) == [nil, believed])
            #expect(points.map(\.availability) == [.outOfStock, .inStock])
            #expect(points.map(\.from) == [TestStore.start + .minutes(1), TestStore.start])
            #expect(points.map(\.to) == points.map(\.from))
            #expect(
                try await store.read { try $0.acceptedPrices(of: [listing.id], limit: 1)[listing.id] }?.map(\.price)
                    == [nil]
            )
        }
    }

    @Test(arguments: TestStore.engines)
    func `the extremes are those of the product's believed, payable prices in one currency`(
        engine: Engine
    ) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let one = try await store.addListing("one", of: product)
            let two = try await store.addListing("two", of: product)
            let stranger = try await store.addListing("three", of: try await store.addProduct())
            let euro = try Money.sample(0).currency
            #expect(try await store.read { try $0.extremes(of: product.id, currency: euro) } == nil)
            let runs: [HistoryRun] = [
                .sample(of: one, minutes: 0, price: try Money.sample(500)),
                .sample(of: two, minutes: 1, price: try Money.sample(900)),
                .sample(of: two, minutes: 2, price: try Money.sample(700), availability: .unknown),
                .sample(of: one, minutes: 3, price: try Money.sample(1), standing: .suspect),
                .sample(of: one, minutes: 4, price: try Money.sample(2), standing: .rejected),
                .sample(of: one, minutes: 5, price: try Money.sample(3), availability: .outOfStock),
                .sample(of: one, minutes: 6, price: try Money.sample(4), availability: .discontinued),
                .sample(of: one, minutes: 7, price: try Money.sample(5, "USD")),
                .sample(of: stranger, minutes: 8, price: try Money.sample(6)),
                .sample(of: one, minutes: 9, price: nil, availability: .outOfStock),
            ]
            try await store.write { connection in for run in runs { try connection.insert(run) } }
            let found = try #require(try await store.read { try $0.extremes(of: product.id, currency: euro) })
            #expect(found.lowest == (try Money.sample(500)))
            #expect(found.highest == (try Money.sample(900)))
        }
    }

    @Test(arguments: TestStore.engines)
    func `an amount without its currency is an error, not a missing price`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            try await store.write { connection in
                _ = try connection.run("UPDATE listing SET price_minor = 5, availability = 'inStock', since_at = 0")
            }
            await #expect(throws: SQLError.self) { try await store.read { try $0.listing(listing.id) } }
        }
    }
}

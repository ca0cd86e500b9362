import Model
import SQL
import Store
import Testing

/// How the scheduler takes listings.
@Suite(.timeLimit(.minutes(20)))
struct DueTests {
    private static let now = TestStore.start + .hours(1)
    private static let leaseEnd = now + .minutes(10)

    @Test(arguments: TestStore.engines)
    func `takes what is due, most overdue first`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            for (path, due) in [("b", 20), ("a", 10), ("now", 60), ("c", 30), ("later", 61)] {
                _ = try await store.addListing(path, of: product, due: TestStore.start + .minutes(due))
            }
            _ = try await store.addListing("paused", of: product, isPaused: true)
            let due = try await take(2, in: store)
            #expect(due.map(\.url) == ["https://shop.example/a", "https://shop.example/b"])
            #expect(due.first?.due == TestStore.start + .minutes(10))
            #expect(due.first?.product == product.id)
            #expect(try await take(10, in: store).map(\.url) == ["https://shop.example/c", "https://shop.example/now"])
            #expect(try await take(10, in: store) == [])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a taken listing is offered again when its taker died, and gives the same job`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let first = try await take(1, in: store)
            #expect(first.map(\.id) == [listing.id])
            #expect(try await take(1, in: store, at: Self.leaseEnd - .milliseconds(1)) == [])
            #expect(try await store.read { try $0.isQueued(listing.id, now: Self.now) })
            #expect(try await take(1, in: store, at: Self.leaseEnd) == first)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a recorded check ends the lease, and the next due time counts`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            var listing = try await store.addListing(of: try await store.addProduct())
            _ = try await take(1, in: store)
            listing.due = Self.now + .minutes(1)
            let id = listing.id
            try await store.write { [listing] in try $0.update(listing) }
            #expect(try await store.read { try $0.isQueued(id, now: Self.now) } == false)
            #expect(try await take(1, in: store) == [])
            #expect(try await take(1, in: store, at: Self.now + .minutes(1)).map(\.due) == [listing.due])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a listing whose check a person asked for is not taken`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            try await store.write { try $0.setQueued(listing.id, until: Self.leaseEnd) }
            #expect(try await store.read { try $0.isQueued(listing.id, now: Self.now) })
            #expect(try await take(1, in: store) == [])
            #expect(try await store.read { try $0.isQueued(listing.id, now: Self.leaseEnd) } == false)
        }
    }

    @Test(arguments: TestStore.engines)
    func `two schedulers at once never take the same listing`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            for number in 0..<60 { _ = try await store.addListing("\(number)", of: product) }
            let taken = try await withThrowingTaskGroup(of: [DueListing].self) { group in
                for taker in 0..<6 {
                    group.addTask {
                        let database = taker.isMultiple(of: 2) ? store.database : store.other
                        return try await database.transaction { connection in
                            try connection.takeDueListings(limit: 10, now: Self.now, leaseEnd: Self.leaseEnd)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 60)
            #expect(Set(taken.map(\.id)).count == 60)
        }
    }

    private func take(_ limit: Int, in store: TestStore, at moment: Timestamp = now) async throws -> [DueListing] {
        try await store.write { connection in
            try connection.takeDueListings(limit: limit, now: moment, leaseEnd: moment + .minutes(10))
        }
    }
}

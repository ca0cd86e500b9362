import Model
import SQL
import Store
import TestSupport
import Testing

/// Pages of a list of products.
@Suite(.timeLimit(.minutes(20)))
struct ProductListTests {
    /// The names of all pages of two, forwards and, from the last page, backwards again.
    private func walk(_ store: TestStore, _ selection: ProductSelection) async throws -> [[String]] {
        let owner = store.anna.id
        var pages: [[String]] = []
        var place: ProductPlace?
        while true {
            let beyond = place
            let page = try await store.read { try $0.products(of: owner, selection, beyond: beyond, limit: 2) }
            guard let last = page.last else { break }
            pages.append(page.map(\.product.name))
            place = last.place
        }
        var back: [[String]] = []
        while let end = place {
            let page = try await store.read {
                try $0.products(of: owner, selection, beyond: end, backwards: true, limit: 2)
            }
            guard !page.isEmpty else { break }
            back.append(page.map(\.product.name))
            place = page.last?.place
        }
        // Backwards the last product itself is left out: a page begins beyond it.
        #expect(back.flatMap(\.self) == pages.flatMap(\.self).dropLast().reversed())
        return pages
    }

    private static let names = ["banana", "Apple", "cherry", "apricot", "Date"]

    @Test(
        arguments: TestStore.engines,
        [
            (.newest, [["Date", "apricot"], ["cherry", "Apple"], ["banana"]]),
            (.name, [["Apple", "apricot"], ["banana", "cherry"], ["Date"]]),
            (.changed, [["Apple", "Date"], ["apricot", "cherry"], ["banana"]]),
        ] as [(ProductSelection.Order, [[String]])]
    )
    func `pages follow each other in every order, both ways`(
        engine: Engine,
        expected: (ProductSelection.Order, [[String]])
    ) async throws {
        try await TestStore.with(engine) { store in
            for (index, name) in Self.names.enumerated() {
                let product = try await store.addProduct(name, after: .seconds(index))
                guard name == "Apple" else { continue }
                try await store.write { try $0.setChanged(product.id, at: TestStore.start + .hours(1)) }
            }
            #expect(try await walk(store, ProductSelection(order: expected.0)) == expected.1)
        }
    }

    @Test(arguments: TestStore.engines)
    func `products that share their key come once each`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            for _ in 0..<7 { _ = try await store.addProduct("Same") }
            for order in ProductSelection.Order.allCases {
                #expect(try await walk(store, ProductSelection(order: order)).flatMap(\.self).count == 7)
            }
        }
    }

    @Test(arguments: TestStore.engines)
    func `a page goes on where the last one ended, whatever came or went meanwhile`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            var products: [Product] = []
            for index in 0..<4 { products.append(try await store.addProduct("P\(index)", after: .seconds(index))) }
            let owner = store.anna.id
            let first = try await store.read { try $0.products(of: owner, ProductSelection(), limit: 2) }
            #expect(first.map(\.product.name) == ["P3", "P2"])
            let (place, gone) = (first.last?.place, products[2].id)
            _ = try await store.addProduct("New", after: .seconds(9))
            try await store.write { try $0.deleteProduct(gone) }
            let second = try await store.read {
                try $0.products(of: owner, ProductSelection(), beyond: place, limit: 2)
            }
            #expect(second.map(\.product.name) == ["P1", "P0"])
        }
    }

    @Test(
        arguments: TestStore.engines,
        [
            ("lamp", ["Desk LAMP"]), ("100%", ["100% wool"]), ("a_b", ["a_b"]), ("shop.example/1", ["a_b"]),
            ("nothing", []), ("", ["a_b", "100% wool", "Desk LAMP"]),
        ]
    )
    func `a search finds names and addresses, and takes every character as it is`(
        engine: Engine,
        search: (String, [String])
    ) async throws {
        try await TestStore.with(engine) { store in
            let names = ["Desk LAMP", "100% wool", "a_b"]
            for (index, name) in names.enumerated() {
                let product = try await store.addProduct(name, after: .seconds(index))
                if name == "a_b" { _ = try await store.addListing("1", of: product) }
            }
            let selection = ProductSelection(search: search.0)
            let owner = store.anna.id
            let found = try await store.read { try $0.products(of: owner, selection, limit: 10) }
            #expect(found.map(\.product.name) == search.1)
            #expect(try await store.read { try $0.countProducts(of: owner, selection, limit: 10) } == search.1.count)
        }
    }

    @Test(arguments: TestStore.engines)
    func `only what reached its target, or fails, is shown when that is asked for`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let (reached, waiting) = (try await store.addProduct("Reached"), try await store.addProduct("Waiting"))
            let failing = try await store.addListing(of: waiting)
            _ = try await store.addListing("fine", of: reached)
            var rules = [
                Rule.sample(of: reached, target: try Money.sample(100)),
                Rule.sample(of: waiting, target: try Money.sample(100)),
            ]
            #expect(rules[0].see(.init(best: try Money.sample(50)), now: TestStore.start + .hours(1)) == .fire)
            var broken = failing
            broken.failing = Failing(state: .told, since: TestStore.start, outcome: .captcha)
            try await store.write { [rules, broken] connection in
                for rule in rules { try connection.insert(rule) }
                try connection.update(broken)
            }
            let owner = store.anna.id
            for (filter, name) in [(ProductSelection.Filter.target, "Reached"), (.failing, "Waiting")] {
                let found = try await store.read {
                    try $0.products(of: owner, ProductSelection(filter: filter), limit: 10)
                }
                #expect(found.map(\.product.name) == [name])
            }
            #expect(try await store.read { try $0.countProductsAtTarget(of: owner) } == 1)
        }
    }

    @Test(arguments: TestStore.engines)
    func `the lowest price is that of the product's currency, over all its shops`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let (lamp, other) = (try await store.addProduct("Lamp"), try await store.addProduct("Other"))
            let shops = [
                try await store.addListing("a", of: lamp),
                try await store.addListing("b", of: lamp),
            ]
            let euro = try Money.sample(900).currency
            try await store.write { connection in
                let prices: [(Int, Money, Availability, Standing)] = [
                    (0, try Money.sample(1000), .inStock, .accepted), (1, try Money.sample(900), .inStock, .accepted),
                    (0, try Money.sample(1, "USD"), .inStock, .accepted),
                    (1, try Money.sample(2), .outOfStock, .accepted), (0, try Money.sample(3), .inStock, .rejected),
                    (0, try Money.sample(1200), .limited, .accepted),
                ]
                for (index, (shop, price, availability, standing)) in prices.enumerated() {
                    let run = HistoryRun.sample(
                        of: shops[shop],
                        minutes: index,
                        price: price,
                        availability: availability,
                        standing: standing
                    )
                    try connection.insert(run)
                }
            }
            let lowest = try await store.read { try $0.lowestPrices(of: [lamp.id: euro, other.id: euro]) }
            #expect(lowest == [lamp.id: try Money.sample(900)])
            let extremes = try await store.read { try $0.extremes(of: lamp.id, currency: euro) }
            #expect(extremes?.lowest == (try Money.sample(900)))
            #expect(extremes?.highest == (try Money.sample(1200)))
        }
    }
}

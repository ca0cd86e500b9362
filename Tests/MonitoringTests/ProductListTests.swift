import Model
import SQL
import Store
import TestSupport
import Testing

@testable import Monitoring

/// The list of products a person sees, a page at a time.
@Suite(.timeLimit(.minutes(20)))
struct ProductListTests {
    @Test(
        arguments: [
            ProductPlace(key: .integer(1_795_500_033_007), id: ID("01ab")),
            ProductPlace(key: .integer(-5), id: ID("01ab")),
        ]
    )
    func `a cursor is read back as it was written`(place: ProductPlace) throws {
        let cursor = ProductCursor(order: .changed, isBackwards: true, position: 51, place: place)
        #expect(try ProductCursor(cursor.text, order: .changed) == cursor)
    }

    @Test(arguments: ["lamp", "größe ?/+& 100%", "", "???>>>", String(repeating: "ü", count: 300)])
    func `a name in a cursor may be any text, and the cursor is safe in an address`(name: String) throws {
        let place = ProductPlace(key: .text(name), id: ID("01ab"))
        let cursor = ProductCursor(order: .name, isBackwards: false, position: 1, place: place)
        #expect(cursor.text.wholeMatch(of: #/[A-Za-z0-9._-]+/#) != nil)
        #expect(try ProductCursor(cursor.text, order: .name) == cursor)
    }

    @Test(
        arguments: [
            "", "x", "newest.f.1.01ab", "newest.f.1.01ab.x", "newest.f.-1.01ab.5", "newest.q.1.01ab.5",
            "name.f.1.01ab.bGFtcA", "newest.f.1.'; DROP.5", String(repeating: ".", count: 10_000),
        ]
    )
    func `what is no cursor of this list is refused by name`(text: String) {
        let error = #expect(throws: RequestError.self) { try ProductCursor(text, order: .newest) }
        guard case .invalid(field: "cursor", _) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
    }

    @Test func `every product is on one page, with its place in the whole list`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            let all = try await house.fill(7, of: actor)
            let watching = house.monitoring.watching
            var found: [String] = []
            var cursor: String?
            var pages: [ProductList] = []
            repeat {
                let page = try await watching.products(cursor: cursor, limit: 3, as: actor)
                #expect(page.first == found.count + 1)
                #expect((page.count, page.total, page.isCounted) == (7, 7, true))
                found += page.products.map(\.product.name)
                pages.append(page)
                cursor = page.next
            } while cursor != nil
            #expect(found == all.reversed())
            #expect(pages.count == 3)
            // And back again: the same pages.
            var back = pages[2]
            for page in [pages[1], pages[0]] {
                back = try await watching.products(cursor: back.previous, limit: 3, as: actor)
                #expect(back.products == page.products)
                #expect(back.first == page.first)
            }
            #expect(back.previous == nil)
        }
    }

    @Test func `a page of many products asks the database a fixed number of questions`() async throws {
        try await House.with { house in
            let actor = try await house.person()
            _ = try await house.fill(60, of: actor)
            func questions(limit: Int) async throws -> Int {
                let counting = ExplainingDatabase(house.database)
                let all = house.monitoring.watching
                let watching = Watching(
                    database: counting,
                    queue: all.queue,
                    look: all.look,
                    record: all.record,
                    times: all.times,
                    zones: all.zones,
                    homeZone: all.homeZone,
                    settings: all.settings,
                    dueClock: all.dueClock,
                    now: all.now
                )
                _ = try await watching.products(limit: limit, as: actor)
                return counting.statements
            }
            #expect(try await questions(limit: 50) == questions(limit: 2))
        }
    }

    @Test(arguments: [0, -1, 201, .max])
    func `a limit out of range is refused by name`(limit: Int) async throws {
        try await House.with { house in
            let actor = try await house.person()
            let error = await #expect(throws: RequestError.self) {
                try await house.monitoring.watching.products(limit: limit, as: actor)
            }
            guard case .invalid(field: "limit", _) = error else { return #expect(Bool(false)) }
        }
    }
}

extension House {
    /// Adds products with a listing each; gives their names, oldest first.
    fileprivate func fill(_ count: Int, of actor: Actor) async throws -> [String] {
        var names: [String] = []
        for number in 0..<count {
            clock.advance(by: .seconds(1))
            names.append("Product \(number)")
            _ = try await monitoring.watching.add(
                "https://shop.test/\(number)",
                name: names[number],
                target: nil,
                interval: nil,
                as: actor
            )
        }
        return names
    }
}

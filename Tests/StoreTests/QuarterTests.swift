import Model
import SQL
import Store
import TestSupport
import Testing

/// The history by quarters: where it lies, and what goes when it is old.
@Suite(.timeLimit(.minutes(20)))
struct QuarterTests {
    /// One run in each of the quarters from the one three before, each three weeks long, the last one into today.
    private func fill(_ store: TestStore, _ listing: Listing) async throws -> [HistoryRun] {
        let starts = (0..<4).map { TestStore.start - .days(280 - 90 * $0) }
        let runs = try starts.enumerated().map { number, start in
            try HistoryRun.lasting(
                of: listing,
                from: start,
                to: number == 3 ? TestStore.start : start + .days(21),
                number
            )
        }
        try await store.write { connection in for run in runs { try connection.insert(run) } }
        return runs
    }

    @Test(arguments: TestStore.engines)
    func `what was written before there was a table for it is found in any case`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let runs = try await fill(store, listing)
            for _ in 0..<2 {
                try await store.write { try $0.prepareHistory(from: runs[1].from, to: TestStore.start + .days(60)) }
                #expect(try await store.read { try $0.runs(of: listing.id, limit: 10) } == runs.reversed())
            }
            try await store.write { [last = runs[runs.count - 1]] in
                try $0.extend(last.summary, to: TestStore.start + .days(1))
            }
            #expect(try await store.read { try $0.lastRun(of: listing.id)?.checks } == 2)
        }
    }

    @Test
    func `on PostgreSQL each quarter has a table and the one for the rest is empty`() async throws {
        try await TestStore.with(.postgres) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let runs = try await fill(store, listing)
            try await store.write { try $0.prepareHistory(from: runs[0].from, to: TestStore.start) }
            for run in runs {
                let table = Statement(stringLiteral: "history_run_\(Quarter(run.from))")
                let count = try await store.read { try $0.row("SELECT COUNT(*) AS n FROM \(table)")?.int("n") }
                #expect(count == 1)
            }
            #expect(try await store.read { try $0.row("SELECT COUNT(*) AS n FROM history_run_other")?.int("n") } == 0)
        }
    }

    @Test(arguments: TestStore.engines, [false, true])
    func `the history before a quarter is forgotten, and what lasts longer begins with it`(
        engine: Engine,
        isPrepared: Bool
    ) async throws {
        try await TestStore.with(engine) { store in
            let listing = try await store.addListing(of: try await store.addProduct())
            let other = try await store.addListing("b", of: try await store.addProduct("Other"))
            let runs = try await fill(store, listing)
            let lasting = try HistoryRun.lasting(of: other, from: runs[0].from, to: TestStore.start, 7)
            try await store.write { connection in
                try connection.insert(lasting)
                if isPrepared { try connection.prepareHistory(from: runs[0].from, to: TestStore.start) }
            }
            let border = Quarter(runs[2].from)
            var place: ID<Listing>?
            repeat {
                place = try await store.write { [place] in try $0.deleteHistory(before: border, after: place, limit: 1)
                }
            } while place != nil
            #expect(try await store.read { try $0.runs(of: listing.id, limit: 10) } == runs[2...].reversed())
            let left = try await store.read { try $0.runs(of: other.id, limit: 10) }
            #expect(left.map(\.id) == [lasting.id])
            #expect(left.map(\.from) == [border.start])
            #expect(left.map(\.to) == [lasting.to])
        }
    }
}

extension HistoryRun {
    fileprivate static func lasting(
        of listing: Listing,
        from: Timestamp,
        to: Timestamp,
        _ minor: Int
    ) throws -> HistoryRun {
        HistoryRun(
            id: .make(at: from),
            listing: listing.id,
            from: from,
            to: to,
            checks: 1,
            price: try Money.sample(minor),
            listPrice: nil,
            availability: .inStock,
            standing: .accepted,
            strategy: nil,
            confidence: 0.9,
            evidence: [],
            doubt: nil
        )
    }
}

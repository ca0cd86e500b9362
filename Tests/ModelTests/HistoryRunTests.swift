import Model
import Testing

struct HistoryRunTests {
    private func money(_ minor: Int, _ code: String = "EUR") throws -> Money {
        Money(minor: minor, currency: try #require(Currency(code: code)))
    }

    private func run() throws -> HistoryRun {
        HistoryRun(
            id: ID("run"),
            listing: ID("listing"),
            from: Timestamp(milliseconds: 0),
            to: Timestamp(milliseconds: 1),
            checks: 1,
            price: try money(1999),
            listPrice: try money(2999),
            availability: .inStock,
            standing: .accepted,
            strategy: "json-ld",
            confidence: 0.9,
            evidence: [],
            doubt: nil
        )
    }

    private func reading() throws -> Reading {
        Reading(
            outcome: .ok,
            title: "Another title",
            price: try money(1999),
            listPrice: try money(2999),
            availability: .inStock,
            strategy: "visible",
            confidence: 0.6
        )
    }

    @Test func `an equal observation repeats the run whatever it was read from`() throws {
        #expect(try run().summary.repeats(try reading(), standing: .accepted))
    }

    @Test func `every difference that counts begins a new run`() throws {
        let run = try run()
        var other = try reading()
        other.price = try money(1998)
        #expect(!run.summary.repeats(other, standing: .accepted))
        other.price = try money(1999, "USD")
        #expect(!run.summary.repeats(other, standing: .accepted))
        other.price = nil
        #expect(!run.summary.repeats(other, standing: .accepted))
        other = try reading()
        other.listPrice = nil
        #expect(!run.summary.repeats(other, standing: .accepted))
        other = try reading()
        other.availability = .outOfStock
        #expect(!run.summary.repeats(other, standing: .accepted))
        #expect(!run.summary.repeats(try reading(), standing: .suspect))
    }
}

import Model
import Testing

struct BeliefTests {
    private func reading(_ minor: Int?, _ code: String = "EUR", confidence: Double = 0.9) throws -> Reading {
        let currency = try #require(Currency(code: code))
        return Reading(
            outcome: minor == nil ? .noPrice : .ok,
            price: minor.map { Money(minor: $0, currency: currency) },
            strategy: "json-ld",
            confidence: confidence
        )
    }

    private func context(_ price: Int?, doubted: Int? = nil, confirmed: String? = nil) throws -> Belief.Context {
        let euro = try #require(Currency(code: "EUR"))
        return Belief.Context(
            price: price.map { Money(minor: $0, currency: euro) },
            doubted: doubted.map { Money(minor: $0, currency: euro) },
            confirmedStrategy: confirmed
        )
    }

    @Test(arguments: [
        (10_000, 10_000, true), (10_000, 14_000, true), (10_000, 14_001, false), (10_000, 6_000, true),
        (10_000, 5_999, false), (10_000, 100, false), (1, 1, true), (0, 0, true), (0, 100, false), (100, 0, false),
    ])
    func `doubts a move beyond forty percent`(before: Int, now: Int, isBelieved: Bool) throws {
        let verdict = Belief().judge(try reading(now), in: try context(before))
        #expect((verdict == .accepted) == isBelieved)
        if case .suspect(let why) = verdict { #expect(why.hasSuffix(".")) }
    }

    @Test func `believes a large move that the next look repeats`() throws {
        #expect(Belief().judge(try reading(2_000), in: try context(10_000, doubted: 2_000)) == .accepted)
        #expect(Belief().judge(try reading(2_000), in: try context(10_000, doubted: 2_001)) != .accepted)
    }

    @Test func `believes the first price and every reading without one`() throws {
        #expect(Belief().judge(try reading(2_000), in: try context(nil)) == .accepted)
        #expect(Belief().judge(try reading(nil, confidence: 0), in: try context(10_000)) == .accepted)
    }

    @Test func `doubts another currency until it is repeated`() throws {
        let dollars = try reading(10_000, "USD")
        #expect(Belief().judge(dollars, in: try context(10_000)) != .accepted)
        var repeated = try context(10_000)
        repeated.doubted = dollars.price
        #expect(Belief().judge(dollars, in: repeated) == .accepted)
    }

    @Test(
        arguments: [
            (0.5, nil, true), (0.49, nil, false), (0.49, "json-ld", true), (0.25, "json-ld", true),
            (0.24, "json-ld", false),
            (0.49, "visible", false), (0, "json-ld", false), (.nan, nil, false), (-.infinity, nil, false),
        ] as [(Double, String?, Bool)]
    )
    func `doubts a weak reading unless a person confirmed the way`(
        confidence: Double,
        confirmed: String?,
        isBelieved: Bool
    ) throws {
        let weak = try reading(10_000, confidence: confidence)
        let verdict = Belief().judge(weak, in: try context(10_000, confirmed: confirmed))
        #expect((verdict == .accepted) == isBelieved)
    }

    @Test func `does not believe a weak reading for repeating itself`() throws {
        let weak = try reading(10_000, confidence: 0.1)
        #expect(Belief().judge(weak, in: try context(10_000, doubted: 10_000)) != .accepted)
    }

    @Test func `keeps to its own tolerance`() throws {
        var belief = Belief()
        belief.tolerance = 0.1
        #expect(belief.judge(try reading(11_000), in: try context(10_000)) == .accepted)
        #expect(belief.judge(try reading(11_001), in: try context(10_000)) != .accepted)
    }
}

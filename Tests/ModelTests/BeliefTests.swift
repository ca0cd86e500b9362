import Model
import Testing

struct BeliefTests {
    /// `others` are what other ways of reading the page gave, in the same currency.
    private func reading(
        _ minor: Int?,
        _ code: String = "EUR",
        confidence: Double = 0.9,
        others: [Int] = []
    ) throws -> Reading {
        let currency = try #require(Currency(code: code))
        let values = (minor.map { [$0] } ?? []) + others
        return Reading(
            outcome: minor == nil ? .noPrice : .ok,
            price: minor.map { Money(minor: $0, currency: currency) },
            strategy: "json-ld",
            confidence: confidence,
            evidence: zip(["json-ld", "microdata", "visible"], values).map { strategy, value in
                Evidence(
                    field: .price,
                    strategy: strategy,
                    path: "",
                    text: "",
                    value: "\(Money(minor: value, currency: currency))",
                    confidence: 0.7
                )
            }
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

    @Test func `a large move that other ways of reading contradict is not believed for repeating itself`() throws {
        let again = try context(10_000, doubted: 2_000)
        #expect(Belief().judge(try reading(2_000, others: [10_000]), in: again) != .accepted)
        #expect(Belief().judge(try reading(2_000, others: [10_000, 2_000]), in: again) == .accepted)
        #expect(Belief().judge(try reading(2_000, others: [2_000]), in: again) == .accepted)
    }

    @Test func `doubts another currency until it was read for a day and two ways of reading agree`() throws {
        let (alone, agreed) = (try reading(10_000, "USD"), try reading(10_000, "USD", others: [10_000]))
        #expect(Belief().judge(agreed, in: try context(10_000)) != .accepted)
        var repeated = try context(10_000)
        repeated.doubted = alone.price
        #expect(Belief().judge(alone, in: repeated) != .accepted)
        #expect(Belief().judge(agreed, in: repeated) != .accepted)
        (repeated.doubtedFor, repeated.doubtedLooks) = (.days(1), 1)
        #expect(Belief().judge(agreed, in: repeated) != .accepted)
        (repeated.doubtedFor, repeated.doubtedLooks) = (.hours(23), 9)
        #expect(Belief().judge(agreed, in: repeated) != .accepted)
        (repeated.doubtedFor, repeated.doubtedLooks) = (.days(1), 2)
        #expect(Belief().judge(agreed, in: repeated) == .accepted)
        #expect(Belief().judge(alone, in: repeated) != .accepted)
    }

    @Test(arguments: [0, 1_000, 100, 10, 1_015, 100_000, 1_000_000, 10_000_000, 98_500])
    func `a slip of the decimal point, or nothing at all, only a person can believe`(minor: Int) throws {
        let slip = try reading(minor, others: [minor, minor])
        #expect(Belief().judge(slip, in: try context(10_000, doubted: minor)) != .accepted)
    }

    @Test func `what a person said to be wrong stays wrong, and nothing else`() throws {
        var known = try context(10_000)
        known.rejected = try reading(9_000).price
        guard case .rejected(let why) = Belief().judge(try reading(9_000), in: known) else {
            Issue.record("It was not rejected.")
            return
        }
        #expect(why == "You said that €90.00 is wrong, and it was read again.")
        #expect(Belief().judge(try reading(9_001), in: known) == .accepted)
    }

    @Test(
        arguments: [
            (10_000, 4_000, true, 0.4, 0.66), (10_000, 4_000, false, 0.5, nil), (10_000, 5_800, false, 0.4, 0.378),
            (10_000, 400, true, 0.4, 0.9),
            (10_000, 9_500, false, 0.4, nil), (10_000, 8_000, false, 0.19, 0.18), (10_000, 100, true, 0.4, nil),
            (10_000, 0, true, 0.4, nil), (10_000, 9_000, true, 0.4, nil), (10_000, 1_000, false, 0.4, nil),
            (0, 1_000, true, 0.4, nil),
        ] as [(Int, Int, Bool, Double, Double?)]
    )
    func `the tolerance learns from a person's answer`(
        before: Int,
        now: Int,
        wasRight: Bool,
        tolerance: Double,
        expected: Double?
    ) throws {
        let (before, now) = (try #require(try reading(before).price), try #require(try reading(now).price))
        let learned = Tolerance.learned(from: before, to: now, wasRight: wasRight, tolerance: tolerance)
        #expect(learned.map { ($0 * 1000).rounded() } == expected.map { ($0 * 1000).rounded() })
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

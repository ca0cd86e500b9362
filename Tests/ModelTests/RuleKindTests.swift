import Model
import Testing

/// Rules beside the target price, and what keeps all of them from telling.
struct RuleKindTests {
    private static func euros(_ minor: Int) -> Money? {
        Currency(code: "EUR").map { Money(minor: minor, currency: $0) }
    }

    /// As `euros`, for a currency that every system knows.
    private static func some(_ minor: Int) -> Money {
        guard let money = euros(minor) else { preconditionFailure("There is no euro.") }
        return money
    }

    private static func rule(
        _ kind: Rule.Kind,
        coolDown: Duration? = nil,
        expires: Timestamp? = nil,
        snoozedUntil: Timestamp? = nil,
        state: Rule.State = .armed,
        reference: Int? = nil
    ) -> Rule {
        Rule(
            id: ID("rule"),
            owner: ID("owner"),
            product: ID("product"),
            kind: kind,
            coolDown: coolDown,
            expires: expires,
            snoozedUntil: snoozedUntil,
            state: state,
            since: at(0),
            reference: reference.flatMap(euros)
        )
    }

    private static func at(_ hours: Int) -> Timestamp { Timestamp(milliseconds: hours * 3_600_000) }

    /// The hours at which the rule tells; an hour apart, nil for out of stock.
    private static func tellings(_ rule: Rule, _ prices: [Int?], lows: [Int?]? = nil) -> [Int] {
        var rule = rule
        return prices.enumerated().compactMap { hour, price in
            let sight = Rule.Sight(
                best: price.flatMap(euros),
                isOutOfStock: price == nil,
                lowBefore: lows?[hour].flatMap(euros)
            )
            return rule.see(sight, now: at(hour)) == .fire ? hour : nil
        }
    }

    @Test func `a drop is counted from the highest price since it was set or told`() {
        let rule = Self.rule(.dropPercent(10), reference: 10_000)
        #expect(
            Self.tellings(rule, [10_000, 9_100, 9_001, 9_000]) == [3],
            "Ten percent in small steps are ten percent."
        )
        #expect(Self.tellings(rule, [9_000, 8_200, 8_100]) == [0, 2], "The next one is counted from what was told.")
        #expect(Self.tellings(rule, [9_000, 20_000, 18_001, 18_000]) == [0, 3])
        #expect(Self.tellings(rule, [nil, nil, 9_500, 9_000]) == [3], "Out of stock is no price.")
    }

    @Test func `a drop by an amount is told when it is reached, and not a cent before`() {
        let rule = Self.rule(.dropAmount(Self.some(500)), reference: 10_000)
        #expect(Self.tellings(rule, [9_501, 9_500, 9_500, 9_001, 9_000]) == [1, 4])
        let small = Self.rule(.dropAmount(Self.some(500)), reference: 300)
        #expect(Self.tellings(small, [200, 1, 0]) == [], "Nothing costs less than nothing.")
    }

    @Test func `a percent of an odd amount is not rounded up`() {
        // 10 % below 0.99 is 0.891: 0.90 is not enough.
        #expect(Self.tellings(Self.rule(.dropPercent(10), reference: 99), [90, 89]) == [1])
        let rule = Self.rule(.dropPercent(1), reference: .max)
        #expect(Self.tellings(rule, [.max, .max / 100 * 99]) == [1])
    }

    @Test func `the lowest price is told once for each new low`() {
        let rule = Self.rule(.lowest(days: 30))
        #expect(Self.tellings(rule, [9_000, 9_000], lows: [nil, nil]) == [], "A first price is no low.")
        #expect(Self.tellings(rule, [9_000, 9_000, 9_000], lows: [9_000, 9_001, 9_001]) == [1])
        #expect(Self.tellings(rule, [9_000, 8_900, 8_900], lows: [9_500, 9_000, 9_000]) == [0, 1])
        #expect(
            Self.tellings(rule, [9_000, 9_100, 9_000, 9_200, 9_000], lows: [9_500, 9_000, 9_000, 9_000, 9_100]) == [
                0, 4,
            ],
            "A price that trembles is no new low; after it rose by more than 2 %, the next low is."
        )
    }

    @Test func `back in stock is told each time it was sold out before`() {
        #expect(Self.tellings(Self.rule(.backInStock), [nil, nil, 5_000, 5_000, nil, 4_000]) == [2, 5])
        let inStock = Self.rule(.backInStock, state: .fired)
        #expect(Self.tellings(inStock, [5_000, 5_000, nil, 5_000]) == [3])
        var rule = inStock
        // Nobody knows is not sold out.
        #expect(rule.see(Rule.Sight(best: nil), now: Self.at(1)) == .nothing)
    }

    @Test func `each change is told against the price that was told last`() {
        let rule = Self.rule(.change, reference: 5_000)
        #expect(Self.tellings(rule, [5_000, 5_001, 5_001, nil, 5_001, 4_000]) == [1, 5])
        #expect(
            Self.tellings(Self.rule(.change), [5_000, 5_000, 6_000]) == [2],
            "The first price is what it is measured by."
        )
    }

    @Test func `while it cools down it tells nothing, and afterwards only what is still so`() {
        let rule = Self.rule(.change, coolDown: .hours(3), reference: 5_000)
        #expect(Self.tellings(rule, [4_000, 3_000, 4_000, 4_000, 4_000]) == [0], "It flapped and is as it was told.")
        #expect(Self.tellings(rule, [4_000, 3_000, 3_000, 3_000]) == [0, 3])
    }

    @Test func `snoozed it tells nothing, and afterwards what is still so`() {
        let target = Self.rule(.targetPrice(Self.some(4_000)), snoozedUntil: Self.at(2))
        #expect(target.condition(at: Self.at(1)) == .snoozed(until: Self.at(2)))
        #expect(Self.tellings(target, [3_900, 3_900, 3_900]) == [2])
        #expect(Self.tellings(target, [3_900, 4_500, 4_500]) == [])
    }

    @Test func `after its last day it tells nothing`() {
        let rule = Self.rule(.targetPrice(Self.some(4_000)), expires: Self.at(2))
        #expect(Self.tellings(rule, [5_000, 5_000, 3_900]) == [])
        #expect(rule.condition(at: Self.at(2)) == .expired(since: Self.at(2)))
        #expect(Self.tellings(rule, [5_000, 3_900, 5_000]) == [1])
    }

    @Test func `another currency begins to count anew and tells nothing`() throws {
        let dollars = Money(minor: 100, currency: try #require(Currency(code: "USD")))
        for kind in [Rule.Kind.dropPercent(10), .dropAmount(try #require(Self.euros(500))), .lowest(days: nil)] {
            var rule = Self.rule(kind, reference: 10_000)
            let sight = Rule.Sight(best: dollars, lowBefore: Self.euros(10_000))
            #expect(rule.see(sight, now: Self.at(1)) != .fire, "\(kind)")
        }
    }

    @Test(
        arguments: [
            (Rule.Kind.lowest(days: 90), nil, nil, "Tell me when it is cheaper than in the 90 days before."),
            (.lowest(days: nil), nil, nil, "Tell me when it is cheaper than ever before."),
            (.dropPercent(15), .days(1), nil, "Tell me when its price falls by 15\u{a0}% or more, at most once a day."),
            (.backInStock, .hours(1), nil, "Tell me when it can be bought again, at most once an hour."),
            (
                .change, .days(14), "2026-12-24",
                "Tell me when its price changes, at most once in 2 weeks, until 24 Dec 2026."
            ),
        ] as [(Rule.Kind, Duration?, String?, String)]
    )
    func `a rule reads as a sentence`(kind: Rule.Kind, rest: Duration?, day: String?, sentence: String) {
        #expect(Self.rule(kind, coolDown: rest, expires: day.flatMap { Timestamp(endOfDay: $0) }).sentence == sentence)
    }

    @Test func `a target price reads as a sentence`() throws {
        let rule = Self.rule(.targetPrice(try #require(Self.euros(40_000))), expires: Timestamp(endOfDay: "2026-12-24"))
        #expect(rule.sentence == "Tell me when it costs €400.00 or less, until 24 Dec 2026.")
    }

    @Test(arguments: [
        "", "2026-12", "2026-13-01", "2026-02-29", "24.12.2026", "2026-12-24T00:00", "+026-12-24", "2026-1-2",
    ])
    func `what is no day has no end`(text: String) {
        #expect(Timestamp(endOfDay: text) == nil)
    }

    @Test func `a day ends when the next one begins`() {
        #expect(Timestamp(endOfDay: "1970-01-01") == Timestamp(milliseconds: 86_400_000))
        #expect(Timestamp(endOfDay: "2028-02-29").map { ($0 - .milliseconds(1)).dayDigits } == "2028-02-29")
    }
}

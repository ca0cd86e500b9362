import Model
import Testing

struct RuleTests {
    private static func euros(_ minor: Int) throws -> Money {
        Money(minor: minor, currency: try #require(Currency(code: "EUR")))
    }

    private static func rule(target: Int, state: Rule.State = .armed) throws -> Rule {
        Rule(
            id: ID("rule"),
            owner: ID("owner"),
            product: ID("product"),
            kind: .targetPrice(try euros(target)),
            state: state,
            since: Timestamp(milliseconds: 0)
        )
    }

    @Test(arguments: [(9_999, Rule.Action.fire), (10_000, .fire), (0, .fire), (10_001, .nothing), (20_000, .nothing)])
    func `an armed rule fires at or below its target`(best: Int, expected: Rule.Action) throws {
        var rule = try Self.rule(target: 10_000)
        #expect(rule.see(.init(best: try Self.euros(best)), now: Timestamp(milliseconds: 5)) == expected)
        #expect(rule.state == (expected == .fire ? .fired : .armed))
        #expect(rule.since.milliseconds == (expected == .fire ? 5 : 0))
        #expect(rule.firings == (expected == .fire ? 1 : 0))
    }

    @Test(arguments: [
        (9_000, Rule.Action.nothing), (10_001, .nothing), (10_200, .nothing), (10_201, .keep), (50_000, .keep),
    ])
    func `a fired rule re-arms two percent above its target`(best: Int, expected: Rule.Action) throws {
        var rule = try Self.rule(target: 10_000, state: .fired)
        #expect(rule.see(.init(best: try Self.euros(best)), now: Timestamp(milliseconds: 5)) == expected)
        #expect(rule.state == (expected == .keep ? .armed : .fired))
        #expect(rule.since.milliseconds == (expected == .keep ? 5 : 0))
        #expect(rule.firings == 0)
    }

    @Test func `a price that trembles around the target is told once`() throws {
        var rule = try Self.rule(target: 10_000)
        var actions: [Rule.Action] = []
        for (index, best) in [10_100, 9_990, 10_010, 9_990, 10_150, 9_900, 10_300, 9_990].enumerated() {
            actions.append(rule.see(.init(best: try Self.euros(best)), now: Timestamp(milliseconds: index)))
        }
        #expect(actions == [.nothing, .fire, .nothing, .nothing, .nothing, .nothing, .keep, .fire])
        #expect(rule.firings == 2)
    }

    @Test func `out of stock changes nothing and coming back is no news`() throws {
        var rule = try Self.rule(target: 10_000)
        #expect(rule.see(.init(best: try Self.euros(9_000)), now: Timestamp(milliseconds: 1)) == .fire)
        let fired = rule
        #expect(rule.see(.init(best: nil), now: Timestamp(milliseconds: 2)) == .nothing)
        #expect(rule.see(.init(best: try Self.euros(9_000)), now: Timestamp(milliseconds: 3)) == .nothing)
        #expect(rule == fired)
    }

    @Test(arguments: [Rule.State.armed, .fired])
    func `another currency says nothing`(state: Rule.State) throws {
        var rule = try Self.rule(target: 10_000, state: state)
        let dollars = Money(minor: 1, currency: try #require(Currency(code: "USD")))
        #expect(rule.see(.init(best: dollars), now: Timestamp(milliseconds: 1)) == .nothing)
        let many = Money(minor: 1_000_000, currency: dollars.currency)
        #expect(rule.see(.init(best: many), now: Timestamp(milliseconds: 1)) == .nothing)
        #expect(rule.state == state)
    }

    @Test func `the largest target does not overflow`() throws {
        var rule = try Self.rule(target: .max, state: .fired)
        #expect(rule.see(.init(best: try Self.euros(.max)), now: Timestamp(milliseconds: 1)) == .nothing)
    }

    @Test func `a target of zero waits for a free product`() throws {
        var rule = try Self.rule(target: 0)
        #expect(rule.see(.init(best: try Self.euros(1)), now: Timestamp(milliseconds: 1)) == .nothing)
        #expect(rule.see(.init(best: try Self.euros(0)), now: Timestamp(milliseconds: 1)) == .fire)
        #expect(rule.see(.init(best: try Self.euros(1)), now: Timestamp(milliseconds: 1)) == .keep)
    }
}

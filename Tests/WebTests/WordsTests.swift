import Model
import Operations
import Testing

@testable import Web

struct WordsTests {
    @Test(
        arguments: [
            (129_900, "EUR", "€1,299.00", "€1,299"), (1299, "JPY", "¥1,299", "¥1,299"), (-5, "USD", "−$0.05", "−$0.05"),
            (129_905, "RON", "1,299.05\u{a0}RON", "1,299.05\u{a0}RON"),
            (1_234_500, "KWD", "1,234.500\u{a0}KWD", "1,234.500\u{a0}KWD"),
        ] as [(Int, String, String, String)]
    )
    func `amounts are written for people`(minor: Int, code: String, full: String, short: String) throws {
        let money = Money(minor: minor, currency: try Samples.currency(code))
        #expect(MoneyText.full(money) == full)
        #expect(MoneyText.short(money) == short)
    }

    @Test(
        arguments: [
            (10, "just now"), (-10, "in a moment"), (90, "2 minutes ago"), (3600, "1 hour ago"), (-7200, "in 2 hours"),
            (86400, "1 day ago"), (90 * 86400, "3 months ago"), (800 * 86400, "2 years ago"),
        ]
    )
    func `moments are told from now`(secondsAgo: Int, text: String) {
        #expect(TimeView.relative(from: Samples.now - .seconds(secondsAgo), to: Samples.now) == text)
    }

    @Test(arguments: [
        (-0.049, "−4.9\u{a0}%", "cheaper"), (0.084, "+8.4\u{a0}%", "dearer"), (1.5, "+150\u{a0}%", "dearer"),
    ])
    func `changes have a sign and a word`(fraction: Double, text: String, mood: String) {
        let view = ChangeView(fraction)
        #expect(view?.text == text)
        #expect(view?.mood == mood)
    }

    @Test(arguments: [nil, 0, 0.0004, .nan] as [Double?])
    func `what rounds to nothing is no change`(fraction: Double?) {
        #expect(ChangeView(fraction) == nil)
    }

    @Test(arguments: [("url", "Address"), ("signingSecret", "Signing secret"), ("to", "To")])
    func `options have names for people`(key: String, label: String) {
        #expect(OptionText.label(key) == label)
    }

    @Test(arguments: Outcome.allCases)
    func `every outcome is told in whole sentences`(outcome: Outcome) {
        let words = OutcomeText(outcome)
        #expect(words.happened.hasSuffix("."))
        #expect(words.advice.hasSuffix("."))
        #expect(["good", "quiet", "doubt", "bad"].contains(words.mood))
    }

    @Test(arguments: Notice.allCases)
    func `every notice is a sentence`(notice: Notice) {
        #expect(notice.sentence.hasSuffix("."))
    }

    @Test func `a chart has steps, a gap, a mark for the doubted reading and a line for the target`() throws {
        let chart = try #require(ChartDrawing(Samples.runs(), target: Samples.euro(4000), shape: .wide)?.view())
        #expect(chart.lines.count == 2)
        #expect(chart.gaps.count == 1)
        #expect(chart.doubts.map(\.label) == ["Doubted: €4.50 from 14 Nov 2026"])
        #expect(chart.goal?.text == "Target €40.00")
        #expect(chart.latest?.label == "€42.90 from 21 Nov 2026")
    }

    @Test func `what was sold in another currency is marked as that, and no target of it is reached`() throws {
        let runs = try Samples.runs() + [Samples.run("r0", daysAgo: 60, price: 5490, in: "USD")]
        let dollar = try #require(runs.last?.price)
        let chart = try #require(ChartDrawing(runs, target: nil, shape: .wide)?.view())
        #expect(chart.foreign.count == 1)
        #expect(chart.gaps.count == 1)
        let target = Rule(
            id: ID("r"),
            owner: ID("a"),
            product: ID("p"),
            kind: .targetPrice(dollar),
            state: .fired,
            since: Samples.now
        )
        #expect(
            AlertRow(target, product: nil, currency: try Samples.euro(1).currency, now: Samples.now).why.contains(
                "EUR now"
            )
        )
    }

    @Test func `without a believed price there is no chart`() throws {
        #expect(
            ChartDrawing([try Samples.run("r", daysAgo: 1, price: 1, standing: .suspect)], target: nil, shape: .wide)
                == nil
        )
    }

    @Test(
        arguments: [
            ("{\"a\":[1,2.5,true,null,\"\\u00fc\\n\"]}", "{\"a\":[1,2.5,true,null,\"ü\\n\"]}"), ("[]", "[]"),
            ("\"x\"", "\"x\""),
        ]
    )
    func `JSON is read and written`(text: String, written: String) throws {
        #expect(try JSON(reading: text).line == written)
    }

    @Test(arguments: ["", "{", "{\"a\":}", String(repeating: "[", count: 100_000)])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: (any Error).self) { try JSON(reading: text) }
    }
}

import Model
import Monitoring
import TestSupport
import Testing

/// Who is asked about a price that only a person can believe.
@Suite(.timeLimit(.minutes(20)))
struct DoubtQuestionTests {
    private func doubt(_ price: String, in house: House) async throws {
        house.shop.show(price: price)
        try await house.check()
        #expect(house.post.subjects == [], "One look asks nothing.")
        try await house.check(after: .minutes(2))
        for _ in 0..<3 { try await house.check() }
    }

    @Test func `a doubted price that would be told if it were believed is asked about once, as a doubt`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00", target: "450")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first?.channel)
            // A channel's own words speak of prices that are believed.
            try await house.monitoring.channels.change(
                channel.id,
                wording: .init(subject: "{{product}}: {{price}}!", text: "{{price}}"),
                as: watched.actor
            )
            try await doubt("49.90", in: house)
            #expect(house.post.subjects == ["Was €499.00, now €49.90: believe it? Desk lamp"])
            #expect(house.post.texts[0].contains("counts for nothing until you say"))
            #expect(try await house.detail(watched).best?.price == euro(49_900))
            let found = try #require(try await house.monitoring.doubts.doubts(as: watched.actor).first)
            try await house.monitoring.doubts.decide(found.run.id, isRight: true, as: watched.actor)
            try await house.work()
            #expect(house.post.subjects.dropFirst() == ["Desk lamp: €49.90!"])
        }
    }

    @Test(arguments: [("4990.00", "450"), ("49.90", "40"), ("49.90", nil)] as [(String, String?)])
    func `nobody is asked about a price that would tell nothing`(price: String, target: String?) async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00", target: target)
            try await doubt(price, in: house)
            #expect(house.post.subjects == [])
            #expect(try await house.monitoring.doubts.count(as: watched.actor) == 1)
        }
    }

    @Test func `a question that waited is not asked any more when the doubt is over`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00", target: "450")
            house.post.answer(with: 500)
            try await doubt("49.90", in: house)
            house.shop.show(price: "499.00")
            try await house.check()
            house.post.answer(with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == [])
            let log = try await house.monitoring.channels.channels(as: watched.actor).flatMap(\.messages)
            #expect(log.map(\.state) == [.withdrawn])
        }
    }

    @Test func `who runs the installation can turn the questions off`() async throws {
        var settings = MonitoringSettings()
        settings.asksAboutDoubts = false
        try await House.with(settings: settings) { house in
            _ = try await house.watched(price: "499.00", target: "450")
            try await doubt("49.90", in: house)
            #expect(house.post.subjects == [])
        }
    }

    @Test func `a report says how many prices wait for a word`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "499.00")
            try await doubt("49.90", in: house)
            _ = try await house.monitoring.digests.send(isTest: false, as: watched.actor)
            _ = try await house.monitoring.digestTurns.turn()
            try await house.work()
            house.clock.advance(by: .hours(1))
            _ = try await house.monitoring.digestTurns.turn()
            try await house.work()
            #expect(house.post.texts.last?.contains("1 price waits for your word.") == true)
            // Nothing was watched the day before.
            #expect(house.post.texts.last?.contains("since 23 Nov, 12:00") == true, "\(house.post.texts)")
        }
    }
}

import Model
import Monitoring
import PluginAPI
import SQL
import Store
import TestSupport
import Testing

/// From a failing check to the message at the bell.
@Suite struct FailureTellingTests {
    @Test func `one failure, and several within a short time, are told to nobody`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90")
            house.shop.fail(status: 403)
            try await house.check()
            for _ in 0..<5 {
                try await house.check(after: .minutes(20))
                try await house.tell()
            }
            house.shop.show(price: "49.90")
            try await house.check(after: .hours(4))
            try await house.tell()
            #expect(house.post.messages.isEmpty)
        }
    }

    @Test func `what keeps failing is told once, and once that it works again`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.fail(status: 403)
            for _ in 0..<12 {
                try await house.check(after: .hours(2))
                try await house.tell()
            }
            #expect(
                house.post.subjects == ["Desk lamp can’t be checked: shop.test refuses to show its page to a program"]
            )
            #expect(try await house.detail(watched).listings[0].listing.failing?.state == .told)
            house.shop.show(price: "49.90")
            try await house.check(after: .days(1))
            try await house.tell()
            try await house.tell()
            #expect(house.post.subjects.dropFirst() == ["Desk lamp can be checked again"])
            let listing = try await house.detail(watched).listings[0].listing
            #expect(listing.failing == nil)
            #expect(listing.failures == 0)
        }
    }

    @Test func `what could not be told before it was over is not told after its end`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.fail(status: 403)
            house.post.answer(with: 500)
            for _ in 0..<12 {
                try await house.check(after: .hours(1))
                try await house.tell()
            }
            #expect(try await house.detail(watched).listings[0].listing.failing?.state == .told)
            house.shop.show(price: "49.90")
            try await house.check(after: .days(1))
            try await house.tell()
            house.post.answer(with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == ["Desk lamp can be checked again"])
            let channel = try await house.monitoring.channels.channels(as: watched.actor)[0].channel
            let log = try await house.database.read { try $0.messages(on: channel.id, limit: 10) }
            #expect(log.map(\.state) == [.delivered, .withdrawn])
            #expect(log.last?.problem == "It was not sent: by then a newer message told how it stands.")
        }
    }

    @Test func `of a shop, too, only the newest is told on a channel that was broken meanwhile`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            _ = try await house.monitoring.watching.add(
                "https://shop.test/lamp-2",
                name: "Lamp 2",
                target: nil,
                interval: .hours(1),
                as: watched.actor
            )
            try await house.check(after: .zero)
            house.shop.fail(status: 403)
            // Not so long that the messages would be given up.
            house.post.answer(with: 500)
            for _ in 0..<8 {
                try await house.check()
                try await house.tell()
            }
            house.shop.show(price: "49.90")
            for _ in 0..<12 {
                try await house.check()
                try await house.tell()
            }
            house.post.answer(with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == ["shop.test can be checked again"])
        }
    }

    @Test func `a shop that blocks five products is one message, and one when it is back`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            for number in 2...5 {
                _ = try await house.monitoring.watching.add(
                    "https://shop.test/lamp-\(number)",
                    name: "Lamp \(number)",
                    target: nil,
                    interval: .hours(number),
                    as: watched.actor
                )
            }
            try await house.check(after: .zero)
            house.shop.fail(status: 403)
            for _ in 0..<48 {
                try await house.check()
                try await house.tell()
            }
            // By then the fifth, which is looked at every five hours, did not have its turn.
            #expect(
                house.post.subjects == [
                    "shop.test refuses to show its pages to a program: 4 of 5 products can’t be checked"
                ]
            )
            house.shop.show(price: "49.90")
            for _ in 0..<30 {
                try await house.check()
                try await house.tell()
            }
            #expect(house.post.subjects.dropFirst() == ["shop.test can be checked again"])
        }
    }

    @Test func `when no shop answers, it is one message about the connection, and one when it is over`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            for site in ["lamps.test", "chairs.test", "www.tables.test"] {
                _ = try await house.monitoring.watching.add(
                    "https://\(site)/1",
                    name: site,
                    target: nil,
                    interval: .hours(6),
                    as: watched.actor
                )
            }
            try await house.check(after: .zero)
            house.shop.respond { _ in throw ExchangeError.unreachable("The name does not resolve.") }
            for _ in 0..<40 {
                try await house.check(after: .minutes(30))
                try await house.tell()
            }
            #expect(house.post.subjects == ["4 shops give no answer: 4 of 4 products can’t be checked"])
            #expect(house.post.texts[0].contains("see whether the computer that runs your price monitor is online"))
            house.shop.show(price: "49.90")
            for _ in 0..<60 {
                try await house.check(after: .minutes(30))
                try await house.tell()
            }
            #expect(house.post.subjects.dropFirst() == ["The shops can be checked again"])
        }
    }

    @Test func `without a channel it stays to be told, and is told when there is one`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", channel: false)
            house.shop.fail(status: 404)
            for _ in 0..<6 {
                try await house.check(after: .hours(3))
                try await house.tell()
            }
            #expect(try await house.detail(watched).listings[0].listing.failing?.state == .failing)
            _ = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: ["key": "secret-1"],
                as: watched.actor
            )
            try await house.tell()
            #expect(
                house.post.subjects == ["Desk lamp can’t be checked: its page at shop.test is not there any more (404)"]
            )
        }
    }

    @Test func `a page that was removed for good is told at the second look`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90")
            house.shop.fail(status: 410)
            try await house.check()
            try await house.tell()
            #expect(house.post.messages.isEmpty)
            try await house.check()
            try await house.tell()
            #expect(
                house.post.subjects == ["Desk lamp can’t be checked: its page at shop.test was removed for good (410)"]
            )
        }
    }

    @Test func `a paused listing is told neither to fail nor to work`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.fail(status: 403)
            for _ in 0..<3 { try await house.check(after: .hours(3)) }
            try await house.monitoring.watching.setPaused(true, of: watched.listing, as: watched.actor)
            try await house.tell()
            #expect(house.post.messages.isEmpty)
        }
    }

    @Test func `two schedulers that tell at once tell once`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90")
            house.shop.fail(status: 403)
            for _ in 0..<4 { try await house.check(after: .hours(3)) }
            let told = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await house.monitoring.failures.tell() } }
                return try await group.reduce(0, +)
            }
            #expect(told == 1)
            try await house.work()
            #expect(house.post.messages.count == 1)
        }
    }

    @Test func `the message names since when, the last price, what to do, and the note`() async throws {
        try await House.with { house in
            _ = try await house.watched(price: "49.90")
            house.shop.respond { _ in throw ExchangeError.refused("The address 10.0.0.1 is private.") }
            for _ in 0..<4 { try await house.check(after: .hours(3)) }
            try await house.tell()
            let text = try #require(house.post.texts.first)
            #expect(text.contains("since 23 Nov 2026, 15:00 UTC"))
            #expect(text.contains("The last price was €49.90, read 23 Nov 2026, 12:00 UTC."))
            #expect(text.contains("The address 10.0.0.1 is private."))
            #expect(text.contains("Whoever runs this installation can change that"))
        }
    }
}

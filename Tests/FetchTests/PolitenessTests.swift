import Testing

@testable import Fetch

struct PolitenessTests {
    private let start = ContinuousClock.now

    private func all(_ politeness: inout Politeness, at now: ContinuousClock.Instant) -> [Int] {
        var started: [Int] = []
        while case .start(let ticket) = politeness.next(now: now) { started.append(ticket) }
        return started
    }

    @Test func `starts no more than the concurrency of a host, in the order in which they came`() {
        var politeness = Politeness(concurrency: 2, pause: .zero, limit: 100)
        for ticket in 1...4 { politeness.arrive(ticket, at: "a.test", now: start) }
        #expect(all(&politeness, at: start) == [1, 2])
        #expect(politeness.next(now: start) == .idle)
        politeness.leave("a.test")
        #expect(all(&politeness, at: start) == [3])
        politeness.leave("a.test")
        politeness.leave("a.test")
        #expect(all(&politeness, at: start) == [4])
    }

    @Test func `pauses between two starts at a host, and says until when`() {
        var politeness = Politeness(concurrency: 2, pause: .seconds(1), limit: 100)
        for ticket in 1...2 { politeness.arrive(ticket, at: "a.test", now: start) }
        #expect(all(&politeness, at: start) == [1])
        #expect(politeness.next(now: start) == .wait(until: start + .seconds(1)))
        #expect(all(&politeness, at: start + .milliseconds(999)) == [])
        #expect(all(&politeness, at: start + .seconds(1)) == [2])
    }

    @Test func `pauses although the one before has ended`() {
        var politeness = Politeness(concurrency: 2, pause: .seconds(1), limit: 100)
        politeness.arrive(1, at: "a.test", now: start)
        #expect(all(&politeness, at: start) == [1])
        politeness.leave("a.test")
        politeness.arrive(2, at: "a.test", now: start + .milliseconds(500))
        #expect(politeness.next(now: start + .milliseconds(500)) == .wait(until: start + .seconds(1)))
    }

    @Test func `a busy host does not block another one`() {
        var politeness = Politeness(concurrency: 1, pause: .seconds(60), limit: 100)
        for ticket in 1...50 { politeness.arrive(ticket, at: "busy.test", now: start) }
        politeness.arrive(51, at: "calm.test", now: start)
        #expect(all(&politeness, at: start) == [1, 51])
    }

    @Test func `says the soonest of several hosts`() {
        var politeness = Politeness(concurrency: 2, pause: .seconds(10), limit: 100)
        politeness.arrive(1, at: "a.test", now: start)
        #expect(all(&politeness, at: start) == [1])
        politeness.arrive(2, at: "b.test", now: start + .seconds(1))
        #expect(all(&politeness, at: start + .seconds(1)) == [2])
        politeness.arrive(3, at: "b.test", now: start + .seconds(1))
        politeness.arrive(4, at: "a.test", now: start + .seconds(1))
        #expect(politeness.next(now: start + .seconds(2)) == .wait(until: start + .seconds(10)))
    }

    @Test func `one that gave up does not start, and those behind it do`() {
        var politeness = Politeness(concurrency: 1, pause: .zero, limit: 100)
        for ticket in 1...3 { politeness.arrive(ticket, at: "a.test", now: start) }
        #expect(all(&politeness, at: start) == [1])
        politeness.withdraw(2, at: "a.test")
        politeness.leave("a.test")
        #expect(all(&politeness, at: start) == [3])
    }

    @Test func `a host whose only one gave up asks for nothing`() {
        var politeness = Politeness(concurrency: 1, pause: .seconds(1), limit: 100)
        politeness.arrive(1, at: "a.test", now: start)
        politeness.withdraw(1, at: "a.test")
        #expect(politeness.next(now: start) == .idle)
        politeness.arrive(2, at: "a.test", now: start)
        #expect(all(&politeness, at: start) == [2])
    }

    @Test func `hosts take turns where all together are at their limit`() {
        var politeness = Politeness(concurrency: 5, pause: .zero, limit: 2)
        for ticket in 1...3 { politeness.arrive(ticket, at: "a.test", now: start) }
        for ticket in 4...6 { politeness.arrive(ticket, at: "b.test", now: start) }
        #expect(all(&politeness, at: start) == [1, 4])
        politeness.leave("a.test")
        politeness.leave("b.test")
        #expect(all(&politeness, at: start) == [2, 5])
    }

    @Test func `forgets hosts that have rested`() {
        var politeness = Politeness(concurrency: 1, pause: .seconds(1), limit: 10_000)
        for ticket in 0..<5000 {
            let now = start + .seconds(ticket * 2)
            politeness.arrive(ticket, at: "\(ticket).test", now: now)
            #expect(politeness.next(now: now) == .start(ticket))
            politeness.leave("\(ticket).test")
        }
        #expect(politeness.hostCount <= 1024)
    }

    @Test func `a host that was forgotten while it rested would not have been asked sooner`() {
        var politeness = Politeness(concurrency: 1, pause: .seconds(10_000), limit: 10_000)
        for ticket in 0..<3000 {
            politeness.arrive(ticket, at: "\(ticket).test", now: start)
            #expect(politeness.next(now: start) == .start(ticket))
            politeness.leave("\(ticket).test")
        }
        politeness.arrive(3000, at: "0.test", now: start)
        #expect(politeness.next(now: start) == .wait(until: start + .seconds(10_000)))
    }
}

import Model
import Testing

struct BackoffTests {
    @Test(arguments: [
        (Int.min, 5), (0, 5), (1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (12, 3600), (Int.max, 3600),
    ])
    func `doubles from five seconds to an hour`(attempt: Int, seconds: Int) {
        #expect(Backoff.standard.delay(afterAttempt: attempt) == .seconds(seconds))
    }

    @Test func `never waits longer than its limit`() {
        let backoff = Backoff(base: .seconds(10), limit: .seconds(3))
        #expect(backoff.delay(afterAttempt: 1) == .seconds(3))
        #expect(backoff.delay(afterAttempt: 5) == .seconds(3))
    }

    @Test(.timeLimit(.minutes(20))) func `a base of zero never waits`() {
        #expect(Backoff(base: .zero, limit: .hours(1)).delay(afterAttempt: .max) == .zero)
    }

    @Test func `a fixed wait stays the same`() {
        let backoff = Backoff.fixed(.seconds(7))
        #expect([1, 2, 50].map { backoff.delay(afterAttempt: $0) } == [.seconds(7), .seconds(7), .seconds(7)])
    }

    @Test(arguments: [
        (percent: 0, chance: 0.0, milliseconds: 10_000), (0, 0.9, 10_000), (20, 0, 8_000), (20, 0.5, 9_000),
        (100, 0, 0), (100, 0.25, 2_500), (250, 0.25, 2_500), (-3, 0.25, 10_000), (20, 7, 10_000), (20, -1, 8_000),
    ])
    func `chance shortens a wait by at most its share`(percent: Int, chance: Double, milliseconds: Int) {
        let backoff = Backoff(base: .seconds(5), limit: .hours(1), jitterPercent: percent)
        #expect(backoff.delay(afterAttempt: 2, chance: chance) == .milliseconds(milliseconds))
    }
}

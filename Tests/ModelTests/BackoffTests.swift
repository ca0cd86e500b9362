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

    @Test(.timeLimit(.minutes(1))) func `a base of zero never waits`() {
        #expect(Backoff(base: .zero, limit: .hours(1)).delay(afterAttempt: .max) == .zero)
    }
}

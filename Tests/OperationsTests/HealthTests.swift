import Synchronization
import Testing

@testable import Operations

struct HealthTests {
    /// A clock that only moves when it is told to.
    private final class Hand: Sendable {
        private let offset = Mutex(Duration.zero)
        private let start = ContinuousClock.now

        func move(_ span: Duration) { offset.withLock { $0 += span } }
        var now: ContinuousClock.Instant { start + offset.withLock { $0 } }
    }

    private struct Broken: Error, CustomStringConvertible {
        let description = "The disk is full."
    }

    private func routes(_ beats: Heartbeats, _ checks: [ReadinessCheck] = []) -> OperationsRoutes {
        OperationsRoutes(heartbeats: beats, checks: checks, metrics: PrometheusMetrics())
    }

    @Test func `a loop that beats in time is healthy`() {
        let hand = Hand()
        let beats = Heartbeats { hand.now }
        let beat = beats.register("worker", limit: .seconds(10))
        hand.move(.seconds(9))
        beat.beat()
        hand.move(.seconds(10))
        #expect(routes(beats).health().isFine)
    }

    @Test func `a late loop is named with how late it is`() {
        let hand = Hand()
        let beats = Heartbeats { hand.now }
        let late = beats.register("scheduler", limit: .seconds(10))
        let fine = beats.register("worker", limit: .seconds(60))
        hand.move(.milliseconds(12_500))
        let report = routes(beats).health()
        #expect(!report.isFine)
        #expect(
            report.findings == [
                .init(
                    name: "scheduler",
                    problem: "The loop “scheduler” has not turned for 12.5 s; its limit is 10 s."
                ),
                .init(name: "worker", problem: nil),
            ]
        )
        withExtendedLifetime((late, fine)) {}
    }

    @Test func `a loop that ended on purpose is not missed`() {
        let hand = Hand()
        let beats = Heartbeats { hand.now }
        let beat = beats.register("worker", limit: .seconds(1))
        beat.end()
        hand.move(.seconds(100))
        #expect(routes(beats).health().findings.isEmpty)
    }

    @Test func `ready names what does not answer and what does`() async {
        let database = ReadinessCheck("database") { throw Broken() }
        let queue = ReadinessCheck("queue") {}
        let report = await routes(Heartbeats(), [database, queue]).ready()
        #expect(
            report.findings == [
                .init(name: "database", problem: "The database does not answer: The disk is full."),
                .init(name: "queue", problem: nil),
            ]
        )
    }

    @Test(.timeLimit(.minutes(20)))
    func `a question that hangs is given up at the deadline, and not asked twice`() async {
        let asked = Mutex(0)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let check = ReadinessCheck("database", deadline: .milliseconds(1)) {
            asked.withLock { $0 += 1 }
            for await _ in gate {}
        }
        #expect(await check.problem() == "The database has not answered within 0 s.")
        #expect(await check.problem() == "The database has not answered within 0 s.")
        #expect(asked.withLock { $0 } == 1)
        open.finish()
    }

    @Test func `the body of a good report says ok`() {
        let report = HealthReport(findings: [.init(name: "worker", problem: nil)])
        #expect(report.json.line == #"{"status":"ok","checks":[{"name":"worker","status":"ok","problem":null}]}"#)
    }

    @Test func `the body of a bad report is a problem document with every sentence`() {
        let report = HealthReport(findings: [
            .init(name: "a", problem: "A is late."), .init(name: "b", problem: "B too."),
        ])
        #expect(
            report.json.line.hasPrefix(
                #"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"A is late. B too.","checks":["#
            )
        )
    }
}

import FoundationEssentials
import Subprocess
import TestSupport
import Testing

extension DeployerSuite {
    /// The real program is killed at what it asks of Multipass or DigitalOcean, of OpenSSH and of Coolify, and started again.
    @Suite(.serialized, .timeLimit(.minutes(240)))
    struct ChainKillTests {
        private static let isLong = ProcessInfo.processInfo.environment["LONG_TESTS"] != nil

        /// Again and again on one environment, each time at another point, until a run gets through.
        @Test(arguments: OperatorDesk.Provider.allCases)
        func `killed again and again, it brings about one of each thing`(provider: OperatorDesk.Provider) async throws {
            var luck = Luck(seed: Self.seed)
            let desk = try await OperatorDesk(provider)
            let count = try await Self.touches(provider)
            var deaths: [String] = []
            for _ in 0..<12 {
                // Late in a run more often than early: the first touches only look at what is there.
                try desk.machine.killPoints.kill(
                    at: Int.random(in: 3...count, using: &luck),
                    Bool.random(using: &luck) ? .before : .after
                )
                let run = try await desk.host("apply", "--yes")
                if run.status == .signaled(9) {
                    deaths.append(desk.machine.killPoints.killed ?? "?")
                } else {
                    #expect(run.isSuccess, "\(deaths): \(run.text)\n\(run.problems)")
                }
            }
            try desk.machine.killPoints.rest()
            let last = try await desk.host("apply", "--yes")
            #expect(last.isSuccess, "\(deaths): \(last.text)\n\(last.problems)")
            #expect(try desk.wrongs() == [], "\(deaths)")
            #expect(try await desk.host("plan").text.contains("Nothing is to be done."))
            print(
                "The deployer was killed \(deaths.count) times on the way to \(provider) (KILL_SEED=\(Self.seed) repeats it): \(deaths)."
            )
        }

        /// KILL_PROVIDER=digitalocean takes one of them.
        private static let providers = OperatorDesk.Provider.allCases.filter { provider in
            ProcessInfo.processInfo.environment["KILL_PROVIDER"].map { $0 == "\(provider)" } ?? true
        }

        /// At each touch of a run that is not killed, before and after it is done, each in an environment of its own.
        @Test(.enabled(if: isLong, "scripts/test --long runs it."), arguments: providers)
        func `killed at any point, the next run brings about one of each thing`(
            provider: OperatorDesk.Provider
        ) async throws {
            let count = try await Self.touches(provider)
            // KILL_STRIDE=5 takes every fifth of them, KILL_FROM=50 those from the fiftieth touch on.
            let (stride, first) = (Self.number("KILL_STRIDE") ?? 1, Self.number("KILL_FROM") ?? 1)
            let all = (first...max(first, count)).flatMap { number in KillPoints.Moment.allCases.map { (number, $0) } }
            let points = all.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
            // Three at a time: much of a run is waiting.
            let parts = (0..<3).map { part in points.enumerated().filter { $0.offset % 3 == part }.map(\.element) }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for part in parts {
                    group.addTask {
                        var kills = 0
                        for (done, point) in part.enumerated() {
                            kills += try await Self.killed(provider, at: point.0, point.1) ? 1 : 0
                            if done % 10 == 9 {
                                print(
                                    "One of three: \(done + 1) of \(part.count) points of \(count) touches (\(provider))."
                                )
                            }
                        }
                        return kills
                    }
                }
                let kills = try await group.reduce(0, +)
                print(
                    "The deployer was killed at \(kills) points of \(count) touches (\(provider)): one of each thing every time."
                )
                // A run may get through with a few touches less, where something was ready sooner.
                #expect(kills >= points.count - 12)
            }
        }

        private static func killed(
            _ provider: OperatorDesk.Provider,
            at number: Int,
            _ moment: KillPoints.Moment
        ) async throws -> Bool {
            let desk = try await OperatorDesk(provider)
            try desk.machine.killPoints.kill(at: number, moment)
            let killed = try await desk.host("apply", "--yes")
            let point = "\(number) \(moment) (\(desk.machine.killPoints.killed ?? "nobody"))"
            try desk.machine.killPoints.rest()
            let resumed = try await desk.host("apply", "--yes")
            #expect(resumed.isSuccess, "\(point): \(resumed.text)\n\(resumed.problems)")
            #expect(try desk.wrongs() == [], "\(point)")
            #expect(try await desk.host("plan").text.contains("Nothing is to be done."), "\(point)")
            return killed.status == .signaled(9)
        }

        /// Of a run from nothing to green that nobody kills.
        private static func touches(_ provider: OperatorDesk.Provider) async throws -> Int {
            let desk = try await OperatorDesk(provider)
            try desk.machine.killPoints.rest()
            let made = try await desk.host("apply", "--yes")
            guard made.isSuccess else { throw Problem("\(made.text)\n\(made.problems)") }
            return desk.machine.killPoints.count
        }

        private static func number(_ variable: String) -> Int? {
            ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
        }

        private static let seed =
            ProcessInfo.processInfo.environment["KILL_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)
    }
}

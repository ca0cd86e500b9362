import FoundationEssentials
import SQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ClockTests {
    @Test(arguments: TestDatabase.engines)
    func `the database's clock is this machine's when the database is on it`(engine: Engine) async throws {
        try await TestDatabase.with(engine) { test in
            let before = Int(Date().timeIntervalSince1970 * 1000)
            let times = try await test.database.read { [try $0.clockMilliseconds(), try $0.clockMilliseconds()] }
            let after = Int(Date().timeIntervalSince1970 * 1000)
            // A millisecond either way: the one rounds and the other cuts off.
            #expect(times[0] >= before - 1 && times[0] <= times[1] && times[1] <= after + 1)
        }
    }
}

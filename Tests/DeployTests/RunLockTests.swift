import Foundation
import Model
import Testing

@testable import Deploy

@Suite struct RunLockTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)").path
    private let now = Timestamp(milliseconds: 1_795_435_200_000)

    @Test func `a second run is refused and told who is at work; afterwards it may`() throws {
        var lock: RunLock? = try RunLock(path, holder: "apply by anna@laptop, process 1", now: now)
        let error = #expect(throws: DeployError.self) { _ = try RunLock(path, holder: "b", now: now) }
        #expect(error?.description.contains("apply by anna@laptop, process 1, since 2026-11-23T12:00:00Z") == true)
        withExtendedLifetime(lock) {}
        lock = nil
        lock = try RunLock(path, holder: "b", now: now)
        let other = #expect(throws: DeployError.self) { _ = try RunLock(path, holder: "c", now: now) }
        // Nothing of a longer name before it is left.
        #expect(other?.description.contains("environment: b, since 2026-11-23T12:00:00Z. Wait") == true)
        withExtendedLifetime(lock) {}
    }
}

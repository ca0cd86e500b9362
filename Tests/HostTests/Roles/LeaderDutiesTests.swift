import ArgumentParser
import FoundationEssentials
import Model
import Monitoring
import Operations
import Queue
import SQL
import Store
import TestSupport
import Testing

@testable import Host

/// What the whole program would do in the name of a term.
struct LeaderDutiesTests {
    @Test func `whose term is over does nothing of it, and who leads does all`() async throws {
        let folder = try TestFolder()
        let daily = "\(folder.path)/daily"
        let options = ["data.folder=\(folder.path)", "backup.folder=\(daily)"]
        let settings = try Settings(SharedOptions.parse(options.flatMap { ["--set", $0] }).load())
        let app = try await App(settings, metrics: PrometheusMetrics(), logger: .quiet)
        let duties = LeaderDuties(app)
        func leadership(_ holder: String) -> Leadership {
            Leadership(part: "scheduler", holder: holder, database: app.database, lease: .hours(1)) { _ in false }
        }
        let (frozen, next) = (leadership("frozen"), leadership("next"))
        _ = try await frozen.renew()
        let old = try #require(frozen.term)
        try await app.database.transaction(.locking) { _ = try $0.run("UPDATE leadership SET until_at = 0") }
        _ = try await next.renew()
        let new = try #require(next.term)

        await #expect(throws: LostLeadership.self) { try await duties.recover(in: old) }
        await #expect(throws: LostLeadership.self) { try await duties.keepSchedules(in: old) }
        await #expect(throws: LostLeadership.self) { try await duties.backUp(in: old) }
        #expect(try await app.queue.schedulers() == [])
        #expect(!FileManager.default.fileExists(atPath: daily))

        try await duties.recover(in: new)
        try await duties.keepSchedules(in: new)
        try await duties.backUp(in: new)
        #expect(try await !app.queue.schedulers().isEmpty)
        #expect(BackupShelf(of: settings.data.backupBase, folder: daily).paths.count == 1)
        await app.close()
    }
}

import FoundationEssentials
import SQL
import TestSupport
import Testing

@testable import Host

/// The schema of a database on a server, brought up to date by several programs.
@Suite(.timeLimit(.minutes(20)))
struct PostgresMigrateTests {
    @Test func `of programs that start at once one makes each change`() async throws {
        try await ServerDatabase.with { database in
            let folder = try TestFolder()
            let (environment, path) = (try database.environment(), folder.path)
            let ended = try await withThrowingTaskGroup(of: RealHost.Ended.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await RealHost.run(["migrate"], environment: environment, in: path) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ended.allSatisfy { $0.code == 0 }, "\(ended.map(\.error))")
            let made = ended.flatMap { $0.lines.filter { $0.contains(": M") } }
            #expect(
                made.sorted()
                    == Storage.rooms.flatMap { room in room.migrations.map { "\(room.room): \($0.name)" } }.sorted()
            )
        }
    }
}

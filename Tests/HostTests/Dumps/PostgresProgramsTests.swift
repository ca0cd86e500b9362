import FoundationEssentials
import TestSupport
import Testing

@testable import Host

struct PostgresProgramsTests {
    @Test func `a program that is missing is named with the package that has it`() async throws {
        let folder = try TestFolder()
        let failure = await #expect(throws: Failure.self) {
            _ = try await PostgresPrograms(folders: [folder.path]).program("pg_dump", forServer: 15)
        }
        #expect(
            failure?.message
                == "The server is PostgreSQL 15, so pg_dump 15 or a newer one is needed, and there is none in PATH. "
                + "On Debian it is in the package postgresql-client-15."
        )
    }

    @Test func `a program that is older than the server is not used`() async throws {
        let folder = try TestFolder()
        let programs = try FakePrograms(in: folder.path)
        try programs.make("pg_dump", version: "12.22 (Debian 12.22-1)")
        let failure = await #expect(throws: Failure.self) {
            _ = try await PostgresPrograms(folders: [programs.folder]).program("pg_dump", forServer: 15)
        }
        #expect(failure?.message.contains("and here are only: pg_dump 12 (\(programs.folder)/pg_dump).") == true)
    }

    @Test func `of those that fit the oldest is used, of equal ones the first in PATH`() async throws {
        let folder = try TestFolder()
        let folders = try ["17.2", "12.22", "16.1", "16.4", "19beta1"].enumerated().map { index, version in
            let programs = try FakePrograms(in: "\(folder.path)/\(index)")
            try programs.make("pg_restore", version: version)
            return programs.folder
        }
        let programs = PostgresPrograms(folders: folders)
        #expect(try await programs.program("pg_restore", forServer: 15).path == "\(folders[2])/pg_restore")
        #expect(try await programs.program("pg_restore", forServer: 17).major == 17)
        #expect(try await programs.program("pg_restore", forServer: 18).major == 19)
    }

    @Test func `progress goes by what the tables weigh`() {
        var progress = DumpProgress(weights: ["public.account": 99, "public.history": 899, "public.empty": 0])
        #expect(progress.part(after: "pg_dump: reading extensions") == nil)
        #expect(progress.part(after: "pg_dump: dumping contents of table \"public.account\"") == 0)
        #expect(progress.part(after: "pg_dump: dumping contents of table \"public.history\"") == 100.0 / 1001)
        #expect(progress.part(after: "pg_dump: dumping contents of table \"public.elsewhere\"") == nil)
        #expect(progress.part(after: "pg_dump: dumping contents of table \"public.empty\"") == 1000.0 / 1001)
    }
}

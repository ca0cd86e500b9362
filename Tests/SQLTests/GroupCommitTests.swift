import SQL
import TestSupport
import Testing

/// How SQLite's transactions share a commit.
///
/// The main actor asks for them one after another while the writer is held up, so that it finds them waiting together.
@Suite(.timeLimit(.minutes(20)))
@MainActor
struct GroupCommitTests {
    @Test func `an error in one takes only that one back`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [tables]) { test in
            let ends = await together(in: test.database) { connection, number in
                try connection.run("INSERT INTO sample (id) VALUES (\("id-\(number)"))")
                if number == 1 { throw Stop(number: 1) }
            }
            #expect(ends.map(isSuccess) == [true, false, true])
            #expect(ends[1].error is Stop)
            let kept = try await ids(in: test.database)
            #expect(kept == ["id-0", "id-2"])
        }
    }

    @Test func `a commit that fails is everybody's error`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [tables]) { test in
            let ends = await together(in: test.database) { connection, number in
                try connection.run("INSERT INTO sample (id) VALUES (\("id-\(number)"))")
                if number == 0 { throw Stop(number: 0) }
                if number == 1 { try connection.run("INSERT INTO late_child (id, sample_id) VALUES ('x', 'nobody')") }
            }
            #expect(ends.map(isSuccess) == [false, false, false])
            #expect(ends[0].error is Stop)
            #expect(ends[2].error is SQLError)
            #expect(try await ids(in: test.database).isEmpty)
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id) VALUES ('later')") }
            #expect(try await ids(in: test.database) == ["later"])
        }
    }

    @Test func `when SQLite itself gives up the transaction, nobody is told that theirs was kept`() async throws {
        try await TestDatabase.with(.sqlite, rooms: [tables]) { test in
            let ends = await together(in: test.database) { connection, number in
                try connection.run("INSERT INTO sample (id) VALUES (\("id-\(number)"))")
                if number == 1 { try connection.run("INSERT OR ROLLBACK INTO sample (id) VALUES ('id-0')") }
            }
            #expect(ends.map(isSuccess) == [false, false, false])
            #expect(try await ids(in: test.database).isEmpty)
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id) VALUES ('later')") }
            #expect(try await ids(in: test.database) == ["later"])
        }
    }

    /// Three transactions that the writer finds waiting together.
    private func together(
        in database: any Database,
        _ work: @escaping @Sendable (any Connection, Int) throws -> Void
    ) async -> [Result<Void, any Error>] {
        let turns = Turns()
        let blocker = Task {
            try await database.transaction { _ in
                turns.reached("blocked")
                turns.wait(for: "all asked")
            }
        }
        await turns.asyncWait(for: "blocked")
        let tasks = (0..<3).map { number in
            Task { try await database.transaction { try work($0, number) } }
        }
        // Runs on the main actor after the three have asked.
        await Task { turns.reached("all asked") }.value
        _ = await blocker.result
        var ends: [Result<Void, any Error>] = []
        for task in tasks { ends.append(await task.result) }
        return ends
    }

    private func ids(in database: any Database) async throws -> [String] {
        try await database.read { try $0.rows("SELECT id FROM sample ORDER BY id").map { try $0.text("id") } }
    }
}

private func isSuccess(_ end: Result<Void, any Error>) -> Bool { end.error == nil }

extension Result {
    fileprivate var error: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

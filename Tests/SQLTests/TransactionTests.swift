import SQL
import TestSupport
import Testing

/// What every engine promises about transactions at the same time.
@Suite(.timeLimit(.minutes(20)))
struct TransactionTests {
    @Test(arguments: TestDatabase.engines)
    func `transactions at the same time follow one after another`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            try await test.database.transaction { _ = try $0.run("INSERT INTO sample (id, whole) VALUES ('n', 0)") }
            try await test.withAnother { other in
                try await withThrowingTaskGroup { group in
                    for number in 0..<200 {
                        let database = number.isMultiple(of: 2) ? test.database : other
                        group.addTask {
                            try await database.transaction { connection in
                                let read = try connection.row("SELECT whole FROM sample WHERE id = 'n'")?.int("whole")
                                try connection.run("UPDATE sample SET whole = \((read ?? 0) + 1) WHERE id = 'n'")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let sum = try await test.database.read { try $0.row("SELECT whole FROM sample")?.int("whole") }
            #expect(sum == 200)
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `each transaction has its own end`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let failed = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do {
                            try await test.database.transaction { connection in
                                try connection.run(
                                    "INSERT INTO sample (id, whole) VALUES (\("id-\(number)"), \(number))"
                                )
                                if number.isMultiple(of: 3) { throw Stop(number: number) }
                            }
                            return nil
                        } catch let stop as Stop {
                            return stop.number
                        }
                    }
                }
                return try await group.compactMap(\.self).reduce(into: []) { $0.append($1) }
            }
            let kept = try await test.database.read { connection in
                try connection.rows("SELECT whole FROM sample ORDER BY whole").map { try $0.int("whole") }
            }
            #expect(failed.sorted() == (0..<100).filter { $0.isMultiple(of: 3) })
            #expect(kept == (0..<100).filter { !$0.isMultiple(of: 3) })
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `what was committed is there for everybody`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            try await test.withAnother { other in
                try await withThrowingTaskGroup { group in
                    for number in 0..<50 {
                        group.addTask {
                            let id = "id-\(number)"
                            try await test.database.transaction { connection in
                                _ = try connection.run("INSERT INTO sample (id) VALUES (\(id))")
                            }
                            for database in [test.database, other] {
                                let found = try await database.read { connection in
                                    try connection.row("SELECT id FROM sample WHERE id = \(id)")
                                }
                                #expect(found != nil)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `a commit that fails is the caller's error, and the next one works`(engine: Engine) async throws {
        try await TestDatabase.with(engine, rooms: [tables]) { test in
            let error = await #expect(throws: SQLError.self) {
                try await test.database.transaction { connection in
                    try connection.run("INSERT INTO late_child (id, sample_id) VALUES ('x', 'nobody')")
                }
            }
            guard case .constraint = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let ids = try await test.database.transaction { connection in
                try connection.run("INSERT INTO late_child (id, sample_id) VALUES ('y', 'a')")
                try connection.run("INSERT INTO sample (id) VALUES ('a')")
                return try connection.rows("SELECT id FROM late_child").map { try $0.text("id") }
            }
            #expect(ids == ["y"])
        }
    }
}

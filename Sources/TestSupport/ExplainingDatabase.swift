package import SQL
import Synchronization

/// Asks the engine how it would run each statement before it runs it.
package final class ExplainingDatabase: Database {
    private let database: any Database
    private let found = Mutex((steps: [String](), statements: 0))

    package init(_ database: any Database) { self.database = database }

    package var engine: Engine { database.engine }

    /// The steps of all plans so far: `SEARCH job USING INDEX job_by_turn (state=?)`, `SCAN job`.
    package var steps: [String] { found.withLock(\.steps) }
    /// How many statements were run.
    package var statements: Int { found.withLock(\.statements) }

    package func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await database.read { [self] in try work(ExplainingConnection(connection: $0, database: self)) }
    }

    package func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await database.transaction(isolation) { [self] in
            try work(ExplainingConnection(connection: $0, database: self))
        }
    }

    package var name: String { database.name }

    package func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T {
        try await database.alone(upTo: limit, work)
    }

    package func announcements(of subject: String) -> AsyncStream<Void> { database.announcements(of: subject) }
    package func probe() async throws { try await database.probe() }
    package func maintain() async throws { try await database.maintain() }
    package func close() async { await database.close() }

    fileprivate func note(_ steps: [String]) {
        found.withLock { found in
            found.steps += steps
            found.statements += 1
        }
    }
}

private struct ExplainingConnection: Connection {
    let connection: any Connection
    let database: ExplainingDatabase

    var engine: Engine { connection.engine }

    func rows(_ statement: Statement) throws -> [Row] {
        try explain(statement)
        return try connection.rows(statement)
    }

    func run(_ statement: Statement) throws -> Int {
        try explain(statement)
        return try connection.run(statement)
    }

    func runLater(_ statement: Statement) throws {
        try explain(statement)
        try connection.runLater(statement)
    }

    func rows(all statements: [Statement]) throws -> [[Row]] {
        for statement in statements { try explain(statement) }
        return try connection.rows(all: statements)
    }

    func run(all statements: [Statement]) throws -> [Int] {
        for statement in statements { try explain(statement) }
        return try connection.run(all: statements)
    }

    func lock(_ subject: String) throws { try connection.lock(subject) }
    func takeTime() throws { try connection.takeTime() }
    func announce(_ subject: String) throws { try connection.announce(subject) }

    private func explain(_ statement: Statement) throws {
        switch connection.engine {
        case .sqlite:
            database.note(try connection.rows("EXPLAIN QUERY PLAN \(statement)").map { try $0.text("detail") })
        case .postgres:
            // Else the few rows of a test would be read whole, which is right then.
            _ = try connection.run("SET LOCAL enable_seqscan = off")
            database.note(try connection.rows("EXPLAIN (COSTS OFF) \(statement)").map { try $0.text("QUERY PLAN") })
        }
    }
}

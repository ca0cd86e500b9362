/// One transaction on a connection.
///
/// What begins it goes out together with its first statement; one that runs no statement costs nothing.
final class PostgresSession {
    private let link: PostgresLink
    private var answerLimit: Duration
    private let database: String
    private let isReadOnly: Bool
    /// What goes out before the next statement, in the same round trip.
    private var waiting: [PostgresCommand]
    private var hasBegun = false
    /// Whether no statement was asked for yet: then there is nothing to begin or to end.
    private var isIdle = true
    /// What the server refused: everything after it is in vain.
    private(set) var failure: PostgresFailure?

    init(link: PostgresLink, begin: String, isReadOnly: Bool, answerLimit: Duration, database: String) {
        self.link = link
        self.answerLimit = answerLimit
        self.database = database
        self.isReadOnly = isReadOnly
        waiting = [PostgresCommand(begin)]
    }

    /// For what changes the schema or moves many rows.
    func takeTime() throws(SQLError) {
        try runLater("SET LOCAL statement_timeout = 0")
        answerLimit = .seconds(86_400)
    }

    /// Its answer is thrown away; it goes out with the next statement, or with the commit.
    func runLater(_ statement: Statement) throws(SQLError) {
        if let failure { throw SQLError(failure, database: database) }
        waiting.append(PostgresCommand(statement))
        isIdle = false
    }

    func answers(to statements: [Statement]) throws(SQLError) -> [PostgresAnswer] {
        if let failure { throw SQLError(failure, database: database) }
        let before = waiting
        waiting = []
        isIdle = false
        do throws(PostgresFailure) {
            let commands = before + statements.map { PostgresCommand($0) }
            hasBegun = true
            return Array(try link.run(commands, until: .now + answerLimit).dropFirst(before.count))
        } catch {
            failure = error
            throw SQLError(error, database: database)
        }
    }

    /// Throws the failure that kept the transaction from being stored.
    func commit() throws(PostgresFailure) {
        if let failure { throw failure }
        guard !isIdle else { return }
        let commands = waiting + [PostgresCommand("COMMIT")]
        // Nothing depends on how the end of a transaction that only read went: nobody waits for the answer.
        if isReadOnly, waiting.isEmpty { return try link.post(commands, until: .now + answerLimit) }
        hasBegun = true
        let answer = try link.run(commands, until: .now + answerLimit)
        guard answer.last?.tag == "COMMIT" else {
            throw .lost("it took back a transaction that was to be stored")
        }
    }

    /// A connection that can't even do this is closed by the attempt, which has the same effect.
    func rollback() {
        guard hasBegun, link.isUsable else { return }
        _ = try? link.run([PostgresCommand("ROLLBACK")], until: .now + answerLimit)
    }
}

/// The connection that a closure is lent.
struct PostgresConnection: Connection {
    let session: PostgresSession

    var engine: Engine { .postgres }

    func rows(_ statement: Statement) throws -> [Row] { try session.answers(to: [statement])[0].rows }

    func run(_ statement: Statement) throws -> Int { try session.answers(to: [statement])[0].changed }

    func runLater(_ statement: Statement) throws { try session.runLater(statement) }

    func run(all statements: [Statement]) throws -> [Int] {
        statements.isEmpty ? [] : try session.answers(to: statements).map(\.changed)
    }

    func rows(all statements: [Statement]) throws -> [[Row]] {
        statements.isEmpty ? [] : try session.answers(to: statements).map(\.rows)
    }

    func takeTime() throws { try session.takeTime() }

    func announce(_ subject: String) throws {
        try session.runLater("SELECT pg_notify(current_schema() || \(Self.channel(subject, schema: "")), '')")
    }

    /// Programs in other schemas of the database have announcements of their own.
    static func channel(_ subject: String, schema: String) -> String { "\(schema).\(subject)" }

    func lock(_ subject: String) throws {
        try session.runLater("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || \(subject), 0))")
    }
}

/// A database that several parts of the process share.
///
/// Work is a synchronous closure, run on a thread that belongs to the connection: a transaction can't be left open
/// across a suspension, and a blocking driver never holds up the cooperative pool. A closure may be run again when
/// the engine asks for a retry (a busy file, a serialization failure), so it must have no effect but on the database.
package protocol Database: Sendable {
    /// Which engine answers, for the few statements that must differ.
    var engine: Engine { get }

    /// What people call it, such as the path of its file; holds no secret.
    var name: String { get }

    /// Reads one consistent state; writing in it is an error.
    func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Commits when `work` returns, rolls back when it throws and passes its error on.
    ///
    /// Throws `SQLError.uncertain` when nobody knows whether it was committed.
    func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Runs `work` while other programs that ask for the same wait, as for a change of the schema or a backup.
    ///
    /// Does not keep anybody from reading or writing. Throws `SQLError.busy` when another program is not done after
    /// `limit`.
    func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T

    /// One for each time that another process announced the subject, or may have; several at once count as one.
    ///
    /// Ends at once where no other process can announce anything.
    func announcements(of subject: String) -> AsyncStream<Void>

    /// Throws what keeps this process from using the database at the moment.
    ///
    /// Reads, and when the last transaction failed writes too: a disk may be full while everything can still be read.
    func probe() async throws

    /// What a database needs now and then so that it stays small and fast; does not disturb others.
    func maintain() async throws

    /// The process is about to end: from now on nothing waits long for a database that does not answer.
    func hurry()

    /// Waits for running work and closes every connection. Work asked for later throws `SQLError.closed`.
    func close() async
}

extension Database {
    /// Nothing, where no server may be away.
    package func hurry() {}

    /// One that behaves as if no other ran at the same time.
    package func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await transaction(.serializable, work)
    }
}

/// What a transaction sees of others that run at the same time.
package enum Isolation: Sendable {
    /// Nothing: all transactions of this kind might as well run one after another. Those that come in each other's way
    /// are run again.
    case serializable
    /// What others commit shows between its statements. For what many workers do at once: it never has to be run again
    /// because of others, and itself locks (`lock`, `forUpdate`, `skipLocked`) what it reads in order to change it.
    case locking
}

/// What answers the statements.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres
}

/// One connection, lent to a closure.
///
/// Not for use outside of it.
package protocol Connection {
    var engine: Engine { get }

    /// Every row of the answer, in order.
    func rows(_ statement: Statement) throws -> [Row]

    /// How many rows the statement changed.
    @discardableResult
    func run(_ statement: Statement) throws -> Int

    /// Runs a statement whose answer nobody needs, at the latest before the next one or the commit: what goes wrong is
    /// thrown there.
    ///
    /// Where there is a server it costs no round trip of its own.
    func runLater(_ statement: Statement) throws

    /// The answers to several statements, none of which needs another's: one round trip where there is a server.
    func rows(all statements: [Statement]) throws -> [[Row]]

    /// How many rows each of the statements changed, which run in order: one round trip where there is a server.
    @discardableResult
    func run(all statements: [Statement]) throws -> [Int]

    /// Tells every process that listens for the subject, once the transaction is committed; for what happens seldom,
    /// since commits that tell something wait for each other.
    func announce(_ subject: String) throws

    /// Lets the statements of this transaction take as long as they need.
    func takeTime() throws

    /// From the next statement to the transaction's end, others that lock the same subject wait.
    ///
    /// For what is no row, or not one yet.
    func lock(_ subject: String) throws
}

extension Connection {
    /// The first row, nil if there is none.
    package func row(_ statement: Statement) throws -> Row? { try rows(statement).first }

    /// At the end of a SELECT: others that would change or lock these rows wait until the transaction ends.
    package var forUpdate: Statement { engine == .postgres ? "FOR NO KEY UPDATE" : "" }

    /// At the end of a SELECT: rows that others are just changing are left out, and these are kept from others.
    package var skipLocked: Statement { engine == .postgres ? "FOR NO KEY UPDATE SKIP LOCKED" : "" }
}

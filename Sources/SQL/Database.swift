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
    func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Runs `work` while other programs that ask for the same wait, as for a change of the schema or a backup.
    ///
    /// Does not keep anybody from reading or writing. Throws `SQLError.busy` when another program is not done after
    /// `limit`.
    func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T

    /// Throws what keeps this process from using the database at the moment.
    ///
    /// Reads, and when the last transaction failed writes too: a disk may be full while everything can still be read.
    func probe() async throws

    /// What a database needs now and then so that it stays small and fast; does not disturb others.
    func maintain() async throws

    /// Waits for running work and closes every connection. Work asked for later throws `SQLError.closed`.
    func close() async
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
}

extension Connection {
    /// The first row, nil if there is none.
    package func row(_ statement: Statement) throws -> Row? { try rows(statement).first }
}

import Dispatch

/// A connection of one's own, beside the pool: for what outlasts a closure or can't be part of a transaction, such as
/// making a database.
///
/// Statements may take a day. Nothing is tried again: who uses it begins anew.
package final class PostgresOwnConnection: Sendable {
    package let address: PostgresAddress
    private let slot = PostgresSlot()

    private static let longest: Duration = .seconds(86_400)

    /// Connects; throws `SQLError.open` when it is not let in, `.unreachable` when there is no server.
    package init(_ address: PostgresAddress) async throws {
        self.address = address
        try await slot.perform { link -> Result<Void, SQLError> in
            var settings = PostgresSettings()
            settings.longestStatement = Self.longest
            do throws(PostgresFailure) {
                link = try PostgresLink(address, settings: settings, patience: settings.patience)
                return .success(())
            } catch {
                return .failure(PostgresDatabase.explain(error, address))
            }
        }.get()
    }

    /// The number before the first point of the server's version: 15.
    package var serverMajor: Int {
        get async { await slot.perform { ($0?.serverVersion ?? 0) / 10_000 } }
    }

    /// Runs the statements in one round trip, outside of a transaction unless one of them began it.
    package func run(_ texts: String...) async throws {
        _ = try await perform { connection in try connection.run(all: texts.map { Statement(stringLiteral: $0) }) }
    }

    /// Lends the connection; whatever transaction is under way stays so.
    package func perform<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await slot.perform { [address] link in
            guard let link, link.isUsable else { return Result<T, any Error>.failure(SQLError.closed) }
            return Result { try work(Direct(link: link, address: address)) }
        }.get()
    }

    package func close() async {
        await slot.perform { link in
            link?.close()
            link = nil
        }
    }

    /// Statements as they come, without a transaction around them.
    private struct Direct: Connection {
        let link: PostgresLink
        let address: PostgresAddress

        var engine: Engine { .postgres }

        func rows(_ statement: Statement) throws -> [Row] { try answers([statement])[0].rows }

        func run(_ statement: Statement) throws -> Int { try answers([statement])[0].changed }

        func rows(all statements: [Statement]) throws -> [[Row]] { try answers(statements).map(\.rows) }

        func run(all statements: [Statement]) throws -> [Int] { try answers(statements).map(\.changed) }

        func runLater(_ statement: Statement) throws { _ = try run(statement) }

        func announce(_ subject: String) throws {
            let channel = PostgresConnection.channel(subject, schema: "")
            _ = try rows("SELECT pg_notify(current_schema() || \(channel), '')")
        }

        func takeTime() throws {}

        func lock(_ subject: String) throws {
            _ = try run("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || \(subject), 0))")
        }

        private func answers(_ statements: [Statement]) throws(SQLError) -> [PostgresAnswer] {
            do throws(PostgresFailure) {
                let commands = statements.map { PostgresCommand($0) }
                return try link.run(commands, until: .now + PostgresOwnConnection.longest)
            } catch {
                throw PostgresDatabase.explain(error, address)
            }
        }
    }
}

import SQL
import Synchronization

/// A file that `pg_dump` made, with a program that can read it.
struct DumpFile: Sendable {
    let path: String
    let reader: PostgresProgram
    /// The schemas that are made when it is restored.
    let schemas: [String]
    /// The tables that have rows in it, or may have: `public.account`.
    let tables: [String]

    /// Reads the file's table of contents; throws `SQLError.damaged` when it has none.
    init(_ path: String, reader: PostgresProgram) async throws {
        self.path = path
        self.reader = reader
        let ended: String
        do {
            ended = try await reader.output(["--list", path])
        } catch let problem as PostgresProgram.Problem {
            throw Self.explain(problem, path, reader)
        }
        // 215; 1259 16385 TABLE DATA public account prices
        let entries = ended.split(separator: "\n").filter { !$0.hasPrefix(";") }
            .map { $0.split(separator: " ").dropFirst(3).map(String.init) }
        schemas = entries.filter { $0.count > 2 && $0[0] == "SCHEMA" }.map { $0[2] }
        tables = entries.filter { $0.count > 3 && $0[0] == "TABLE" && $0[1] == "DATA" }.map { "\($0[2]).\($0[3])" }
    }

    /// Restores it into an empty database; stops at the first error.
    func restore(
        into address: PostgresAddress,
        weights: [String: Int]? = nil,
        progress: @escaping @Sendable (Double) -> Void
    ) async throws {
        let weights = weights ?? Dictionary(tables.map { ($0, 1) }) { one, _ in one }
        let state = Mutex(DumpProgress(weights: weights))
        do {
            try await reader.run(
                [
                    "--exit-on-error", "--no-owner", "--no-privileges", "--verbose", "--dbname", address.database, path,
                ],
                at: address
            ) { line in
                if let part = state.withLock({ $0.part(after: line) }) { progress(part) }
            }
        } catch let problem as PostgresProgram.Problem {
            throw Self.explain(problem, path, reader)
        }
    }

    /// Reads all of it and gives it to nobody.
    func readWhole() async throws {
        do {
            try await reader.run(["--file", "/dev/null", path])
        } catch let problem as PostgresProgram.Problem {
            throw Self.explain(problem, path, reader)
        }
    }

    private static func explain(
        _ problem: PostgresProgram.Problem,
        _ path: String,
        _ reader: PostgresProgram
    ) -> any Error {
        if problem.isOfVersion {
            return Failure(
                .failed,
                "“\(path)” was made by a newer pg_dump than \(reader) can read: \(problem.words). Install the client "
                    + "programs of the PostgreSQL version that made it (on Debian: postgresql-client-…)."
            )
        }
        if problem.isOfRoom {
            return SQLError.full("The server's disk has no room to restore “\(path)”: \(problem.words).")
        }
        if problem.isOfFile { return SQLError.damaged("“\(path)” is damaged or no dump: \(problem.words).") }
        return Failure(.failed, "“\(path)” could not be restored: \(problem.words).")
    }
}

package import Model
package import SQL
import Store

/// Writes everything that is worth keeping into a file that any database of this program can be filled from.
package struct Export: Sendable {
    private let database: any Database
    private let program: String
    private let secrets: ChannelSecrets
    private let now: @Sendable () -> Timestamp

    package init(
        database: any Database,
        program: String,
        secrets: ChannelSecrets,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.database = database
        self.program = program
        self.secrets = secrets
        self.now = now
    }

    /// Writes what the database holds at this moment, while others go on writing; says what it was.
    ///
    /// Throws `MovingError` when there is a file of that name and it is not to be replaced, or it can't be written.
    package func run(
        to path: String,
        replacing: Bool = false,
        withSecrets: Bool = false,
        progress: @escaping @Sendable (MovingProgress) -> Void = { _ in }
    ) async throws -> ExportHead {
        let source = RowSource(withSecrets: withSecrets, secrets: secrets)
        let made = now().iso8601
        let file = SendableFile(try ExportFile(path, replacing: replacing))
        do {
            return try await database.read { [program] connection in
                guard try connection.importPosition() == nil else { throw Import.unfinished }
                // The engine may ask for the same once more.
                try file.file.restart()
                let head = ExportHead(
                    program: program,
                    made: made,
                    secrets: withSecrets,
                    history: try connection.historySpan().map { span in
                        ExportHead.Span(first: span.lowerBound.milliseconds, last: span.upperBound.milliseconds)
                    },
                    tables: try source.parts.map { part in
                        ExportHead.Table(
                            name: part.table.name,
                            columns: part.columns.map(\.name),
                            rows: try connection.count(part.table)
                        )
                    }
                )
                try file.file.write(head.line())
                var done = 0
                let rows = try source.read(connection) { lines, rows in
                    try file.file.write(lines)
                    done += rows
                    progress(MovingProgress(.exporting, Double(done) / Double(max(head.rows, 1))))
                }
                guard rows == head.rows else {
                    throw MovingError.different("The database gave \(rows) rows after it had counted \(head.rows).")
                }
                try file.file.finish(rows: rows)
                return head
            }
        } catch {
            file.file.abandon()
            throw error
        }
    }

    /// The file is used by one closure of the database at a time, and by nobody else until that has ended.
    private struct SendableFile: @unchecked Sendable {
        let file: ExportFile

        init(_ file: ExportFile) { self.file = file }
    }
}

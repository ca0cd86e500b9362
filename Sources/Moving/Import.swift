import Crypto
import Model
package import SQL
import Store

/// Fills an empty database from an export.
///
/// One that was cut short goes on where it was when it is run again with the same file.
package struct Import: Sendable {
    private let database: any Database
    private let rowsPerCommit: Int

    /// `rowsPerCommit` is large enough that a commit costs little beside its rows, and that neighbours in an index are
    /// written together.
    package init(database: any Database, rowsPerCommit: Int = 20_000) {
        self.database = database
        self.rowsPerCommit = rowsPerCommit
    }

    /// An import was begun in a database and not ended.
    package static let unfinished = MovingError.occupied(
        "An import into this database was cut short, and it holds only a part. Run the same “host import” again, which "
            + "goes on where it was; or begin anew with an empty database."
    )

    /// Looks at the whole file and at the database, and changes nothing; says what would come over.
    package func rehearse(
        _ path: String,
        progress: @escaping @Sendable (MovingProgress) -> Void = { _ in }
    ) async throws -> ExportHead {
        let check = try ExportCheck(path, progress: progress)
        _ = try source(check, path)
        _ = try await database.read { connection in
            try Self.position(connection, check)
        }
        return check.head
    }

    /// Says what came over.
    ///
    /// Throws `MovingError` when the file is not whole or of a newer version, when the database is not empty, and when
    /// what it holds afterwards is not what the file holds.
    package func run(
        _ path: String,
        progress: @escaping @Sendable (MovingProgress) -> Void = { _ in }
    ) async throws -> ExportHead {
        let check = try ExportCheck(path, progress: progress)
        let source = try source(check, path)
        var position = try await begin(check)
        let reader = try LineReader(path, at: position.nextByte)
        while let batch = try LineBatch(reader, until: check.rows.upperBound, source.parts, most: rowsPerCommit) {
            position = try await insert(batch, from: position)
            let done = position.nextByte - check.rows.lowerBound
            progress(MovingProgress(.importing, Double(done) / Double(max(check.rows.count, 1))))
        }
        try await database.transaction { try $0.restoreIndexes() }
        try await compare(check, source, progress: progress)
        try await database.transaction { try $0.deleteImportPosition() }
        return check.head
    }

    private func source(_ check: ExportCheck, _ path: String) throws(MovingError) -> RowSource {
        guard let source = RowSource(check.head.tables) else {
            throw .newer(
                "“\(path)” holds tables or columns that this version does not know. Import it with a later one."
            )
        }
        return source
    }

    /// Where to go on; the file's first row in an empty database.
    private static func position(_ connection: any Connection, _ check: ExportCheck) throws -> ImportPosition {
        if let position = try connection.importPosition() {
            guard position.digest == check.digest else {
                throw MovingError.occupied(
                    "An import of another file into this database was cut short. Run it again with that file; or begin "
                        + "anew with an empty database."
                )
            }
            return position
        }
        for table in StoreSchema.moved where try !connection.isEmpty(table) {
            throw MovingError.occupied(
                "The database is not empty: there are rows in “\(table.name)”. Import into a new one: name another "
                    + "database.url or data.folder, or move the present database away."
            )
        }
        return ImportPosition(digest: check.digest, nextByte: check.rows.lowerBound)
    }

    private func begin(_ check: ExportCheck) async throws -> ImportPosition {
        try await database.transaction { connection in
            try connection.expectManyRows()
            let position = try Self.position(connection, check)
            guard try connection.importPosition() == nil else { return position }
            if let span = check.head.history, let made = Timestamp(iso8601: check.head.made, in: .utc) {
                let (first, last) = (Timestamp(milliseconds: span.first), Timestamp(milliseconds: span.last))
                try connection.prepareHistory(ofMoved: first...max(first, last), now: made)
            }
            try connection.begin(position)
            return position
        }
    }

    /// Stores the rows together with where to go on, so that neither is there without the other.
    private func insert(_ batch: LineBatch, from position: ImportPosition) async throws -> ImportPosition {
        // Whoever else imports waits at the position's row, and then finds it somewhere else.
        try await database.transaction(.locking) { connection in
            guard try connection.move(position, to: batch.end) else {
                throw MovingError.occupied("Another program imports into this database at the same time.")
            }
            let stored = try connection.insert(batch.json, into: batch.part.table, batch.part.columns)
            guard stored == batch.rows else {
                throw MovingError.different(
                    "Of \(batch.rows) rows of “\(batch.part.table.name)” \(stored) were stored."
                )
            }
            return ImportPosition(digest: position.digest, nextByte: batch.end)
        }
    }

    /// What is in the database now, written down as an export would, must be the file's rows byte by byte.
    private func compare(
        _ check: ExportCheck,
        _ source: RowSource,
        progress: @escaping @Sendable (MovingProgress) -> Void
    ) async throws {
        try await database.read { connection in
            for (part, table) in zip(source.parts, check.head.tables) {
                let count = try connection.count(part.table)
                guard count == table.rows else {
                    throw MovingError.different(
                        "There are \(count) rows in “\(table.name)” now, and \(table.rows) in the file. \(Self.advice)"
                    )
                }
            }
            var digest = SHA256()
            digest.update(data: check.headLine)
            var done = 0
            _ = try source.read(connection) { lines, rows in
                digest.update(data: lines)
                done += rows
                progress(MovingProgress(.comparing, Double(done) / Double(max(check.head.rows, 1))))
            }
            guard digest.finalize().hexadecimal == check.digest else {
                throw MovingError.different("The rows in the database are not those of the file. \(Self.advice)")
            }
        }
    }

    private static let advice =
        "Did another program use the database meanwhile? Begin anew with an empty one, and import before you start it."
}

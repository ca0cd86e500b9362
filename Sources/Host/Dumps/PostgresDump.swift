import SQL
import Synchronization

/// Backups of a PostgreSQL database, made by `pg_dump` and tried out in a database of their own.
struct PostgresDump: DatabaseBackups {
    private let address: PostgresAddress
    private let programs: PostgresPrograms

    init(of address: PostgresAddress, programs: PostgresPrograms = PostgresPrograms()) {
        self.address = address
        self.programs = programs
    }

    /// Servers have backups of their own, and a dump of a large database would keep the start waiting for hours.
    var areMadeBeforeMigrations: Bool { false }

    func backUp(
        to path: String,
        replacing: Bool,
        progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> BackupReport {
        let target = try BackupTarget(path, replacing: replacing)
        let source = try await PostgresOwnConnection(address)
        do {
            let contents = try await dump(from: source, to: target, progress)
            await source.close()
            let caveat = try await examine(target, contents, progress)
            let bytes = try target.finish()
            return BackupReport(
                path: path,
                bytes: bytes,
                schema: contents.state,
                tables: contents.tables,
                caveat: caveat
            )
        } catch {
            await source.close()
            target.discard()
            throw error
        }
    }

    /// Writes what `source` sees at this moment; says what that is.
    ///
    /// The transaction stays open until the connection is closed, so that the server keeps the moment for `pg_dump`.
    private func dump(
        from source: PostgresOwnConnection,
        to target: BackupTarget,
        _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> PostgresContents {
        let program = try await programs.program("pg_dump", forServer: await source.serverMajor)
        progress(BackupProgress(phase: .copying, part: nil))
        try await source.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        let (snapshot, contents) = try await source.perform { connection in
            let snapshot = try connection.row("SELECT pg_export_snapshot() AS id")?.text("id") ?? ""
            return (snapshot, try PostgresContents(connection))
        }
        try target.checkRoom(for: Self.leastBytes(contents), of: address.name)
        try target.create()
        let state = Mutex(DumpProgress(weights: contents.weights))
        do {
            try await program.run(
                [
                    "--format=custom", "--no-owner", "--no-privileges", "--verbose", "--lock-wait-timeout=60000",
                    "--snapshot=\(snapshot)", "--schema=\(contents.schemaName.asIdentifier)",
                    "--file=\(target.unfinished)",
                ],
                at: address
            ) { line in
                guard let part = state.withLock({ $0.part(after: line) }) else { return }
                progress(BackupProgress(phase: .copying, part: part))
            }
        } catch let problem as PostgresProgram.Problem {
            if problem.isOfRoom || target.isDiskFull {
                throw SQLError.full(
                    "There is no room left for the backup “\(target.path)”: \(problem.words). Make room, or name a file "
                        + "on another disk."
                )
            }
            throw Failure(.failed, "The database “\(address.name)” could not be copied: \(problem.words).")
        }
        return contents
    }

    /// No table was ever compressed to less than a twentieth; how much it will be is not known before.
    private static func leastBytes(_ contents: PostgresContents) -> Int {
        contents.sizes.values.reduce(0, +) / 20
    }

    /// Restores the file into a database of its own and counts again; says what of that was not possible.
    private func examine(
        _ target: BackupTarget,
        _ contents: PostgresContents,
        _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> String? {
        progress(BackupProgress(phase: .checking, part: nil))
        do {
            let server = try await PostgresOwnConnection(address.with(database: ScratchDatabase.meetingPlace))
            do {
                let file = try await file(target, forServer: await server.serverMajor)
                let restored = try await restore(file, on: server, as: contents, progress)
                await server.close()
                try compare(restored, contents, target)
                return nil
            } catch {
                await server.close()
                throw error
            }
        } catch let refused as ScratchDatabase.Refused {
            return try await readWhole(target, since: refused.why)
        } catch SQLError.full(let why) {
            return try await readWhole(target, since: why)
        } catch SQLError.open(let why) {
            return try await readWhole(target, since: why)
        }
    }

    private func file(_ target: BackupTarget, forServer major: Int) async throws -> DumpFile {
        try await DumpFile(
            target.unfinished,
            reader: try await programs.program("pg_restore", forServer: major)
        )
    }

    private func restore(
        _ file: DumpFile,
        on server: PostgresOwnConnection,
        as contents: PostgresContents,
        _ progress: @escaping @Sendable (BackupProgress) -> Void
    ) async throws -> PostgresContents {
        let scratch = try await ScratchDatabase.make(for: address, on: server)
        do {
            let restored = try await scratch.fill(
                from: file,
                schemaName: contents.schemaName,
                weights: contents.weights
            ) { progress(BackupProgress(phase: .checking, part: $0)) }
            try await scratch.remove()
            return restored
        } catch {
            // Where that fails too, the next backup removes it; the first error says what matters.
            try? await scratch.remove()
            throw error
        }
    }

    private func compare(
        _ restored: PostgresContents,
        _ contents: PostgresContents,
        _ target: BackupTarget
    ) throws(SQLError) {
        guard restored.tables == contents.tables, restored.state == contents.state else {
            throw .damaged(
                "The copy “\(target.path)” of the database “\(address.name)” does not hold the rows that the database "
                    + "has. Try again; if it happens again, the disk or the memory of a machine fails."
            )
        }
    }

    private func readWhole(_ target: BackupTarget, since why: String) async throws -> String {
        let source = try await PostgresOwnConnection(address)
        let major = await source.serverMajor
        await source.close()
        try await file(target, forServer: major).readWhole()
        return "It was read from beginning to end, but not restored for a trial. \(why)"
    }
}

extension PostgresContents {
    /// What the tables weigh when their rows are copied, by the names that PostgreSQL's programs call them.
    var weights: [String: Int] {
        Dictionary(uniqueKeysWithValues: sizes.map { ("\(schemaName).\($0.key)", $0.value) })
    }
}

import FoundationEssentials
import Logging
import Queue
import SQL
import Store

/// The database of an installation, and its schema.
struct Storage: Sendable {
    let database: any Database
    /// The same one for pages, whose readers would rather hear soon that it is away.
    let forPeople: any Database
    private let backups: any DatabaseBackups
    private let settings: DataSettings

    /// What a migration did.
    struct Changes: Sendable {
        /// `store: M0002 sites`.
        var names: [String] = []
        /// nil when nothing was changed, the database was new, or the settings want none.
        var backup: BackupReport?
    }

    static let rooms = [
        (room: StoreSchema.room, migrations: StoreSchema.migrations),
        (room: QueueSchema.room, migrations: QueueSchema.migrations),
    ]
    static let migrator = Migrator(rooms, program: Version.text)

    /// Opens a file; with `creates` makes it and its folder where they are missing.
    ///
    /// A server is connected to when the first work is asked for; one of its statements may take `longestStatement`, or
    /// what is usual.
    init(
        _ settings: DataSettings,
        logger: Logger,
        creates: Bool = true,
        longestStatement: Duration? = nil
    ) throws {
        self.settings = settings
        switch settings.place {
        case .sqlite(let path):
            do {
                let file = try SQLiteDatabase(path: path, logger: logger, creates: creates)
                (database, forPeople, backups) = (file, file, file)
            } catch {
                throw WayBack(settings).explained(error)
            }
        case .postgres(let address, var limits):
            if let longestStatement { limits.longestStatement = longestStatement }
            let server = PostgresDatabase(address, settings: limits, logger: logger)
            (database, forPeople) = (server, server.impatient(Self.patienceOfPeople))
            backups = PostgresDump(of: address)
        }
    }

    /// Brings the schema up to date, after a backup; says what was done.
    func migrate() async throws -> Changes {
        let made = Made()
        do {
            let names = try await Self.migrator.migrate(database) { state, _ in
                guard state.number > 0, settings.backup.isBeforeMigration, backups.areMadeBeforeMigrations else {
                    return
                }
                await made.set(try await backUp(before: state))
            }
            return Changes(names: names, backup: await made.report)
        } catch {
            throw WayBack(settings).explained(error)
        }
    }

    /// For commands beside a running program: prepares a new database, but leaves the schema of one in use alone.
    func prepare() async throws {
        let pending: [String]
        do {
            pending = try await Self.migrator.pending(database)
        } catch {
            throw WayBack(settings).explained(error)
        }
        guard !pending.isEmpty else { return }
        guard try await database.read({ try SchemaState($0).number }) == 0 else {
            throw Failure(
                .failed,
                "The database's schema is older than this program: “host migrate” or the next “host run” changes it."
            )
        }
        _ = try await migrate()
    }

    /// Copies the database into a file and examines the copy.
    func backUp(
        to path: String,
        replacing: Bool,
        progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
    ) async throws -> BackupReport {
        try await backups.backUp(to: path, replacing: replacing, progress: progress)
    }

    private func backUp(before state: SchemaState) async throws -> BackupReport {
        let shelf = BackupShelf(of: settings.backupBase)
        let report: BackupReport
        let now = Date()
        do {
            report = try await backUp(to: shelf.path(schema: state.number, at: now), replacing: true)
        } catch SQLError.full(let why) {
            throw Failure(
                .failed,
                "The schema must be changed, and there is no room for the backup that is made before. \(why) "
                    + "Or go on without one: --set backup.beforeMigration=never."
            )
        }
        _ = try shelf.prune(keeping: Self.keptBeforeMigrations, asOf: now)
        return report
    }

    static let patienceOfPeople: Duration = .seconds(2)
    private static let keptBeforeMigrations = 3

    /// What `before` found, for who called `migrate`.
    private actor Made {
        private(set) var report: BackupReport?

        func set(_ report: BackupReport) { self.report = report }
    }
}

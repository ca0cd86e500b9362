import FoundationEssentials
import Logging
import SQL

/// A backup a day, in a folder of its own.
struct DailyBackup: Sendable {
    private let storage: Storage
    private let shelf: BackupShelf
    private let keep: Int
    private let logger: Logger

    private static let day = 86_400.0

    /// nil when the settings name no folder.
    init?(_ settings: DataSettings, storage: Storage, logger: Logger) {
        guard let folder = settings.backup.folder else { return nil }
        self.storage = storage
        shelf = BackupShelf(of: settings.backupBase, folder: folder)
        keep = settings.backup.keep
        self.logger = logger
    }

    /// Makes one when the newest is a day old, and removes the oldest; true when it made one.
    ///
    /// What was missed while the program did not run is made up for at its start. Two schedulers make one, and one that
    /// `fence` does not let through makes none.
    @discardableResult
    func makeIfDue(at time: Date, by fence: Fence? = nil) async throws -> Bool {
        guard isDue(time) else { return false }
        return try await storage.database.alone(upTo: .seconds(1)) {
            try await fence?.ask()
            guard isDue(time) else { return false }
            try FileManager.default.createDirectory(
                atPath: shelf.folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let schema = try await storage.database.read { try SchemaState($0).number }
            let report = try await storage.backUp(to: shelf.path(schema: schema, at: time), replacing: true)
            var facts: Logger.Metadata = [
                "backup.path": "\(report.path)", "backup.bytes": "\(report.bytes)", "backup.rows": "\(report.rows)",
            ]
            if let caveat = report.caveat { facts["backup.caveat"] = "\(caveat)" }
            logger.info("Made the daily backup.", metadata: facts)
            // Whoever leads by now may be making one, and what is not finished looks like the rest of one that was cut short.
            try await fence?.ask()
            let removed = try shelf.prune(keeping: keep, asOf: time)
            if !removed.isEmpty {
                logger.info("Removed old daily backups.", metadata: ["backup.removed": "\(removed.count)"])
            }
            return true
        }
    }

    /// A clock that was set back by less than a day makes none, one that was wrong by years does not stop them.
    private func isDue(_ time: Date) -> Bool {
        guard let newest = shelf.newest(asOf: time) else { return true }
        return abs(time.timeIntervalSince(newest)) >= Self.day
    }
}

import SQL

/// What a person can do about a database that this program can't use.
struct WayBack {
    private let settings: DataSettings

    init(_ settings: DataSettings) {
        self.settings = settings
    }

    /// Adds the newest backups and the command that restores one, where that helps.
    func explained(_ error: any Error) -> any Error {
        switch error as? SQLError {
        case .damaged(let why), .schema(let why): Failure(.failed, "\(why)\n\(advice)")
        default: error
        }
    }

    /// The schema's migrations keep theirs beside the database, the daily ones have a folder of their own.
    private var backups: [String] {
        let shelves =
            [BackupShelf(of: settings.backupBase)]
            + (settings.backup.folder.map { [BackupShelf(of: settings.backupBase, folder: $0)] } ?? [])
        return shelves.flatMap { $0.paths.prefix(3) }
    }

    private var advice: String {
        guard let newest = backups.first else {
            return "No backup was found in “\(BackupShelf(of: settings.backupBase).folder)”. "
                + "If you have one elsewhere, put it back with: host restore FILE"
        }
        return "These backups were found, newest first; the file's name says its schema and when it was made (UTC):\n"
            + backups.map { "  \($0)\n" }.joined()
            + "Put one back with: host restore '\(newest)'\n"
            + "The present database is kept under another name."
    }
}

import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file that holds a database, before SQLite sees it.
///
/// A file that a database may be using is never opened and closed here: that would end SQLite's locks on it.
enum SQLiteFile {
    /// Makes the folder where it is missing, usable by its owner only, and asks whether both can be written.
    static func prepare(_ path: String) throws(SQLError) {
        guard !path.isEmpty else { throw .open("The path of the database is empty: set database.url.") }
        let folder = folder(of: path)
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .open(
                "The folder “\(folder)” of the database can't be created: \(reason(error)). "
                    + "Create it, or set data.folder to one that this user may write to."
            )
        }
        // SQLite keeps its log beside the file.
        guard mayBeUsed(folder, W_OK | X_OK) else {
            throw .open(
                "The folder “\(folder)” of the database can't be written: \(systemReason()). "
                    + "Give this user the right to write it, or set data.folder to another."
            )
        }
    }

    /// Whether there is one; throws when it is nothing that SQLite could use.
    static func exists(_ path: String) throws(SQLError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .open(openFailure(path, why: systemReason())) }
            // SQLite would put what the log holds into the new file.
            guard size(path + "-wal") == 0 else {
                throw .damaged(
                    "The database “\(path)” is missing, but its log “\(path)-wal” is there. Put the file back beside it, "
                        + "or move the log away if the database was removed on purpose."
                )
            }
            // Only where the disk knows no second names, and the process died between two renamings.
            guard !isThere(restoring(path)) else {
                throw .damaged(
                    "The database “\(path)” is missing since “host restore” was cut short. Run it again; the former "
                        + "database lies beside it as “\(path).replaced-…”."
                )
            }
            return false
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .open(openFailure(path, why: "it is not a file")) }
        guard mayBeUsed(path, R_OK | W_OK) else { throw .open(openFailure(path, why: systemReason())) }
        guard status.st_size > 0 else {
            throw .damaged(
                "The database “\(path)” is damaged: the file is empty, so it was cut off or made by something else. "
                    + "If there never was anything in it, remove it."
            )
        }
        return true
    }

    /// What a copy is called until it takes the database's place.
    static func restoring(_ path: String) -> String { path + ".restoring" }

    static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// In bytes; 0 when there is none.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Whether both names lead to one file.
    static func isSame(_ path: String, _ other: String) -> Bool {
        guard let identity = identity(of: path) else { return false }
        return identity == Self.identity(of: other)
    }

    /// What a file keeps under every name; no other file of the machine has it meanwhile.
    struct Identity: Hashable, Sendable {
        fileprivate let device: dev_t
        fileprivate let number: ino_t
    }

    /// nil when there is none.
    static func identity(of path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(device: status.st_dev, number: status.st_ino)
    }

    /// What this user may still write to the disk of the folder, in bytes; nil when the system does not say.
    static func room(in folder: String) -> Int? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return nil }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes an empty file for its owner only.
    ///
    /// Throws when there is one.
    static func create(_ path: String) throws(SQLError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .open("The file “\(path)” can't be made: \(systemReason()).") }
        close(file)
    }

    /// Waits until file or folder is on the disk; not for a database that is in use.
    static func flush(_ path: String) throws(SQLError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .open("“\(path)” can't be opened: \(systemReason()).") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw .open("“\(path)” can't be written to the disk: \(systemReason()).") }
    }

    /// Gives a file another name, in place of what had it.
    static func move(_ path: String, to other: String) throws(SQLError) {
        guard rename(path, other) == 0 else {
            throw .open("“\(path)” can't be renamed to “\(other)”: \(systemReason()).")
        }
    }

    /// Gives a file a second name that nothing has; where the disk knows no second names, its only one.
    static func keep(_ path: String, as other: String) throws(SQLError) {
        if link(path, other) == 0 { return }
        guard errno != EEXIST else { throw .open("There is a file “\(other)” already.") }
        try move(path, to: other)
    }

    /// Nothing happens when there is none.
    static func remove(_ path: String) throws(SQLError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .open("“\(path)” can't be removed: \(systemReason()).")
        }
    }

    static func openFailure(_ path: String, why: String) -> String {
        "The database “\(path)” can't be opened: \(why). "
            + "Check that this user may read and write the file and its folder, and that it is a SQLite database."
    }

    /// Asks for the user in whose name the process acts.
    private static func mayBeUsed(_ path: String, _ rights: Int32) -> Bool {
        faccessat(AT_FDCWD, path, rights, AT_EACCESS) == 0
    }

    private static func systemReason() -> String { String(cString: strerror(errno)) }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? CocoaError, let cause = error.underlying as? POSIXError else {
            return "it may be a file, or on a disk that can't be written"
        }
        return String(cString: strerror(cause.code.rawValue))
    }
}

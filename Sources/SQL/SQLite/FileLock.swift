#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A lock that programs hold on a database file, beside SQLite's own; the system ends it when the process dies.
///
/// It lies on an empty file of its own, `prices.sqlite.lock`, which stays: SQLite's locks are lost when anybody else in
/// the process closes the database file.
final class FileLock: Sendable {
    enum Part: Int {
        /// Held in common by all that have the database open, alone by who replaces the file.
        case use = 0
        /// Held alone by who changes the schema or makes a backup.
        case change = 1
    }

    enum Kind {
        case shared, alone
    }

    /// `F_OFD_SETLK`, which Swift does not import.
    private static let setLock: Int32 = {
        #if canImport(Darwin)
            90
        #else
            37
        #endif
    }()

    private let file: Int32

    /// Waits for at most `limit`, blocking the thread; nil when others still hold the lock then.
    init?(_ part: Part, _ kind: Kind, of database: String, upTo limit: Duration) throws(SQLError) {
        let path = database + ".lock"
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .open(SQLiteFile.openFailure(path, why: String(cString: strerror(errno)))) }
        let end = ContinuousClock.now + limit
        while true {
            var wanted = flock()
            wanted.l_type = Int16(kind == .alone ? F_WRLCK : F_RDLCK)
            wanted.l_whence = Int16(SEEK_SET)
            wanted.l_start = off_t(part.rawValue)
            wanted.l_len = 1
            // Belongs to the open file and not to the process, so that two in one process exclude each other too.
            if fcntl(file, Self.setLock, &wanted) == 0 { return }
            let problem = errno
            if problem == EINTR { continue }
            // A file system without such locks has none of SQLite's either; SQLite will say so.
            guard problem == EAGAIN || problem == EACCES else { return }
            guard ContinuousClock.now < end else { return nil }
            usleep(10_000)
        }
    }

    deinit { close(file) }
}

import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file that holds a database, before SQLite sees it.
enum SQLiteFile {
    /// Creates the file and its folder where they are missing; both can be used by their owner only.
    ///
    /// SQLite gives its log files the same rights. A file that exists is left as it is.
    static func create(_ path: String) throws(SQLError) {
        guard !path.isEmpty else { throw .open("The path of the database is empty: set database.url.") }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            let folder = String(path[..<slash])
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
        }
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .open(openFailure(path, why: String(cString: strerror(errno)))) }
        close(file)
    }

    static func openFailure(_ path: String, why: String) -> String {
        "The database “\(path)” can't be opened: \(why). "
            + "Check that this user may read and write the file and its folder, and that it is a SQLite database."
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? CocoaError, let cause = error.underlying as? POSIXError else {
            return "it may be a file, or on a disk that can't be written"
        }
        return String(cString: strerror(cause.code.rawValue))
    }
}

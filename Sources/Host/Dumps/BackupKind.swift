#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What kind of backup a file is, by its first bytes.
enum BackupKind: Sendable {
    case sqlite
    /// As `pg_dump --format=custom` writes it.
    case postgres
    /// As `pg_dump` writes it when it is asked for no format.
    case statements
    case other

    /// Throws when there is no file, or it can't be read.
    init(of path: String) throws(Failure) {
        guard let file = fopen(path, "rb") else {
            throw Failure(
                .failed,
                errno == ENOENT
                    ? "There is no file “\(path)”."
                    : "The file “\(path)” can't be read: \(String(cString: strerror(errno)))."
            )
        }
        defer { fclose(file) }
        var head = [UInt8](repeating: 0, count: 64)
        // A folder can be opened and gives no bytes.
        head.removeLast(head.count - fread(&head, 1, head.count, file))
        let start = String(decoding: head, as: UTF8.self)
        self =
            if start.hasPrefix("SQLite format 3\0") {
                .sqlite
            } else if start.hasPrefix("PGDMP") {
                .postgres
            } else if start.contains("-- PostgreSQL database dump") {
                .statements
            } else {
                .other
            }
    }
}

import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A small file that only its owner can read.
enum OwnFile {
    /// Writes all of it or nothing, and returns once it is on the disk.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let new = "\(path).new"
        let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        // A file that was left by a run that was killed may have other rights.
        let isWritten =
            fchmod(file, 0o600) == 0 && bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count
            && fsync(file) == 0 && rename(new, path) == 0
        guard isWritten, syncFolder(of: path) else { throw failure(path) }
    }

    /// Else the new name may be lost with the power.
    private static func syncFolder(of path: String) -> Bool {
        let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    private static func failure(_ path: String) -> DeployError {
        DeployError("The file “\(path)” can't be written: \(String(cString: strerror(errno))).")
    }
}

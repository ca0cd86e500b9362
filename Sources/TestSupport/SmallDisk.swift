import FoundationEssentials
import Glibc

/// A file system in memory of few megabytes, which a test fills and frees, and which goes with the object; only root can
/// mount one.
package final class SmallDisk: Sendable {
    package let path: String
    private var ballast: String { "\(path)/ballast" }

    package init(at path: String, megabytes: Int = 8) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=700") == 0 else {
            throw ChildProcess.Failure(description: "No disk was mounted at \(path): \(Self.reason()).")
        }
    }

    // Called and not awaited, so that it happens where a test was cancelled too.
    deinit { umount2(path, Int32(MNT_DETACH)) }

    /// Leaves no byte.
    package func fill() throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw ChildProcess.Failure(description: "\(ballast) cannot be made: \(Self.reason()).") }
        defer { close(file) }
        let block = [UInt8](repeating: 0, count: 4096)
        while write(file, block, block.count) > 0 {}
        guard errno == ENOSPC else {
            throw ChildProcess.Failure(description: "Filling \(path) ended with: \(Self.reason()).")
        }
    }

    package func free() { unlink(ballast) }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

import FoundationEssentials
import Glibc

/// A file system in memory of few megabytes, which a test fills and frees, and which goes with the object; only root can
/// mount one.
final class SmallDisk: Sendable {
    let path: String
    private var ballast: String { "\(path)/ballast" }

    init(at path: String) async throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        _ = try await Command.output("mount", ["-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", path])
    }

    // Called and not awaited, so that it happens where a test was cancelled too.
    deinit { umount2(path, Int32(MNT_DETACH)) }

    /// Leaves no byte.
    func fill() throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw Problem("\(ballast) cannot be made: \(String(cString: strerror(errno))).") }
        defer { close(file) }
        let block = [UInt8](repeating: 0, count: 4096)
        while write(file, block, block.count) > 0 {}
        guard errno == ENOSPC else { throw Problem("Filling \(path) ended with: \(String(cString: strerror(errno))).") }
    }

    func free() { unlink(ballast) }
}

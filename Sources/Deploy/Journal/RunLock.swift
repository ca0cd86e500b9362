import FoundationEssentials
package import Model

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Keeps two runs from changing one environment at once; the system ends it when the process dies.
package final class RunLock {
    private let file: Int32

    /// Takes the lock at `path` for `holder`, such as `apply by anna@laptop, process 4711`.
    ///
    /// Throws `DeployError` that names whoever has it.
    package init(_ path: String, holder: String, now: Timestamp) throws {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw DeployError("The lock “\(path)” can't be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            let other = (try? String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)) ?? ""
            let name = other.split(separator: "\n").first.map(String.init) ?? "somebody"
            throw DeployError(
                "Another run is changing this environment: \(name). Wait until it has ended; if its process is gone, so is "
                    + "its lock."
            )
        }
        file = opened
        let text = Array("\(holder), since \(now.iso8601)\n".utf8)
        guard ftruncate(file, 0) == 0, text.withUnsafeBytes({ pwrite(file, $0.baseAddress, $0.count, 0) }) == text.count
        else { throw DeployError("The lock “\(path)” can't be written: \(String(cString: strerror(errno))).") }
    }

    /// Who has the lock at `path`; nil where nobody has.
    package static func holder(of path: String) -> String? {
        let opened = open(path, O_RDWR | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        defer { close(opened) }
        guard flock(opened, LOCK_SH | LOCK_NB) != 0 else { return nil }
        let text = (try? String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)) ?? ""
        return text.split(separator: "\n").first.map(String.init) ?? "somebody"
    }

    deinit { close(file) }
}

import Crypto

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that gets its name when it is complete and on the disk.
///
/// Until then it is called `<name>.unfinished`, and nobody takes it for an export. Only its owner can read it.
final class ExportFile {
    private let path: String
    private let file: Int32
    private var digest = SHA256()

    private var unfinished: String { path + ".unfinished" }

    init(_ path: String, replacing: Bool) throws(MovingError) {
        self.path = path
        guard replacing || access(path, F_OK) != 0 else {
            throw .file("There is a file “\(path)” already. Name another, or use --force.")
        }
        let name = path + ".unfinished"
        file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .file("The file “\(name)” can't be made: \(Self.reason()).") }
        // One that was left by an export that was cut short keeps the rights it had.
        guard fchmod(file, 0o600) == 0 else {
            throw .file("The file “\(name)” can't be made private: \(Self.reason()).")
        }
    }

    deinit { if file >= 0 { close(file) } }

    /// Forgets what was written.
    func restart() throws(MovingError) {
        digest = SHA256()
        guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else { throw failure() }
    }

    func write(_ bytes: [UInt8]) throws(MovingError) {
        digest.update(data: bytes)
        try put(bytes)
    }

    /// Writes the last line and gives the file its name.
    func finish(rows: Int) throws(MovingError) {
        try put(ExportFoot(rows: rows, sha256: digest.finalize().hexadecimal).line())
        guard fsync(file) == 0 else { throw failure() }
        guard rename(unfinished, path) == 0 else {
            throw .file("“\(unfinished)” can't be renamed to “\(path)”: \(Self.reason()).")
        }
    }

    /// Removes what was written so far.
    func abandon() { unlink(unfinished) }

    private func put(_ bytes: [UInt8]) throws(MovingError) {
        let isWritten = bytes.withUnsafeBytes { bytes -> Bool in
            guard let base = bytes.baseAddress else { return true }
            var done = 0
            while done < bytes.count {
                let count = Self.write(file, base + done, bytes.count - done)
                guard count > 0 || errno == EINTR else { return false }
                done += max(count, 0)
            }
            return true
        }
        guard isWritten else { throw failure() }
    }

    private static func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.write(file, bytes, count)
        #elseif canImport(Musl)
            Musl.write(file, bytes, count)
        #else
            Glibc.write(file, bytes, count)
        #endif
    }

    private func failure() -> MovingError { .file("The file “\(unfinished)” can't be written: \(Self.reason()).") }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

extension SHA256.Digest {
    /// Small digits, two for each byte.
    var hexadecimal: String {
        reduce(into: "") { text, byte in text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    }
}

import FoundationEssentials
package import Model

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What was intended in an environment and what came of it, in a file that only grows.
///
/// A line is on the disk before the next step is taken, so that a run that was killed can be gone on with: what it had
/// begun is known, and the mark by which its things are found again. Only its owner can read it; it holds no secrets.
/// One run at a time has it, which `RunLock` sees to.
package final class Journal {
    package private(set) var entries: [JournalEntry]
    private let path: String
    private let file: Int32

    /// Opens the journal at `path`, or begins one.
    ///
    /// A last line that was cut short by a death counts as not written. Throws `DeployError` for a journal that a newer
    /// version wrote, or that somebody changed.
    package init(_ path: String) throws {
        self.path = path
        entries = try Self.read(path).entries
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw DeployError("The journal “\(path)” can't be opened: \(Self.reason()).") }
        file = opened
        // Else what follows would join a torn line.
        let length = try Self.read(path).length
        guard ftruncate(file, off_t(length)) == 0, lseek(file, 0, SEEK_END) >= 0 else { throw failure() }
    }

    deinit { close(file) }

    /// The entries of a journal, without opening it to write; none where there is no such file.
    package static func entries(of path: String) throws -> [JournalEntry] {
        try read(path).entries
    }

    /// What everything of the environment carries; nil before the first run.
    package var mark: String? { Self.mark(in: entries) }

    package static func mark(in entries: [JournalEntry]) -> String? {
        for entry in entries.reversed() { if case .mark(let mark) = entry.event { return mark } }
        return nil
    }

    /// What the last run had begun and not ended; nil where it ended all that it began.
    package static func unfinished(in entries: [JournalEntry]) -> (stage: String, what: String)? {
        for entry in entries.reversed() {
            switch entry.event {
            case .intent(let stage, _, let what): return (stage, what)
            case .result, .failure, .ended: return nil
            case .mark, .began: continue
            }
        }
        return nil
    }

    /// Returns once the entry is on the disk.
    package func append(_ event: JournalEntry.Event, at now: Timestamp) throws {
        let entry = JournalEntry(at: now, event)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(JournalLine(entry))) + [0x0a]
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Self.write(file, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw failure() }
            done += max(count, 0)
        }
        guard fsync(file) == 0 else { throw failure() }
        entries.append(entry)
    }

    /// The entries, and how many bytes they are.
    private static func read(_ path: String) throws -> (entries: [JournalEntry], length: Int) {
        guard access(path, F_OK) == 0 else { return ([], 0) }
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw DeployError("The journal “\(path)” can't be read: \(reason()).")
        }
        var (entries, length, number): ([JournalEntry], Int, Int) = ([], 0, 0)
        for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).dropLast() {
            number += 1
            length += line.count + 1
            // What a newer version wrote may hold anything but its version.
            guard let version = try? JSONDecoder().decode(JournalLine.Version.self, from: line).version else {
                throw DeployError(
                    "Line \(number) of the journal “\(path)” can't be read. The deployer changes no server it has no "
                        + "record of: take the file from a backup."
                )
            }
            guard version <= JournalLine.version,
                let entry = try? JSONDecoder().decode(JournalLine.self, from: line).entry
            else {
                throw DeployError(
                    "The journal “\(path)” was written by a newer version of this program (line \(number)). Use that one."
                )
            }
            entries.append(entry)
        }
        return (entries, length)
    }

    private func failure() -> DeployError {
        DeployError("The journal “\(path)” can't be written: \(Self.reason()). Nothing more was done.")
    }

    private static func reason() -> String { String(cString: strerror(errno)) }

    private static func write(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.write(file, bytes, count)
        #elseif canImport(Musl)
            Musl.write(file, bytes, count)
        #else
            Glibc.write(file, bytes, count)
        #endif
    }
}

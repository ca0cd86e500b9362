#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads a file line by line, however long it is.
final class LineReader {
    private let path: String
    private let file: Int32
    private var block: [UInt8]
    /// What of the block is read and not given out yet.
    private var unread: Range<Int> = 0..<0
    /// Where in the file the next line begins.
    private(set) var place: Int
    /// In bytes.
    let size: Int

    /// No line of an export is longer, since no text in the database is.
    private static let longestLine = 64 << 20
    private static let blockSize = 1 << 20

    /// Begins at a byte of the file.
    init(_ path: String, at place: Int = 0) throws(MovingError) {
        self.path = path
        self.place = place
        var status = stat()
        guard stat(path, &status) == 0 else { throw .file("The file “\(path)” can't be read: \(Self.reason()).") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .file("“\(path)” is not a file.") }
        size = Int(status.st_size)
        file = open(path, O_RDONLY | O_CLOEXEC)
        block = Array(repeating: 0, count: Self.blockSize)
        guard file >= 0, lseek(file, off_t(place), SEEK_SET) >= 0 else {
            throw .file("The file “\(path)” can't be read: \(Self.reason()).")
        }
    }

    deinit { if file >= 0 { close(file) } }

    /// Calls `body` with the next line, its end included if it has one; nil after the last.
    func next<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) throws -> T? {
        guard let line = try line() else { return nil }
        take(line)
        return try withBytes(line, body)
    }

    /// Like `next`, but the line stays the next one when `body` says false.
    func peek(_ body: (UnsafeBufferPointer<UInt8>) throws -> Bool) throws -> Bool? {
        guard let line = try line() else { return nil }
        let isTaken = try withBytes(line, body)
        if isTaken { take(line) }
        return isTaken
    }

    /// The next bytes of the file, whatever lines they are; as many as there are.
    func head(_ count: Int) throws -> [UInt8] {
        while unread.count < count, try fill() {}
        return Array(block[unread].prefix(count))
    }

    /// Where in the block the next line is.
    private func line() throws -> Range<Int>? {
        var searched = unread.lowerBound
        while true {
            if let end = lineEnd(from: searched) { return unread.lowerBound..<end }
            searched = unread.upperBound
            let before = unread.lowerBound
            guard try fill() else { return unread.isEmpty ? nil : unread }
            searched -= before - unread.lowerBound
        }
    }

    private func take(_ line: Range<Int>) {
        unread = line.upperBound..<unread.upperBound
        place += line.count
    }

    private func withBytes<T>(
        _ line: Range<Int>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> T
    ) rethrows -> T {
        try block.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[line])) }
    }

    private func lineEnd(from start: Int) -> Int? {
        block.withUnsafeBytes { bytes -> Int? in
            guard start < unread.upperBound, let base = bytes.baseAddress,
                let found = memchr(base + start, 0x0a, unread.upperBound - start)
            else { return nil }
            return UnsafeRawPointer(found) - base + 1
        }
    }

    /// Reads more behind what is unread; false at the end of the file.
    private func fill() throws(MovingError) -> Bool {
        if unread.lowerBound > 0 {
            let kept = unread.count
            block.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress, kept > 0 else { return }
                memmove(base, base + unread.lowerBound, kept)
            }
            unread = 0..<kept
        }
        if unread.upperBound == block.count {
            guard block.count < Self.longestLine else {
                throw .damaged("“\(path)” has a line of more than \(Self.longestLine >> 20) MB: it is no export.")
            }
            block += Array(repeating: 0, count: block.count)
        }
        let count = block.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { read(file, $0 + unread.upperBound, bytes.count - unread.upperBound) } ?? 0
        }
        guard count >= 0 else { throw .file("The file “\(path)” can't be read: \(Self.reason()).") }
        unread = unread.lowerBound..<unread.upperBound + count
        return count > 0
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

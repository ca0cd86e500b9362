import CZlib

/// Reads files out of a zip archive, which is not trusted.
///
/// Entries that are stored or deflated, without encryption and without the 64-bit extension; whose names stay inside.
/// Source: PKWARE's APPNOTE 6.3, sections 4.3 and 4.4.
struct ZipArchive {
    /// Each file by its path in the archive.
    let entries: [String: Entry]
    private let bytes: [UInt8]
    private let name: String

    struct Entry: Hashable {
        let method: Int
        let checksum: Int
        let packed: Int
        let size: Int
        let header: Int
    }

    private static let mostEntries = 200_000
    /// In bytes.
    private static let largestFile = 64 << 20
    /// One byte of deflate can stand for 1,032.
    private static let steepest = 1032

    /// `name` is what the archive is called in errors.
    init(_ bytes: [UInt8], named name: String) throws(MovingError) {
        self.bytes = bytes
        self.name = name
        let view = LittleEndian(bytes)
        guard let end = Self.end(of: bytes), let count = view.short(end + 10), let directory = view.long(end + 16)
        else {
            throw .damaged("“\(name)” is no zip archive, or it is cut off.")
        }
        guard count != 0xffff, directory != 0xffff_ffff, count <= Self.mostEntries else {
            throw .damaged("“\(name)” has too many files. Unpack it, and import the folder.")
        }
        var (place, entries) = (directory, [String: Entry]())
        for _ in 0..<count {
            guard view.long(place) == 0x0201_4b50, let flags = view.short(place + 8),
                let method = view.short(place + 10),
                let checksum = view.long(place + 16), let packed = view.long(place + 20),
                let size = view.long(place + 24), let nameLength = view.short(place + 28),
                let extra = view.short(place + 30), let comment = view.short(place + 32),
                let header = view.long(place + 42), place + 46 + nameLength <= bytes.count
            else { throw .damaged("The directory of “\(name)” is damaged.") }
            let path = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
            place += 46 + nameLength + extra + comment
            // A folder, an encrypted file, or a name that leads out of the archive is nothing that is looked for.
            guard !path.hasSuffix("/"), flags & 1 == 0, Self.isInside(path) else { continue }
            entries[path] = Entry(method: method, checksum: checksum, packed: packed, size: size, header: header)
        }
        self.entries = entries
    }

    /// nil when there is no such file.
    func contents(of path: String) throws(MovingError) -> [UInt8]? {
        guard let entry = entries[path] else { return nil }
        let problem = MovingError.damaged("“\(path.prefix(200))” in “\(name)” is damaged or too large.")
        let view = LittleEndian(bytes)
        guard entry.size <= Self.largestFile, entry.size <= max(entry.packed, 1) * Self.steepest,
            view.long(entry.header) == 0x0403_4b50, let nameLength = view.short(entry.header + 26),
            let extra = view.short(entry.header + 28)
        else { throw problem }
        let start = entry.header + 30 + nameLength + extra
        guard start + entry.packed <= bytes.count else { throw problem }
        let packed = bytes[start..<(start + entry.packed)]
        let contents: [UInt8]?
        switch entry.method {
        case 0: contents = Array(packed)
        case 8: contents = Self.inflated(packed, size: entry.size)
        default: throw .damaged("“\(path.prefix(200))” in “\(name)” is packed in a way that is not known here.")
        }
        guard let contents, contents.count == entry.size, Self.checksum(contents) == entry.checksum else {
            throw problem
        }
        return contents
    }

    /// Where the record at the end begins, behind which only a comment stands.
    private static func end(of bytes: [UInt8]) -> Int? {
        let view = LittleEndian(bytes)
        let last = bytes.count - 22
        guard last >= 0 else { return nil }
        return (max(0, last - 0xffff)...last).reversed().first { place in
            view.long(place) == 0x0605_4b50 && view.short(place + 20).map { place + 22 + $0 <= bytes.count } == true
        }
    }

    private static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.contains("\\") && !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
    }

    /// nil when it is not deflate, or not `size` bytes.
    private static func inflated(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard pm_inflate_begin(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        // One more, so that data that goes on is noticed.
        var contents = [UInt8](repeating: 0, count: size + 1)
        var input = Array(packed)
        let result = input.withUnsafeMutableBufferPointer { input in
            contents.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END, Int(stream.total_out) == size else { return nil }
        contents.removeLast()
        return contents
    }

    private static func checksum(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
}

/// Numbers as zip archives write them; nil behind the end.
private struct LittleEndian {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func short(_ place: Int) -> Int? { number(place, 2) }
    func long(_ place: Int) -> Int? { number(place, 4) }

    private func number(_ place: Int, _ count: Int) -> Int? {
        guard place >= 0, place + count <= bytes.count else { return nil }
        return (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
    }
}

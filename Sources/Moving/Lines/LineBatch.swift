import Store

/// Some lines of one table, as the engines take them.
struct LineBatch: Sendable {
    let part: RowSource.Part
    /// An array of the lines' arrays.
    let json: String
    let rows: Int
    /// Where in the file the next line begins.
    let end: Int

    private static let mostBytes = 8 << 20

    /// The next lines, all of one table; nil where `limit` is reached.
    init?(_ reader: LineReader, until limit: Int, _ parts: [RowSource.Part], most: Int) throws {
        var bytes: [UInt8] = []
        var (part, rows): (RowSource.Part?, Int) = (nil, 0)
        while reader.place < limit, rows < most, bytes.count < Self.mostBytes {
            let isTaken = try reader.peek { line -> Bool in
                if part == nil { part = parts.first { line.starts(with: $0.lineBeginning) } }
                guard let part, line.starts(with: part.lineBeginning) else { return false }
                bytes.append(rows == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
                bytes.append(contentsOf: line)
                rows += 1
                return true
            }
            guard isTaken == true else { break }
        }
        guard let part else { return nil }
        bytes.append(UInt8(ascii: "]"))
        self.part = part
        json = String(decoding: bytes, as: UTF8.self)
        self.rows = rows
        end = reader.place
    }
}

/// A compiled file of the IANA time zone database, versions 1 to 4 (RFC 9636).
struct TZif {
    let table: ZoneTable

    init(_ bytes: [UInt8]) throws(ZoneError) {
        var reader = Reader(bytes: bytes)
        var header = try Header(&reader)
        var wide = false
        if header.version >= 2 {
            // The first block is for readers of the first version: the same again with 32-bit times.
            try reader.skip(header.length(timeBytes: 4))
            header = try Header(&reader)
            wide = true
        }
        guard header.leapSeconds == 0 else { throw .countsLeapSeconds }
        guard (1...256).contains(header.kinds) else { throw .malformed("it names no kind of local time") }
        var times: [Int] = []
        times.reserveCapacity(header.times)
        for _ in 0..<header.times { times.append(wide ? try reader.int64() : try reader.int32()) }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .malformed("its changes are not in the order of time")
        }
        let kinds = try reader.bytes(header.times)
        var offsets: [Int] = []
        for _ in 0..<header.kinds {
            let offset = try reader.int32()
            guard abs(offset) < Zone.farthest else { throw .malformed("an offset from UTC is beyond all reason") }
            offsets.append(offset)
            try reader.skip(2)
        }
        var changes: [ZoneTable.Change] = []
        changes.reserveCapacity(times.count)
        for (time, kind) in zip(times, kinds) {
            guard Int(kind) < offsets.count else { throw .malformed("a change leads to a kind that is not there") }
            // The earliest time of all stands for “since ever”; arithmetic on it must not overflow.
            changes.append(.init(at: max(time, Self.earliest), offset: offsets[Int(kind)]))
        }
        try reader.skip(header.names + header.standardMarks + header.universalMarks)
        table = ZoneTable(changes: changes, first: offsets[0], rule: wide ? try Self.footer(&reader) : nil)
    }

    /// Before the universe began; some files write it as the first change.
    private static let earliest = -(1 << 59)

    private static func footer(_ reader: inout Reader) throws(ZoneError) -> ZoneRule? {
        guard let text = reader.line() else { throw .truncated }
        guard !text.isEmpty else { return nil }
        guard let rule = ZoneRuleParser.rule(text) else {
            throw .malformed("its last line “\(String(decoding: text.prefix(80), as: UTF8.self))” is not a rule")
        }
        return rule
    }
}

/// The 44 bytes in front of a block, as far as they matter.
private struct Header {
    let version: Int
    let universalMarks: Int
    let standardMarks: Int
    let leapSeconds: Int
    let times: Int
    let kinds: Int
    let names: Int

    init(_ reader: inout Reader) throws(ZoneError) {
        guard try reader.bytes(4).elementsEqual("TZif".utf8) else { throw .notTZif }
        switch try reader.bytes(1).first {
        case 0: version = 1
        case .some(let digit) where (0x32...0x34).contains(digit): version = Int(digit) - 0x30
        default: throw .malformed("its version is not one of 1 to 4")
        }
        try reader.skip(15)
        universalMarks = try reader.count()
        standardMarks = try reader.count()
        leapSeconds = try reader.count()
        times = try reader.count()
        kinds = try reader.count()
        names = try reader.count()
    }

    func length(timeBytes: Int) -> Int {
        times * (timeBytes + 1) + kinds * 6 + names + leapSeconds * (timeBytes + 4) + standardMarks + universalMarks
    }
}

/// Big-endian numbers, one after the other.
private struct Reader {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func bytes(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - place else { throw .truncated }
        defer { place += count }
        return bytes[place..<(place + count)]
    }

    mutating func skip(_ count: Int) throws(ZoneError) { _ = try bytes(count) }

    /// Never more than there are bytes, so that nothing is reserved for what cannot come.
    mutating func count() throws(ZoneError) -> Int {
        let value = try bytes(4).reduce(0) { $0 << 8 | Int($1) }
        guard value <= bytes.count else { throw .truncated }
        return value
    }

    mutating func int32() throws(ZoneError) -> Int {
        Int(Int32(truncatingIfNeeded: try bytes(4).reduce(0) { $0 << 8 | Int($1) }))
    }

    mutating func int64() throws(ZoneError) -> Int {
        Int(truncatingIfNeeded: try bytes(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }

    /// What stands between two line feeds; nil when they are not there.
    mutating func line() -> ArraySlice<UInt8>? {
        guard place < bytes.count, bytes[place] == 0x0a else { return nil }
        let rest = bytes[(place + 1)...]
        guard let end = rest.firstIndex(of: 0x0a) else { return nil }
        place = end + 1
        return rest[..<end]
    }
}

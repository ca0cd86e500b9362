package import Model

/// Writes TZif files, so that tests do not depend on the zones of the machine.
package struct ZoneFile {
    /// From when on, in seconds since 1970, and the offset in seconds.
    package var changes: [(at: Int, offset: Int)]
    /// Before the first change.
    package var first: Int
    /// The last line, as `CET-1CEST,M3.5.0,M10.5.0/3`; may be empty.
    package var rule: String
    /// 1…4.
    package var version: Int
    package var leapSeconds = 0

    package init(rule: String, first: Int = 0, changes: [(at: Int, offset: Int)] = [], version: Int = 2) {
        self.rule = rule
        self.first = first
        self.changes = changes
        self.version = version
    }

    package var bytes: [UInt8] {
        guard version > 1 else { return block(timeBytes: 4) }
        return block(timeBytes: 4) + block(timeBytes: 8) + Array("\n\(rule)\n".utf8)
    }

    private func block(timeBytes: Int) -> [UInt8] {
        let offsets = [first] + changes.map(\.offset)
        var bytes = Array("TZif".utf8) + [version == 1 ? 0 : UInt8(0x30 + version)]
        bytes += [UInt8](repeating: 0, count: 15)
        for count in [offsets.count, offsets.count, leapSeconds, changes.count, offsets.count, 4] {
            bytes += Self.bigEndian(count, bytes: 4)
        }
        for change in changes { bytes += Self.bigEndian(change.at, bytes: timeBytes) }
        for place in changes.indices { bytes.append(UInt8(place + 1)) }
        for offset in offsets { bytes += Self.bigEndian(offset, bytes: 4) + [0, 0] }
        bytes += Array("XYZ\0".utf8)
        for place in 0..<leapSeconds {
            bytes += Self.bigEndian(78_796_800 + place, bytes: timeBytes) + Self.bigEndian(place + 1, bytes: 4)
        }
        return bytes + [UInt8](repeating: 0, count: offsets.count * 2)
    }

    private static func bigEndian(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}

extension Zone {
    /// A zone that goes by a rule, and by changes before it.
    package static func made(
        _ name: String = "Test/Place",
        rule: String,
        first: Int = 0,
        changes: [(at: Int, offset: Int)] = []
    ) throws -> Zone {
        try Zone(name: name, tzif: ZoneFile(rule: rule, first: first, changes: changes).bytes)
    }

    /// One hour east of UTC, two from the last Sunday of March to the last of October.
    package static func berlin() throws -> Zone {
        try made("Europe/Berlin", rule: "CET-1CEST,M3.5.0,M10.5.0/3", first: 3600)
    }
}

/// UTC and `Europe/Berlin`, whatever the machine has.
package enum TestZones {
    package static let source: ZoneSource = { name in
        switch name {
        case "UTC": .utc
        case "Europe/Berlin": try .berlin()
        default: throw ZoneError.unknown(name, nearest: "Europe/Berlin")
        }
    }
}

extension Timestamp {
    /// A moment as a test writes it: ISO 8601, by the clock of `zone` where it names no offset.
    package init(_ text: String, in zone: Zone = .utc) throws {
        guard let moment = Timestamp(iso8601: text, in: zone) else { throw NotATime(text: text) }
        self = moment
    }
}

private struct NotATime: Error {
    let text: String
}

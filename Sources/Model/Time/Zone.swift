/// The civil clock of one place: how far it is from UTC, at any moment.
///
/// Made of the bytes of a TZif file (RFC 9636), because full Foundation's zones are absent from a program that is linked
/// statically. Past the file's last change the rule in its footer goes on.
package struct Zone: Hashable, Sendable {
    /// As the IANA database has it: `Europe/Berlin`.
    package let name: String
    let table: ZoneTable

    /// Throws what is wrong with bytes that are not a whole and sound TZif file.
    package init(name: String, tzif: some Collection<UInt8>) throws(ZoneError) {
        self.name = name
        table = try TZif(Array(tzif)).table
    }

    private init(name: String, table: ZoneTable) {
        self.name = name
        self.table = table
    }

    package static let utc = Zone(name: "UTC", table: ZoneTable(changes: [], first: 0, rule: nil))

    /// What the clock there shows more than UTC, in whole seconds; less is negative.
    package func offset(at moment: Timestamp) -> Duration {
        .seconds(stretch(at: moment.wholeSeconds).offset)
    }

    /// Whether the clock there always shows UTC.
    package var isUTC: Bool { table.changes.isEmpty && table.first == 0 && (table.rule ?? .utc) == .utc }

    /// The moment at which the clock there shows `local`, counted in seconds as if that were UTC.
    ///
    /// Where the clock shows it twice it is the first time; where the clock skips it, it is as long after the change as
    /// `local` is after the skipped time's begin: of a skipped hour, 02:30 means 03:30.
    func second(ofLocal local: Int) -> Int {
        // No place is further than 26 hours from UTC, so the change in question lies in this span.
        var stretch = stretch(at: local - Self.farthest)
        while let end = stretch.end {
            if local < end + stretch.offset { break }
            let next = self.stretch(at: end)
            // Skipped: it counts from the offset of before, unless the next change comes first.
            if local < end + next.offset { return local - stretch.offset }
            stretch = next
        }
        return local - stretch.offset
    }

    /// Seconds.
    static let farthest = 26 * 3600
}

/// A time during which a zone's offset stays the same.
struct ZoneStretch: Hashable, Sendable {
    /// Seconds since 1970, and the offset before; nil when it was always like this.
    let start: Int?
    let offsetBefore: Int
    /// Seconds.
    let offset: Int
    /// The first second of the next stretch; nil when it stays like this.
    let end: Int?
}

extension Zone {
    /// What holds at this second since 1970.
    func stretch(at second: Int) -> ZoneStretch { table.stretch(at: second) }
}

extension Timestamp {
    /// Since 1970, rounded toward the past.
    var wholeSeconds: Int { milliseconds.dividedDown(by: 1000) }
}

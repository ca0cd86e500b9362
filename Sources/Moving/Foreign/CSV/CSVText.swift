/// Rows of a text with separated values (RFC 4180), whichever of `,`, `;` and tab separates them.
struct CSVText {
    struct Row: Hashable {
        /// Where it begins, counted from 1.
        let line: Int
        let fields: [String]
    }

    /// Without empty lines.
    let rows: [Row]

    /// A field that is longer is a quotation mark that is missing.
    private static let longestField = 100_000

    /// `name` is what the text is called in errors.
    ///
    /// Throws `MovingError.damaged` with the line where it is wrong.
    init(_ bytes: [UInt8], named name: String) throws(MovingError) {
        var bytes = bytes[...]
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            throw .damaged("“\(name)” is not text in UTF-8. Save it as “CSV UTF-8”.")
        }
        var reader = CSVReader(bytes, separator: Self.separator(in: bytes), name: name)
        var rows: [Row] = []
        while let row = try reader.row(longestField: Self.longestField) {
            if row.fields != [""] { rows.append(row) }
        }
        self.rows = rows
    }

    /// The one that stands most often in the first line.
    private static func separator(in bytes: ArraySlice<UInt8>) -> UInt8 {
        let head = bytes.prefix { $0 != 0x0a && $0 != 0x0d }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
        let counts = candidates.map { candidate in (candidate, head.count { $0 == candidate }) }
        return counts.reduce(counts[0]) { $1.1 > $0.1 ? $1 : $0 }.0
    }
}

/// Takes one row after another off a text.
private struct CSVReader {
    private var rest: ArraySlice<UInt8>
    private let separator: UInt8
    private let name: String
    private var line = 1

    private static let quote = UInt8(ascii: "\"")

    init(_ bytes: ArraySlice<UInt8>, separator: UInt8, name: String) {
        rest = bytes
        self.separator = separator
        self.name = name
    }

    mutating func row(longestField: Int) throws(MovingError) -> CSVText.Row? {
        guard !rest.isEmpty else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            let field = try field(from: start)
            guard field.utf8.count <= longestField else {
                throw .damaged("Line \(start) of “\(name)” has a field of more than \(longestField) bytes.")
            }
            fields.append(field)
            guard rest.first == separator else { break }
            rest = rest.dropFirst()
        }
        if rest.first == 0x0d { rest = rest.dropFirst() }
        if rest.first == 0x0a { rest = rest.dropFirst() }
        line += 1
        return CSVText.Row(line: start, fields: fields)
    }

    private mutating func field(from start: Int) throws(MovingError) -> String {
        guard rest.first == Self.quote else {
            let field = rest.prefix { $0 != separator && $0 != 0x0a && $0 != 0x0d }
            rest = rest[field.endIndex...]
            return String(decoding: field, as: UTF8.self)
        }
        rest = rest.dropFirst()
        var field: [UInt8] = []
        while true {
            let part = rest.prefix { $0 != Self.quote }
            line += part.count { $0 == 0x0a }
            field += part
            rest = rest[part.endIndex...]
            guard !rest.isEmpty else {
                throw .damaged("Line \(start) of “\(name)” has a quotation mark that is never closed.")
            }
            rest = rest.dropFirst()
            guard rest.first == Self.quote else { break }
            field.append(Self.quote)
            rest = rest.dropFirst()
        }
        guard rest.isEmpty || [separator, 0x0a, 0x0d].contains(rest.first) else {
            throw .damaged(
                "Line \(line) of “\(name)” has something between a closing quotation mark and the next field."
            )
        }
        return String(decoding: field, as: UTF8.self)
    }
}

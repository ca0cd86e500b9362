import Model

/// Collects the header lines of one answer as they come.
struct HeaderBlock {
    private(set) var status = 0
    private(set) var fields: [HTTPHeaders.Field] = []
    /// Of all lines, those of interim answers (100, 103) included.
    private(set) var byteCount = 0

    /// A line with its line end, as libcurl hands it over; a status line begins a new block.
    mutating func append(_ line: UnsafeRawBufferPointer) {
        byteCount += line.count
        var bytes = line[...]
        while let last = bytes.last, last == 0x0a || last == 0x0d { bytes = bytes.dropLast() }
        if bytes.starts(with: "HTTP/".utf8) {
            status = Self.status(bytes)
            fields.removeAll(keepingCapacity: true)
            return
        }
        guard let colon = bytes.firstIndex(of: 0x3a) else { return }
        let name = Self.text(bytes[..<colon])
        fields.append(HTTPHeaders.Field(name: name, value: Self.text(bytes[(colon + 1)...])))
    }

    /// The first value of a name in lower case.
    func value(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name }?.value
    }

    /// From `HTTP/1.1 200 OK` or `HTTP/2 200`.
    private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int {
        let digits = line.drop { $0 != 0x20 }.drop { $0 == 0x20 }.prefix { $0.isASCIIDigit }.prefix(3)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// UTF-8 where it is that, else each byte as the character of its number, as HTTP once had it; no spaces around.
    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let trimmed = bytes.drop(while: isSpace)
        let end = trimmed.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? trimmed.startIndex
        let kept = trimmed[trimmed.startIndex..<end]
        if let text = String(validating: kept, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(kept.map { Unicode.Scalar($0) }))
    }
}

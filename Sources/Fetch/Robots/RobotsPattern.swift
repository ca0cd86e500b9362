import Model

/// What a rule of robots.txt says about addresses: a beginning, with `*` for anything and `$` for the end.
///
/// Source: RFC 9309 §2.2.2 and §2.2.3.
struct RobotsPattern: Hashable, Sendable {
    /// The longest one wins.
    let length: Int
    private let parts: [[UInt8]]
    private let isWhole: Bool

    init(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)
        isWhole = bytes.last == UInt8(ascii: "$")
        if isWhole { bytes.removeLast() }
        parts = bytes.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map {
            Self.normalised($0)
        }
        length = parts.reduce(parts.count - 1 + (isWhole ? 1 : 0)) { $0 + $1.count }
    }

    /// `path` with its query, as `normalised` gives it.
    func matches(_ path: [UInt8]) -> Bool {
        guard let first = parts.first, path.starts(with: first) else { return false }
        var place = first.count
        for (index, part) in parts.enumerated().dropFirst() {
            if isWhole, index == parts.count - 1 {
                return path.count - place >= part.count && path.suffix(part.count).elementsEqual(part)
            }
            guard let found = Self.find(part, in: path, from: place) else { return false }
            place = found + part.count
        }
        return !isWhole || parts.count > 1 || place == path.count
    }

    /// One spelling for all that mean the same: letters, digits and `-._~` as they are, everything else that is not plain
    /// ASCII percent-encoded in capitals; also the two signs that mean something in a rule.
    static func normalised(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = Self.hexadecimal(rest.prefix(2)) {
                rest = rest.dropFirst(2)
                if Self.isUnreserved(value) { result.append(value) } else { append(value, to: &result) }
            } else if byte <= 0x20 || byte >= 0x7f || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "$") {
                append(byte, to: &result)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "-._~".utf8.contains(byte)
        }
    }

    private static func hexadecimal(_ digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        return digits.reduce(UInt8?.some(0)) { value, digit in
            guard let value, let number = Character(Unicode.Scalar(digit)).hexDigitValue, digit < 0x80 else {
                return nil
            }
            return value << 4 | UInt8(number)
        }
    }

    private static func find(_ part: [UInt8], in path: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return start }
        var place = start
        while place + part.count <= path.count {
            if path[place] == first, path[place..<(place + part.count)].elementsEqual(part) { return place }
            place += 1
        }
        return nil
    }
}

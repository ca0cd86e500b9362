import CXML2

/// Keeps tags with thousands of attributes from the parser, which compares each attribute's name with all before it.
///
/// No page has such tags but one made to keep a reader busy. Goes through the tags as the parser does, once.
struct TagGuard {
    /// Far more than any page has, and few enough to be compared in a moment.
    private static let most = 4000
    /// A tag with so many attributes has at least as many bytes.
    private static let least = 2 * most

    private let page: UnsafeMutableBufferPointer<UInt8>
    private var index = 0
    /// Names whose end tag stands nowhere in the rest: looked for once, not after each start tag.
    private var unended: Set<String> = []

    /// Blanks out what is too much in tags of a page in UTF-8.
    static func tame(_ page: inout [UInt8]) {
        guard page.count > least else { return }
        page.withUnsafeMutableBufferPointer { bytes in
            var tags = TagGuard(page: bytes)
            tags.run()
        }
    }

    private init(page: UnsafeMutableBufferPointer<UInt8>) {
        self.page = page
    }

    private mutating func run() {
        while let mark = next(0x3c, from: index), mark + 1 < page.count {
            let first = page[mark + 1]
            if (first | 0x20 >= 0x61 && first | 0x20 <= 0x7a) || first == 0x5f || first == 0x3a {
                index = mark + 1
                tag()
            } else if first == 0x21, mark + 3 < page.count, page[mark + 2] == 0x2d, page[mark + 3] == 0x2d {
                index = UnsafeBufferPointer(page).firstIndex(of: "-->", from: mark + 4) ?? page.count
            } else {
                index = mark + 1
            }
        }
    }

    /// From the first letter of a tag's name past its end.
    private mutating func tag() {
        guard let bytes = page.baseAddress else { return }
        let (start, end) = (index, page.count)
        var (at, parts) = (index, 0)
        var isBlank = false
        var isValueNext = false
        while at < end {
            let byte = bytes[at]
            if byte == 0x3e { break }
            if byte <= 0x20 {
                isBlank = true
            } else {
                if isBlank || byte == 0x3d { parts += 1 }
                if isValueNext, byte == 0x22 || byte == 0x27 { at = next(byte, from: at + 1) ?? end - 1 }
                isBlank = false
                isValueNext = byte == 0x3d
            }
            at += 1
            if parts > 2 * Self.most { break }
        }
        index = at
        if parts > 2 * Self.most { return blank() }
        skipRawText(start)
    }

    /// The rest of the tag becomes white space.
    private mutating func blank() {
        while index < page.count, page[index] != 0x3e {
            let byte = page[index]
            let end = byte == 0x22 || byte == 0x27 ? next(byte, from: index + 1) ?? page.count - 1 : index
            for inner in index...end { page[inner] = 0x20 }
            index = end + 1
        }
    }

    /// Scripts and styles hold no tags.
    private mutating func skipRawText(_ start: Int) {
        for name: StaticString in ["script", "style"] {
            let count = name.utf8CodeUnitCount
            guard start + count < page.count, index + 1 < page.count else { continue }
            let isSame = (0..<count).allSatisfy { page[start + $0] | 0x20 == name.utf8Start[$0] }
            let after = page[start + count]
            guard isSame, after == 0x3e || after <= 0x20 || after == 0x2f, page[index - 1] != 0x2f else { continue }
            let rest = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(page)[(index + 1)...])
            if unended.contains(name.description) { return }
            if let length = RawText.length(of: rest, until: name.utf8Start) {
                index += 1 + length
            } else {
                unended.insert(name.description)
            }
            return
        }
    }

    private func next(_ byte: UInt8, from start: Int) -> Int? {
        guard let base = page.baseAddress, start < page.count else { return nil }
        let found = memchr(base + start, Int32(byte), page.count - start)
        return found.map { UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) }
    }
}

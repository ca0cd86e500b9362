import CXML2

/// Goes through the tags and comments of a page as the parser will, once, and makes nothing of them.
struct TagWalk {
    enum Piece {
        case tag(Tag)
        /// What stands between `<!--` and `-->`.
        case comment(Range<Int>)
    }

    struct Tag {
        /// The letters after `<`.
        let name: Range<Int>
        /// Where its `>` is, the end of the page where there is none.
        let end: Int
        /// Attributes beyond what a tag may have; empty but in pages made to keep a reader busy.
        ///
        /// The parser compares each attribute's name with all before it.
        var excess = 0..<0
        /// The content of a script or style that has an end tag.
        var raw = 0..<0
    }

    /// Far more attributes than a tag of any page has, and few enough to be compared in a moment.
    private static let mostAttributes = 4000

    private let page: UnsafeBufferPointer<UInt8>
    private var index = 0

    /// `page` is in UTF-8, or in another character set whose letters of ASCII are those of ASCII.
    init(page: UnsafeBufferPointer<UInt8>) {
        self.page = page
    }

    /// In the order of the page; nil at its end.
    mutating func next() -> Piece? {
        while let mark = position(of: 0x3c, from: index), mark + 1 < page.count {
            let first = page[mark + 1]
            if (first | 0x20 >= 0x61 && first | 0x20 <= 0x7a) || first == 0x5f || first == 0x3a {
                return .tag(tag(from: mark + 1))
            }
            guard first == 0x21, mark + 3 < page.count, page[mark + 2] == 0x2d, page[mark + 3] == 0x2d else {
                index = mark + 1
                continue
            }
            let end = page.firstIndex(of: "-->", from: mark + 4)
            index = end ?? page.count
            if let end { return .comment(mark + 4..<end) }
        }
        return nil
    }

    /// From the first letter of a tag's name; goes on behind it.
    private mutating func tag(from start: Int) -> Tag {
        guard let bytes = page.baseAddress else { return Tag(name: start..<start, end: start) }
        let end = page.count
        var (at, parts) = (start, 0)
        while at < end, Self.isInName(bytes[at]) { at += 1 }
        let name = start..<at
        var isBlank = false
        var isValueNext = false
        while at < end {
            let byte = bytes[at]
            if byte == 0x3e { break }
            if byte <= 0x20 {
                isBlank = true
            } else {
                if isBlank || byte == 0x3d { parts += 1 }
                if isValueNext, byte == 0x22 || byte == 0x27 { at = position(of: byte, from: at + 1) ?? end - 1 }
                isBlank = false
                isValueNext = byte == 0x3d
            }
            at += 1
            if parts > 2 * Self.mostAttributes { break }
        }
        index = at
        if parts > 2 * Self.mostAttributes {
            let excess = at..<endOfExcess(from: at)
            index = excess.upperBound
            return Tag(name: name, end: index, excess: excess)
        }
        return Tag(name: name, end: at, raw: rawText(of: name, end: at))
    }

    private func endOfExcess(from start: Int) -> Int {
        var at = start
        while at < page.count, page[at] != 0x3e {
            let byte = page[at]
            at = (byte == 0x22 || byte == 0x27 ? position(of: byte, from: at + 1) ?? page.count - 1 : at) + 1
        }
        return at
    }

    /// Scripts and styles hold no tags: goes on behind them.
    ///
    /// One without an end tag holds the rest of the page.
    private mutating func rawText(of tagName: Range<Int>, end: Int) -> Range<Int> {
        for name: StaticString in ["script", "style"] where isName(tagName, name) {
            guard end + 1 < page.count, page[end - 1] != 0x2f else { break }
            let rest = UnsafeBufferPointer(rebasing: page[(end + 1)...])
            guard let length = RawText.length(of: rest, until: name.utf8Start) else {
                index = page.count
                break
            }
            index = end + 1 + length
            return end + 1..<index
        }
        return 0..<0
    }

    /// As the parser has it: what stands behind these belongs to no name.
    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7a, 0x41...0x5a, 0x30...0x39, 0x2d, 0x2e, 0x3a, 0x5f: true
        default: false
        }
    }

    /// Whether `range` holds `name`, capital or small.
    private func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
        range.count == name.utf8CodeUnitCount
            && (0..<range.count).allSatisfy { page[range.lowerBound + $0] | 0x20 == name.utf8Start[$0] }
    }

    private func position(of byte: UInt8, from start: Int) -> Int? {
        guard let base = page.baseAddress, start < page.count else { return nil }
        let found = memchr(base + start, Int32(byte), page.count - start)
        return found.map { UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) }
    }
}

/// The attributes of a tag as they stand in a page, in their order.
struct TagAttributes: Sequence, IteratorProtocol {
    struct Attribute {
        let name: Range<Int>
        /// Without its quotes; empty where there is none.
        let value: Range<Int>
        /// From the first letter of the name to behind the closing quote.
        let whole: Range<Int>
    }

    private let page: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var at: Int

    init(of tag: TagWalk.Tag, in page: UnsafeBufferPointer<UInt8>) {
        self.page = page
        at = tag.name.upperBound
        end = tag.excess.isEmpty ? tag.end : tag.excess.lowerBound
    }

    mutating func next() -> Attribute? {
        skip { $0 <= 0x20 || $0 == 0x2f || $0 == 0x3d }
        guard at < end else { return nil }
        let start = at
        skip { $0 > 0x20 && $0 != 0x2f && $0 != 0x3d }
        let name = start..<at
        skip { $0 <= 0x20 }
        guard at < end, page[at] == 0x3d else { return Attribute(name: name, value: at..<at, whole: name) }
        at += 1
        skip { $0 <= 0x20 }
        guard at < end else { return Attribute(name: name, value: at..<at, whole: start..<at) }
        let quote = page[at]
        let isQuoted = quote == 0x22 || quote == 0x27
        if isQuoted { at += 1 }
        let first = at
        skip { isQuoted ? $0 != quote : $0 > 0x20 }
        let value = first..<at
        if isQuoted, at < end { at += 1 }
        return Attribute(name: name, value: value, whole: start..<at)
    }

    private mutating func skip(_ isPart: (UInt8) -> Bool) {
        while at < end, isPart(page[at]) { at += 1 }
    }
}

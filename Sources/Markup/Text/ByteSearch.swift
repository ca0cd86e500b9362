import CXML2

/// Looking for short ASCII texts in bytes.
extension UnsafeBufferPointer<UInt8> {
    /// Where `text` begins, at or after `from`; case matters.
    package func firstIndex(of text: StaticString, from: Int = 0) -> Int? {
        guard let baseAddress, from < count, text.utf8CodeUnitCount <= count - from else { return nil }
        let found = markup_find(baseAddress + from, count - from, text.utf8Start, text.utf8CodeUnitCount)
        return found.map { UnsafeRawPointer(baseAddress).distance(to: $0) }
    }

    /// Whether `text` occurs; case matters.
    package func contains(_ text: StaticString) -> Bool { firstIndex(of: text) != nil }
}

/// The same in other collections of bytes.
extension Collection<UInt8> where Index == Int {
    /// Where `text` begins, at or after `from`; case matters.
    package func firstIndex(of text: StaticString, from: Int? = nil) -> Int? {
        let count = text.utf8CodeUnitCount
        let start = from ?? startIndex
        guard count > 0, start < endIndex else { return nil }
        let needle = UnsafeBufferPointer(start: text.utf8Start, count: count)
        let fast = withContiguousStorageIfAvailable { bytes -> Int? in
            let offset = start - startIndex
            guard let base = bytes.baseAddress, bytes.count - offset >= count else { return nil }
            let found = markup_find(base + offset, bytes.count - offset, needle.baseAddress, count)
            return found.map { UnsafeRawPointer(base).distance(to: $0) + startIndex }
        }
        if let fast { return fast }
        var next = start
        while next + count <= endIndex {
            if self[next..<next + count].elementsEqual(needle) { return next }
            next += 1
        }
        return nil
    }

    /// Whether `text` occurs; case matters.
    package func contains(_ text: StaticString) -> Bool { firstIndex(of: text) != nil }
}

extension Document {
    /// Whether `text` occurs anywhere: in texts, scripts or attributes.
    package func contains(_ text: StaticString) -> Bool {
        bytes.withUnsafeBufferPointer { $0.contains(text) }
    }
}

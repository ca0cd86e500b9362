/// Looking for short ASCII texts in bytes.
extension Collection<UInt8> where Index == Int {
    /// Where `text` begins, at or after `from`; case matters.
    package func firstIndex(of text: StaticString, from: Int? = nil) -> Int? {
        let count = text.utf8CodeUnitCount
        var start = from ?? startIndex
        guard count > 0 else { return start }
        let needle = UnsafeBufferPointer(start: text.utf8Start, count: count)
        while start + count <= endIndex {
            if self[start] == needle[0] {
                var offset = 1
                while offset < count, self[start + offset] == needle[offset] { offset += 1 }
                if offset == count { return start }
            }
            start += 1
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

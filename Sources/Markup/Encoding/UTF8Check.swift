/// Whether bytes are UTF-8: RFC 3629, no overlong forms, no surrogates.
enum UTF8Check {
    static func isValid(_ body: [UInt8]) -> Bool {
        body.withUnsafeBytes { bytes in
            var index = 0
            let count = bytes.count
            while index < count {
                // Eight ASCII bytes at a time: most of every page.
                while index + 8 <= count,
                    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index += 8
                }
                guard index < count else { break }
                let length = length(of: bytes, at: index)
                guard length > 0 else { return false }
                index += length
            }
            return true
        }
    }

    /// The length of the character at `index`, 0 where there is none.
    private static func length(of bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let first = bytes[index]
        func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xbf) -> Bool {
            index + offset < bytes.count && range.contains(bytes[index + offset])
        }
        switch first {
        case 0...0x7f: return 1
        case 0xc2...0xdf: return follows(1) ? 2 : 0
        case 0xe0: return follows(1, 0xa0...0xbf) && follows(2) ? 3 : 0
        case 0xed: return follows(1, 0x80...0x9f) && follows(2) ? 3 : 0
        case 0xe1...0xef: return follows(1) && follows(2) ? 3 : 0
        case 0xf0: return follows(1, 0x90...0xbf) && follows(2) && follows(3) ? 4 : 0
        case 0xf1...0xf3: return follows(1) && follows(2) && follows(3) ? 4 : 0
        case 0xf4: return follows(1, 0x80...0x8f) && follows(2) && follows(3) ? 4 : 0
        default: return 0
        }
    }
}

/// Text as bytes that every mail server passes on unchanged (RFC 2045 §6.7): lines of 76 at most.
enum QuotedPrintable {
    /// Line ends of any kind become those of mail; the result ends with one.
    static func encode(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count + text.utf8.count / 4)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            append(line, to: &result)
            result += "\r\n"
        }
        return result
    }

    private static func append(_ line: Substring, to result: inout String) {
        let bytes = Array(line.utf8)
        var length = 0
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            // White space at the end of a line gets lost on the way.
            let isPlain = byte > 0x20 && byte < 0x7f && byte != 0x3d || (byte == 0x20 || byte == 0x09) && !isLast
            let size = isPlain ? 1 : 3
            if length + size > 75 {
                result += "=\r\n"
                length = 0
            }
            if isPlain { result.unicodeScalars.append(Unicode.Scalar(byte)) } else { result += byte.quoted }
            length += size
        }
    }
}

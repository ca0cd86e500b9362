import Markup

/// Deciding on a character set and decoding: an input is the value of a `Content-Type` field (nothing for none), a line
/// feed and the body.
enum CharacterSetTarget {
    static func read(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0a, maxSplits: 1, omittingEmptySubsequences: false)
        let body = lines.count > 1 ? Array(lines[1]) : []
        let field = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let (utf8, label) = CharacterSet.decode(body, contentType: field.isEmpty ? nil : field)
        hold("what was decoded is valid UTF-8", String(validating: utf8, as: UTF8.self) != nil)
        hold("no zero byte is left", !utf8.contains(0))
        hold("a byte becomes three characters of four bytes at most", utf8.count <= 12 * (body.count + 1))
        let isName = label.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !($0 >= 0x41 && $0 <= 0x5a) }
        hold("the label is a short name in lower case", isName && (1...20).contains(label.utf8.count))
        // What was read stays as it is once it is UTF-8 and said to be.
        let again = CharacterSet.decode(utf8, contentType: "text/html; charset=utf-8").utf8
        hold(
            "UTF-8 stays as it is",
            again == utf8 || [[0xef, 0xbb], [0xfe, 0xff], [0xff, 0xfe]].contains(Array(utf8.prefix(2)))
        )
    }
}

import Model

/// Whether an answer is a page at all.
enum AnswerForm {
    /// A sentence that says what it is instead; nil for a page.
    static func notAPage(_ answer: HTTPResponse) -> String? {
        let type = (answer.headers["Content-Type"] ?? "").lowercased().prefix { $0 != ";" }.trimmingWhitespace()
        if let kind = kind(ofBytes: answer.body) { return "The address leads to \(kind), not to a page." }
        switch type {
        case "", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml": return nil
        default:
            return looksLikeMarkup(answer.body) && !type.hasPrefix("image/")
                ? nil : "The address leads to a file of type “\(type.prefix(80))”, not to a page."
        }
    }

    private static func kind(ofBytes body: [UInt8]) -> String? {
        let starts: [([UInt8], String)] = [
            ([0x25, 0x50, 0x44, 0x46], "a PDF document"), ([0x89, 0x50, 0x4e, 0x47], "a picture"),
            ([0xff, 0xd8, 0xff], "a picture"), ([0x47, 0x49, 0x46, 0x38], "a picture"),
            ([0x50, 0x4b, 3, 4], "an archive"),
            ([0x1f, 0x8b], "a compressed file"),
        ]
        return starts.first { body.starts(with: $0.0) }?.1
    }

    private static func looksLikeMarkup(_ body: [UInt8]) -> Bool {
        let head = body.prefix(1024).drop { $0 <= 0x20 || $0 >= 0x80 }
        guard head.first == 0x3c else { return false }
        let text = String(decoding: head, as: UTF8.self).lowercased()
        return text.contains("<html") || text.contains("<!doctype html") || text.contains("<head")
    }
}

import Markup
import Model

/// Puts the text of a price together where shops cut it up: `$` `9` `99` in three elements.
enum SplitPrice {
    /// One line of a node's visible text in which cents in an element of their own follow a point; nil where the parts
    /// are not one price.
    static func join(_ document: Document, _ node: Int) -> String? {
        var line = ""
        var figures = 0
        let end = max(node + 1, Int(document.nodes[node].end))
        for index in node..<end {
            let part = document.nodes[index]
            guard part.isText, !part.flags.contains(.hidden) else { continue }
            let text = document.text(of: index).trimmedLine
            guard !text.isEmpty else { continue }
            let hasDigit = text.utf8.contains { $0.isASCIIDigit }
            if hasDigit { figures += 1 }
            guard figures >= 2 else {
                line += line.isEmpty || text.first == "," || text.first == "." ? text : " \(text)"
                continue
            }
            guard hasDigit else {
                line += " \(text)"
                continue
            }
            guard figures == 2, let joined = joined(line, text, document, index) else { return nil }
            line = joined
        }
        return figures == 0 ? nil : line
    }

    /// Adds cents to a whole amount.
    private static func joined(_ line: String, _ text: String, _ document: Document, _ node: Int) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let last = line.last else { return nil }
        if last == "," || last == ".", digits.count == 2 { return line + text }
        if text.first == "," || text.first == ".", last.isNumber {
            let cents = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
            return cents.count == 2 ? line + text : nil
        }
        guard digits.count == 2, last.isASCII, last.isNumber, !hasCents(line) else { return nil }
        guard isCents(document, node) else { return nil }
        return "\(line).\(text)"
    }

    private static func hasCents(_ line: String) -> Bool {
        let tail = line.suffix(3)
        return tail.count == 3 && (tail.first == "." || tail.first == ",")
    }

    /// Whether the text stands in an element made for cents.
    private static func isCents(_ document: Document, _ node: Int) -> Bool {
        var next = Int(document.nodes[node].parent)
        for _ in 0..<2 where next >= 0 {
            if document.nodes[next].is(.sup) || document.nodes[next].is(.small) { return true }
            if ClassWords.read(document, next).contains(.cents) { return true }
            next = Int(document.nodes[next].parent)
        }
        return false
    }
}

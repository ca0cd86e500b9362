/// How a service counts the length of a text, and how a text is made to fit.
package enum TextMeasure: Hashable, Sendable {
    /// Bytes in UTF-8.
    case bytes
    /// UTF-16 code units, as JavaScript and Java count.
    case utf16
    /// Unicode code points, as Python and Ruby count.
    case codePoints

    /// What a longer text ends in.
    private static let mark = "…"

    /// How long the service says it is.
    package func length(of text: some StringProtocol) -> Int {
        switch self {
        case .bytes: text.utf8.count
        case .utf16: text.utf16.count
        case .codePoints: text.unicodeScalars.count
        }
    }

    /// The text as it is written in the service's markup, at most `limit` long; a longer one ends in `…`.
    ///
    /// It is cut between what people see as characters, and before `written` escapes them: no escape is torn apart.
    package func cut(_ text: String, to limit: Int, written: (String) -> String = { $0 }) -> String {
        let whole = written(text)
        guard length(of: whole) > limit else { return whole }
        let room = limit - length(of: Self.mark)
        var kept = ""
        var used = 0
        for character in text {
            let piece = written(String(character))
            used += length(of: piece)
            guard used <= room else { break }
            kept += piece
        }
        return room < 0 ? "" : kept + Self.mark
    }

    /// The lines as they are written in the service's markup, together at most `limit` long.
    ///
    /// What is too long ends after a whole line, and `…` stands on a line of its own; where not even the first line fits,
    /// that is cut.
    package func fit(_ lines: [String], to limit: Int, written: (String) -> String = { $0 }) -> String {
        let all = lines.map(written)
        let whole = all.joined(separator: "\n")
        guard length(of: whole) > limit else { return whole }
        let room = limit - length(of: "\n\(Self.mark)")
        var kept: [String] = []
        var used = 0
        for line in all {
            used += length(of: line) + (kept.isEmpty ? 0 : 1)
            guard used <= room else { break }
            kept.append(line)
        }
        guard !kept.isEmpty else {
            return cut((lines.first ?? "") + (lines.count > 1 ? Self.mark : ""), to: limit, written: written)
        }
        return (kept + [Self.mark]).joined(separator: "\n")
    }
}

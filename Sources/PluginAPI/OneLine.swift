/// Foreign text made fit for one line of a message.
package enum OneLine {
    /// Without control characters and line ends, runs of white space as one space, at most `limit` characters; a longer
    /// text ends in `…`.
    package static func text(_ foreign: String, limit: Int = .max) -> String {
        let words = clean(foreign).split(whereSeparator: \.isWhitespace)
        let line = words.joined(separator: " ")
        return line.count <= limit ? line : "\(line.prefix(limit - 1))…"
    }

    /// Control characters as spaces, and without the marks that turn the direction of what follows them: those let a
    /// product's name make an address look like another.
    package static func clean(_ foreign: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in foreign.unicodeScalars {
            switch scalar.value {
            case 0x202a...0x202e, 0x2066...0x2069: continue
            case ..<0x20, 0x7f...0x9f, 0x2028, 0x2029: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}

import PluginAPI

/// A piece of HTML.
///
/// Text put into it is escaped; only other pieces go in as they are, so nothing has to be remembered.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    let source: String

    init(stringLiteral source: String) {
        self.source = source
    }

    init(stringInterpolation: StringInterpolation) {
        source = stringInterpolation.source
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity * 2)
        }

        mutating func appendLiteral(_ literal: String) { source += literal }

        mutating func appendInterpolation(_ piece: HTML) { source += piece.source }

        /// One piece a line; nothing where there is none.
        mutating func appendInterpolation(_ pieces: [HTML]) {
            source += pieces.map(\.source).joined(separator: "\n")
        }

        /// Fit for text and for attribute values in double quotes.
        mutating func appendInterpolation(_ foreign: String) {
            for scalar in OneLine.clean(foreign).unicodeScalars {
                switch scalar {
                case "&": source += "&amp;"
                case "<": source += "&lt;"
                case ">": source += "&gt;"
                case "\"": source += "&quot;"
                case "'": source += "&#39;"
                default: source.unicodeScalars.append(scalar)
                }
            }
        }
    }
}

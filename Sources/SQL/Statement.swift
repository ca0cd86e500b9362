/// One SQL statement.
///
/// Interpolated values are bound as parameters; they can't become part of the text.
///
///     "SELECT title FROM product WHERE id = \(id)"
package struct Statement: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The text in pieces, one more than there are values; a driver joins them with its own parameter marks.
    package private(set) var pieces: [String]
    package private(set) var values: [Value]

    package init(stringLiteral text: String) {
        pieces = [text]
        values = []
    }

    package init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
        values = stringInterpolation.values
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var pieces = [""]
        fileprivate var values: [Value] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ text: String) {
            pieces[pieces.count - 1] += text
        }

        package mutating func appendInterpolation(_ value: some Bindable) {
            bind(value.boundValue)
        }

        package mutating func appendInterpolation(_ value: (some Bindable)?) {
            bind(value?.boundValue ?? .null)
        }

        /// A list for `IN`: `WHERE id IN \(list: ids)`.
        ///
        /// An empty list matches nothing.
        package mutating func appendInterpolation(list: [some Bindable]) {
            appendLiteral("(")
            if list.isEmpty { appendLiteral("NULL") }
            for (index, value) in list.enumerated() {
                if index > 0 { appendLiteral(", ") }
                bind(value.boundValue)
            }
            appendLiteral(")")
        }

        /// Rows of one column for `VALUES`; not empty.
        package mutating func appendInterpolation(rowsOf column: [some Bindable]) {
            appendInterpolation(rowsOf: column.map { [$0] as [any Bindable] })
        }

        /// Rows for `VALUES`: `WITH wanted (id, code) AS (VALUES \\(rowsOf: pairs))`; not empty.
        package mutating func appendInterpolation(rowsOf rows: [[any Bindable]]) {
            for (index, row) in rows.enumerated() {
                appendLiteral(index > 0 ? ", (" : "(")
                for (column, value) in row.enumerated() {
                    if column > 0 { appendLiteral(", ") }
                    bind(value.boundValue)
                }
                appendLiteral(")")
            }
        }

        /// Another statement, its values bound in place.
        package mutating func appendInterpolation(_ part: Statement) {
            for (index, piece) in part.pieces.enumerated() {
                appendLiteral(piece)
                if index < part.values.count { bind(part.values[index]) }
            }
        }

        private mutating func bind(_ value: Value) {
            values.append(value.storable)
            pieces.append("")
        }
    }

    /// The text with the driver's parameter marks: `mark(1)` for the first.
    package func text(mark: (Int) -> String) -> String {
        var text = pieces[0]
        for index in values.indices {
            text += mark(index + 1)
            text += pieces[index + 1]
        }
        return text
    }
}

/// A value as the engines store it.
package enum Value: Hashable, Sendable {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// PostgreSQL refuses U+0000 in text and SQLite loses what follows it; it becomes U+FFFD, as in HTML.
    fileprivate var storable: Value {
        guard case .text(let text) = self, text.utf8.contains(0) else { return self }
        return .text(String(decoding: text.utf16.map { $0 == 0 ? 0xFFFD : $0 }, as: UTF16.self))
    }
}

/// What can stand in a statement.
package protocol Bindable {
    var boundValue: Value { get }
}

extension Int: Bindable { package var boundValue: Value { .integer(self) } }
extension Double: Bindable { package var boundValue: Value { .real(self) } }
extension String: Bindable { package var boundValue: Value { .text(self) } }
/// 0 and 1 in both engines, so that one SQL text serves both.
extension Bool: Bindable { package var boundValue: Value { .integer(self ? 1 : 0) } }
extension [UInt8]: Bindable { package var boundValue: Value { .blob(self) } }

/// One SQL statement.
///
/// Interpolated values are bound as parameters; they can't become part of the text.
///
///     "SELECT title FROM product WHERE id = \(id)"
package struct Statement: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The text in pieces, one more than there are values; a driver joins them with its own parameter marks.
    package private(set) var pieces: [String]
    package private(set) var values: [Value]
    /// What each value is, also where it is null.
    package private(set) var types: [ValueType]

    package init(stringLiteral text: String) {
        pieces = [text]
        values = []
        types = []
    }

    package init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
        values = stringInterpolation.values
        types = stringInterpolation.types
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var pieces = [""]
        fileprivate var values: [Value] = []
        fileprivate var types: [ValueType] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ text: String) {
            pieces[pieces.count - 1] += text
        }

        package mutating func appendInterpolation<T: Bindable>(_ value: T) {
            bind(value.boundValue, T.boundType)
        }

        package mutating func appendInterpolation<T: Bindable>(_ value: T?) {
            bind(value?.boundValue ?? .null, T.boundType)
        }

        /// A value whose kind only the run shows; not null.
        package mutating func appendInterpolation(_ value: Value) {
            bind(value, value.type)
        }

        /// A list for `IN`: `WHERE id IN \(list: ids)`.
        ///
        /// An empty list matches nothing.
        package mutating func appendInterpolation<T: Bindable>(list: [T]) {
            appendLiteral("(")
            if list.isEmpty { appendLiteral("NULL") }
            for (index, value) in list.enumerated() {
                if index > 0 { appendLiteral(", ") }
                bind(value.boundValue, T.boundType)
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
                    bind(value.boundValue, type(of: value).boundType)
                }
                appendLiteral(")")
            }
        }

        /// Another statement, its values bound in place.
        package mutating func appendInterpolation(_ part: Statement) {
            for (index, piece) in part.pieces.enumerated() {
                appendLiteral(piece)
                if index < part.values.count { bind(part.values[index], part.types[index]) }
            }
        }

        private mutating func bind(_ value: Value, _ type: ValueType) {
            values.append(value.storable)
            types.append(type)
            pieces.append("")
        }
    }

    /// The text with the driver's parameter marks: `mark(1)` for the first.
    package func text(mark: (Int) -> String) -> String {
        guard !values.isEmpty else { return pieces[0] }
        var text = ""
        text.reserveCapacity(pieces.reduce(0) { $0 + $1.utf8.count + 4 })
        text += pieces[0]
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

    fileprivate var type: ValueType {
        switch self {
        case .integer: .integer
        case .real: .real
        case .text, .null: .text
        case .blob: .blob
        }
    }

    /// PostgreSQL refuses U+0000 in text and SQLite loses what follows it; it becomes U+FFFD, as in HTML.
    fileprivate var storable: Value {
        guard case .text(let text) = self, text.utf8.contains(0) else { return self }
        return .text(String(decoding: text.utf16.map { $0 == 0 ? 0xFFFD : $0 }, as: UTF16.self))
    }
}

/// What kind of value stands in a place of a statement.
///
/// PostgreSQL wants to know it before it sees the value, and for a null as well.
package enum ValueType: Hashable, Sendable {
    case integer, real, text, blob
}

/// What can stand in a statement.
package protocol Bindable {
    static var boundType: ValueType { get }
    var boundValue: Value { get }
}

extension Int: Bindable {
    package static let boundType = ValueType.integer
    package var boundValue: Value { .integer(self) }
}

extension Double: Bindable {
    package static let boundType = ValueType.real
    package var boundValue: Value { .real(self) }
}

extension String: Bindable {
    package static let boundType = ValueType.text
    package var boundValue: Value { .text(self) }
}

/// 0 and 1 in both engines, so that one SQL text serves both.
extension Bool: Bindable {
    package static let boundType = ValueType.integer
    package var boundValue: Value { .integer(self ? 1 : 0) }
}

extension [UInt8]: Bindable {
    package static let boundType = ValueType.blob
    package var boundValue: Value { .blob(self) }
}

/// One row of an answer; columns by name.
package struct Row: Hashable, Sendable {
    private let columns: [String: Int]
    private let values: [Value]

    /// `columns` maps a name to its place in `values`; rows of one answer share it.
    package init(columns: [String: Int], values: [Value]) {
        self.columns = columns
        self.values = values
    }

    package subscript(column: String) -> Value? { columns[column].map { values[$0] } }

    package func int(_ column: String) throws(SQLError) -> Int {
        guard let value = try optionalInt(column) else { throw .column(column, "is null") }
        return value
    }

    package func optionalInt(_ column: String) throws(SQLError) -> Int? {
        switch try value(column) {
        case .null: nil
        case .integer(let number): number
        default: throw .column(column, "is not an integer")
        }
    }

    package func optionalDouble(_ column: String) throws(SQLError) -> Double? {
        try value(column) == .null ? nil : try double(column)
    }

    package func double(_ column: String) throws(SQLError) -> Double {
        switch try value(column) {
        case .real(let number): number
        case .integer(let number): Double(number)
        default: throw .column(column, "is not a number")
        }
    }

    package func text(_ column: String) throws(SQLError) -> String {
        guard let value = try optionalText(column) else { throw .column(column, "is null") }
        return value
    }

    package func optionalText(_ column: String) throws(SQLError) -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        default: throw .column(column, "is not text")
        }
    }

    package func bool(_ column: String) throws(SQLError) -> Bool { try int(column) != 0 }

    package func blob(_ column: String) throws(SQLError) -> [UInt8] {
        guard case .blob(let bytes) = try value(column) else { throw .column(column, "is not bytes") }
        return bytes
    }

    private func value(_ column: String) throws(SQLError) -> Value {
        guard let value = self[column] else { throw .column(column, "is not in the answer") }
        return value
    }
}

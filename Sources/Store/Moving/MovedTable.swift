/// A table that an export holds, with its columns.
package struct MovedTable: Hashable, Sendable {
    package let name: String
    /// In the order in which a line of the export holds them.
    package let columns: [Column]

    package struct Column: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case text, integer, real
        }

        package let name: String
        package let kind: Kind
        /// What takes the place of a secret that was not exported; nil for a column that is no secret.
        ///
        /// Nothing that a person types or a program sends matches it.
        package let standIn: String?

        static func text(_ name: String) -> Column { Column(name: name, kind: .text, standIn: nil) }
        static func integer(_ name: String) -> Column { Column(name: name, kind: .integer, standIn: nil) }
        static func real(_ name: String) -> Column { Column(name: name, kind: .real, standIn: nil) }
        static func secret(_ name: String, insteadOf standIn: String) -> Column {
            Column(name: name, kind: .text, standIn: standIn)
        }
    }

    /// Whether its rows mean nothing without their secret.
    package let isSecret: Bool

    init(_ name: String, isSecret: Bool = false, _ columns: [Column]) {
        self.name = name
        self.isSecret = isSecret
        self.columns = columns
    }

    /// What it is ordered by: the first column, a text that is unique.
    package var key: Column { columns[0] }
}

/// A table or column that an export does not hold.
package struct LeftOut: Hashable, Sendable {
    package let table: String
    /// A sentence.
    package let reason: String

    init(_ table: String, _ reason: String) {
        self.table = table
        self.reason = reason
    }
}

/// What a database file holds, once it was looked at whole.
package struct BackupReport: Hashable, Sendable {
    package struct Table: Hashable, Sendable {
        package let name: String
        package let rows: Int

        package init(name: String, rows: Int) {
            self.name = name
            self.rows = rows
        }
    }

    package let path: String
    /// The file's length.
    package let bytes: Int
    package let schema: SchemaState
    /// By name; without those that SQLite keeps for itself.
    package let tables: [Table]

    package var rows: Int { tables.reduce(0) { $0 + $1.rows } }
}

/// How far long work is.
package struct BackupProgress: Hashable, Sendable {
    package enum Phase: Sendable, CaseIterable {
        case copying, checking
    }

    package let phase: Phase
    /// 0…1; nil where nobody knows.
    package let part: Double?

    package init(phase: Phase, part: Double?) {
        self.phase = phase
        self.part = part
    }
}

/// What a backup holds, once it was looked at whole.
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
    /// By name; without those that the engine keeps for itself.
    package let tables: [Table]
    /// What could not be examined, and why, in sentences for a person.
    ///
    /// nil when all of it was.
    package let caveat: String?

    package init(path: String, bytes: Int, schema: SchemaState, tables: [Table], caveat: String? = nil) {
        self.path = path
        self.bytes = bytes
        self.schema = schema
        self.tables = tables
        self.caveat = caveat
    }

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

/// One step of the schema.
///
/// Never edited after a release; names no Swift type of the domain.
package struct Migration: Hashable, Sendable {
    /// Literal and unique, sorted by its number: `M0001 first tables`.
    package let name: String
    /// The statements, run in order in one transaction.
    ///
    /// One text for both engines.
    package let statements: [String]
    /// What only PostgreSQL runs, behind the others.
    package let postgres: [String]
    /// The oldest version of the program that may use the database afterwards, as `0.3.0`.
    ///
    /// nil for a migration that only expands: programs that don't know it go on as before. One that removes or changes
    /// what an earlier version needs comes a release after the version that no longer needs it, and names that version.
    package let oldestUsable: String?

    package init(
        _ name: String,
        oldestUsable: String? = nil,
        _ statements: [String] = [],
        postgres: [String] = []
    ) {
        self.name = name
        self.oldestUsable = oldestUsable
        self.statements = statements
        self.postgres = postgres
    }

    /// What is run on the engine: on PostgreSQL texts compare byte by byte, as they do on SQLite, whatever language the
    /// server speaks, and bytes have another name.
    func statements(for engine: Engine) -> [Statement] {
        (engine == .postgres ? statements + postgres : statements).map { text in
            let isDefinition = text.hasPrefix("CREATE TABLE") || text.hasPrefix("ALTER TABLE")
            guard engine == .postgres, isDefinition else { return Statement(stringLiteral: text) }
            let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
                let core = word.prefix { $0.isLetter }
                switch core {
                case "TEXT": return "TEXT COLLATE \"C\"\(word.dropFirst(core.count))"
                case "BLOB": return "BYTEA\(word.dropFirst(core.count))"
                default: return String(word)
                }
            }
            return Statement(stringLiteral: words.joined(separator: " "))
        }
    }
}

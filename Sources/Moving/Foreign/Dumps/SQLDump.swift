/// Reads the rows out of a database's dump: statements as text, as `mysqldump`, `sqlite3 .dump` and `pg_dump` write them.
///
/// Only what these three write is understood, and nothing is ever run.
struct SQLDump {
    /// A row's values by column, as text; nil for NULL.
    typealias Record = [String: String?]

    private var text: DumpText
    private let tables: Set<String>
    /// What CREATE TABLE says, for an INSERT that names no columns.
    private var columns: [String: [String]] = [:]

    private init(_ text: DumpText, tables: Set<String>) {
        self.text = text
        self.tables = tables
    }

    /// Calls `use` with each row of these tables, in order.
    ///
    /// Throws `MovingError.damaged` with the line that can't be understood.
    static func read(
        _ bytes: [UInt8],
        named name: String,
        tables: Set<String>,
        use: (_ table: String, Record) throws -> Void
    ) throws {
        if bytes.starts(with: "PGDMP".utf8) {
            throw MovingError.damaged("“\(name)” is pg_dump's own format. Make a plain one: pg_dump --format=plain.")
        }
        if bytes.starts(with: "SQLite format 3".utf8) {
            throw MovingError.damaged("“\(name)” is the database itself. Make a dump of it: sqlite3 FILE .dump")
        }
        var dump = SQLDump(DumpText(bytes, name: name), tables: tables)
        while dump.text.skipToStatement() { try dump.statement(use) }
    }

    private mutating func statement(_ use: (String, Record) throws -> Void) throws {
        let word = text.word()?.uppercased()
        switch word {
        case "INSERT": try insert(use)
        case "CREATE" where text.take(word: "TABLE"): try createTable()
        case "COPY": try copy(use)
        default: try text.skipStatement()
        }
    }

    /// Reads on from `INSERT` in `INSERT INTO "name" (column, …) VALUES (value, …), (…);`.
    private mutating func insert(_ use: (String, Record) throws -> Void) throws {
        for word in ["IGNORE", "OR", "REPLACE"] { _ = text.take(word: word) }
        guard text.take(word: "INTO"), let table = text.name() else { return try text.skipStatement() }
        guard tables.contains(table) else { return try text.skipStatement() }
        var names = columns[table] ?? []
        if text.take("(") {
            names = []
            repeat { names.append(try text.requiredName()) } while text.take(",")
            try text.expect(")")
        }
        guard text.take(word: "VALUES") else { throw text.fail("VALUES is expected") }
        repeat {
            try text.expect("(")
            var values: [String?] = []
            repeat { values.append(try text.value()) } while text.take(",")
            try text.expect(")")
            guard values.count == names.count else {
                throw text.fail("there are \(values.count) values for \(names.count) columns of “\(table)”")
            }
            try use(table, Dictionary(zip(names, values)) { first, _ in first })
        } while text.take(",")
        try text.skipStatement()
    }

    private mutating func createTable() throws {
        if text.take(word: "IF") { _ = (text.take(word: "NOT"), text.take(word: "EXISTS")) }
        guard let table = text.name(), tables.contains(table), text.take("(") else { return try text.skipStatement() }
        let notColumns: Set = [
            "PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN", "INDEX", "CHECK", "FULLTEXT", "SPATIAL", "EXCLUDE",
        ]
        var names: [String] = []
        repeat {
            let isQuoted = text.isAtQuotedName
            guard let name = text.name() else { break }
            if isQuoted || !notColumns.contains(name.uppercased()) { names.append(name) }
            try text.skipDefinition()
        } while text.take(",")
        columns[table] = names
        try text.skipStatement()
    }

    /// Reads on from `COPY` in `COPY public.name (column, …) FROM stdin;`, and the lines up to `\.` with values between tabs.
    private mutating func copy(_ use: (String, Record) throws -> Void) throws {
        guard let table = text.name(), text.take("(") else { return try text.skipStatement() }
        var names: [String] = []
        repeat { names.append(try text.requiredName()) } while text.take(",")
        try text.skipStatement()
        text.skipLine()
        while let line = text.line() {
            if line == "\\." { return }
            guard tables.contains(table) else { continue }
            let values = line.split(separator: "\t", omittingEmptySubsequences: false).map(DumpText.unescapedCopy)
            guard values.count == names.count else {
                throw text.fail("there are \(values.count) values for \(names.count) columns of “\(table)”")
            }
            try use(table, Dictionary(zip(names, values)) { first, _ in first })
        }
        throw text.fail("the file ends within the rows of “\(table)”")
    }
}

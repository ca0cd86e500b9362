import FoundationEssentials
import SQL
import Store

/// The first line of an export: what it is, and what is in it.
package struct ExportHead: Hashable, Sendable, Codable {
    package struct Table: Hashable, Sendable, Codable {
        package let name: String
        package let columns: [String]
        package let rows: Int
    }

    /// Milliseconds since 1970.
    struct Span: Hashable, Sendable, Codable {
        let first: Int
        let last: Int
    }

    let export: String
    /// Of the format; one that is larger can't be read by this program.
    let version: Int
    /// The program that made it.
    package let program: String
    /// When, as ISO 8601.
    package let made: String
    /// The migrations of the store, in order.
    let migrations: [String]
    /// Whether password hashes, tokens and the secrets of channels are in it.
    package let secrets: Bool
    /// When the first and the last run of the history began; nil where there is none.
    let history: Span?
    /// In the order in which their rows follow.
    package let tables: [Table]

    static let format = "price-monitor"
    static let newestVersion = 1

    /// How a line begins that is one.
    static let beginning = Array(#"{"export":"price-monitor","#.utf8)

    package var rows: Int { tables.reduce(0) { $0 + $1.rows } }

    init(program: String, made: String, secrets: Bool, history: Span?, tables: [Table]) {
        export = Self.format
        version = Self.newestVersion
        self.program = program
        self.made = made
        migrations = StoreSchema.migrations.map(\.name)
        self.secrets = secrets
        self.history = history
        self.tables = tables
    }

    /// One line with its end; the format's name stands first.
    func line() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let members = try encoder.encode(Members(self)).dropFirst()
        return Self.beginning + members + [UInt8(ascii: "\n")]
    }

    /// Everything but the format's name.
    private struct Members: Encodable {
        let version: Int
        let program: String
        let made: String
        let migrations: [String]
        let secrets: Bool
        let history: Span?
        let tables: [Table]

        init(_ head: ExportHead) {
            (version, program, made) = (head.version, head.program, head.made)
            (migrations, secrets, history, tables) = (head.migrations, head.secrets, head.history, head.tables)
        }
    }
}

/// The last line of an export: without it the file is not whole.
struct ExportFoot: Hashable, Sendable, Codable {
    let end: String
    let rows: Int
    /// Of every byte before this line, as hexadecimal digits.
    let sha256: String

    static let beginning = Array(#"{"end":"price-monitor","#.utf8)

    init(rows: Int, sha256: String) {
        end = ExportHead.format
        self.rows = rows
        self.sha256 = sha256
    }

    func line() -> [UInt8] {
        Self.beginning + Array(#""rows":\#(rows),"sha256":"\#(sha256)"}"#.utf8) + [UInt8(ascii: "\n")]
    }
}

import SQL
import Store

/// The rows that an export holds, as its lines.
struct RowSource: Sendable {
    /// A table with those of its columns that are exported.
    struct Part: Sendable {
        let table: MovedTable
        let columns: [MovedTable.Column]
        /// How each of its lines begins.
        let lineBeginning: [UInt8]

        init(_ table: MovedTable, _ columns: [MovedTable.Column]) {
            self.table = table
            self.columns = columns
            lineBeginning = Array(#"["\#(table.name)","#.utf8)
        }
    }

    let parts: [Part]
    private let withoutSecrets: ChannelSecrets?

    /// Small enough to stay in memory twice, large enough that asking for it costs little.
    private static let page = 2000

    init(withSecrets: Bool, secrets: ChannelSecrets) {
        parts = StoreSchema.moved.filter { withSecrets || !$0.isSecret }.map { table in
            Part(table, table.columns.filter { withSecrets || $0.standIn == nil })
        }
        withoutSecrets = withSecrets ? nil : secrets
    }

    /// Only what these tables of an export hold; nil when this program knows no such table or column.
    init?(_ tables: [ExportHead.Table]) {
        var parts: [Part] = []
        for wanted in tables {
            guard let table = StoreSchema.moved.first(where: { $0.name == wanted.name }) else { return nil }
            let columns = wanted.columns.compactMap { name in table.columns.first { $0.name == name } }
            guard columns.count == wanted.columns.count, columns.first == table.key else { return nil }
            parts.append(Part(table, columns))
        }
        self.parts = parts
        withoutSecrets = nil
    }

    /// Calls `write` with some lines at a time, in order; says how many there were.
    func read(_ connection: any Connection, write: (_ lines: [UInt8], _ rows: Int) throws -> Void) throws -> Int {
        var total = 0
        var line = JSONLine()
        for part in parts {
            var key: String?
            while true {
                let rows = try connection.rows(of: part.table, part.columns, after: key, limit: Self.page)
                for row in rows { try line.append(part.table.name, values(of: row, part)) }
                guard let last = rows.last else { break }
                key = try last.text(part.table.key.name)
                total += rows.count
                try write(line.bytes, rows.count)
                line.clear()
                if rows.count < Self.page { break }
            }
        }
        return total
    }

    private func values(of row: Row, _ part: Part) throws -> [Value] {
        let values = part.columns.map { row[$0.name] ?? .null }
        guard part.table == StoreSchema.channel, let withoutSecrets else { return values }
        return try withoutSecrets.removed(from: values, part.columns)
    }
}

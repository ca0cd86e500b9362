/// Rows in columns, for people.
enum TextTable {
    /// The lines, the heads first; two spaces between columns, none at the ends of lines.
    static func lines(heads: [String], rows: [[String]]) -> [String] {
        let all = (heads.isEmpty ? [] : [heads]) + rows
        let count = all.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if row[(column + 1)...].contains(where: { !$0.isEmpty }) {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            return line
        }
    }
}

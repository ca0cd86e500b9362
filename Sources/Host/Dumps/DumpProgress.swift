/// Tells from what `pg_dump` and `pg_restore` say how far they are.
struct DumpProgress: Sendable {
    /// What each table weighs, by its name with its schema's.
    private let weights: [String: Int]
    private let total: Int
    private var begun = 0
    private var current = 0

    init(weights: [String: Int]) {
        self.weights = weights
        // A table without rows takes a moment too.
        total = max(weights.values.reduce(0) { $0 + $1 + 1 }, 1)
    }

    /// 0…1; nil when the line is about something else.
    mutating func part(after line: String) -> Double? {
        // pg_dump: dumping contents of table "public.account"
        // pg_restore: processing data for table "public.account"
        guard line.contains("dumping contents of table") || line.contains("processing data for table"),
            let name = line.split(separator: "\"").dropFirst().first, let weight = weights[String(name)]
        else { return nil }
        begun += current
        current = weight + 1
        return Double(begun) / Double(total)
    }
}

import Moving

/// What an import from another program did, or would do, for a person.
enum ForeignReport {
    /// More of one kind say nothing new.
    private static let most = 20

    static func lines(_ plan: ForeignPlan, isRehearsal: Bool) -> [String] {
        let counts = [
            ("products", plan.products.count), ("addresses", plan.listings), ("runs of the history", plan.runs),
            ("checks", plan.checks), ("alerts", plan.alerts),
        ]
        let verb = isRehearsal ? "would come" : "came"
        var lines = ["From \(plan.program) these \(verb) over:"]
        lines += TextTable.lines(heads: [], rows: counts.map { ["  \($0.0)", "\($0.1)"] })
        if !plan.notMoved.isEmpty { lines.append("These \(isRehearsal ? "would" : "did") not:") }
        // By reason, so that a thousand of one kind hide nothing else.
        var order: [String] = []
        var byReason: [String: [String]] = [:]
        for item in plan.notMoved {
            if byReason[item.reason] == nil { order.append(item.reason) }
            byReason[item.reason, default: []].append(item.what)
        }
        for reason in order {
            let items = byReason[reason] ?? []
            lines.append("  \(reason)")
            lines += items.prefix(most).map { "    \($0)" }
            if items.count > most { lines.append("    and \(items.count - most) more") }
        }
        if isRehearsal { lines.append("Nothing was changed.") }
        return lines
    }
}

extension Plan {
    /// As people read it.
    package var text: String {
        var lines = ["Plan for “\(environment)”:"]
        for part in parts {
            lines += ["", part.stage]
            lines += part.survey.facts.map { "    \($0.name): \($0.value)" }
            if part.survey.changes.isEmpty { lines.append("    as it should be") }
            lines += Self.lines(part.survey.changes)
        }
        for part in later where !part.changes.isEmpty { lines += ["", part.stage] + Self.lines(part.changes) }
        let unknown = later.filter(\.changes.isEmpty).map(\.stage)
        if let obstacle = parts.last?.survey.obstacle, !unknown.isEmpty {
            lines += ["", "\(unknown.joined(separator: ", ")): \(obstacle)"]
        }
        return (lines + ["", summary]).joined(separator: "\n")
    }

    private static func lines(_ changes: [PlannedChange]) -> [String] {
        changes.flatMap { change in
            let cost = change.cost.map { " (\($0))" } ?? ""
            return ["  \(change.kind.mark) \(change.what)\(cost)", "      \(change.why)"]
        }
    }

    /// One sentence.
    package var summary: String {
        guard !isDone else { return "Nothing is to be done." }
        let counts = PlannedChange.Kind.allCases.compactMap { kind -> String? in
            let count = changes.count { $0.kind == kind }
            guard count > 0 else { return nil }
            return switch kind {
            case .create: "\(count) to create"
            case .change: "\(count) to change"
            case .destroy: "\(count) to destroy"
            case .person: "\(count) for a person"
            case .obstacle: "\(count) for a person before anything else"
            }
        }
        return counts.isEmpty ? "Nothing is to be done yet." : "\(counts.joined(separator: ", "))."
    }
}

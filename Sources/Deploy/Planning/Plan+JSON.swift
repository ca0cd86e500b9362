import Foundation

extension Plan {
    /// For machines: one line.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let value = Written(
            environment: environment,
            fingerprint: fingerprint,
            isDone: isDone,
            stages: parts.map { part in
                Written.Stage(
                    name: part.stage,
                    facts: Dictionary(part.survey.facts.map { ($0.name, $0.value) }) { first, _ in first },
                    changes: part.survey.changes.map(Written.Change.init),
                    obstacle: part.survey.obstacle
                )
            },
            later: later.map { Written.Later(name: $0.stage, changes: $0.changes.map(Written.Change.init)) }
        )
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private struct Written: Encodable {
        struct Change: Encodable {
            let id: String
            let kind: String
            let what: String
            let why: String
            let cost: String?

            init(_ change: PlannedChange) {
                (id, kind, what) = (change.id, change.kind.rawValue, change.what)
                (why, cost) = (change.why, change.cost)
            }
        }

        struct Later: Encodable {
            let name: String
            let changes: [Change]
        }

        struct Stage: Encodable {
            let name: String
            let facts: [String: String]
            let changes: [Change]
            let obstacle: String?
        }

        let environment: String
        let fingerprint: String
        let isDone: Bool
        let stages: [Stage]
        let later: [Later]
    }
}

import Crypto
import Foundation
import Model

/// What would be done to an environment, stage by stage.
package struct Plan: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package let stage: String
        package let survey: StageSurvey
    }

    /// A stage that can't be looked at before those above it are done.
    package struct Later: Hashable, Sendable {
        package let stage: String
        /// What it will do, where that is known.
        package let changes: [PlannedChange]
    }

    package let environment: String
    /// What everything of the environment carries, or would carry.
    package let mark: String
    /// Those that could be looked at.
    package let parts: [Part]
    package let later: [Later]

    package var changes: [PlannedChange] { parts.flatMap(\.survey.changes) + later.flatMap(\.changes) }
    /// What only a person can do.
    package var forPeople: [PlannedChange] { changes.filter(\.isForPerson) }
    /// What has to be solved before anything is done.
    package var obstacles: [PlannedChange] { changes.filter { $0.kind == .obstacle } }
    /// Of each change, with its stage: `machine/firewall`.
    var ids: Set<String> {
        let here = parts.flatMap { part in part.survey.changes.map { "\(part.stage)/\($0.id)" } }
        return Set(here + later.flatMap { part in part.changes.map { "\(part.stage)/\($0.id)" } })
    }
    /// Whether all is as it should be.
    package var isDone: Bool { changes.isEmpty && later.isEmpty }

    /// Looks at every stage up to the first that keeps the rest from being looked at.
    package static func survey(_ stages: [any Stage], of environment: String, mark: String) async throws -> Plan {
        var parts: [Part] = []
        for (place, stage) in stages.enumerated() {
            let survey = try await stage.survey()
            parts.append(Part(stage: stage.name, survey: survey))
            guard survey.obstacle == nil else {
                var later: [Later] = []
                for stage in stages[(place + 1)...] {
                    // What is found out before may stand in the words of what is to come.
                    let obstacles = try await stage.precheck()
                    let known = survey.isBeforeAll ? stage.outlook() : []
                    later.append(Later(stage: stage.name, changes: obstacles + known))
                }
                return Plan(environment: environment, mark: mark, parts: parts, later: later)
            }
        }
        return Plan(environment: environment, mark: mark, parts: parts, later: [])
    }

    /// Stands for what would be done: two plans with the same one do the same.
    ///
    /// Why it would be done is left out, for what is there may change by itself, such as the state of what is unwell; what is
    /// wanted is in it, value by value.
    /// The mark is left out, for before the first run each plan has another.
    package var fingerprint: String {
        var hash = SHA256()
        for (stage, changes) in parts.map({ ($0.stage, $0.survey.changes) }) + later.map({ ($0.stage, $0.changes) }) {
            for change in changes {
                let line = [stage, change.id, change.kind.rawValue, change.what, change.wanted]
                    .joined(separator: "\u{1f}")
                hash.update(data: Data("\(line.replacing(mark, with: "*"))\u{1e}".utf8))
            }
        }
        for part in later { hash.update(data: Data("\(part.stage)\u{1e}".utf8)) }
        return hash.finalize().prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

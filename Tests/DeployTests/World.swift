import Deploy
import Synchronization

/// What there is, and whoever dies while changing it.
final class World: Sendable {
    struct Death: Error {}

    struct State {
        /// Every thing that was ever made, with the mark it carries, in the order of making.
        var things: [String] = []
        var touches = 0
        /// The touch before or after which the run dies.
        var deathAt: (touch: Int, isAfter: Bool)?
    }

    let state = Mutex(State())

    /// Makes or removes a thing.
    func touch(_ change: (inout [String]) -> Void) throws {
        try state.withLock { state in
            state.touches += 1
            let isLast = state.deathAt?.touch == state.touches
            if isLast, state.deathAt?.isAfter == false { throw Death() }
            change(&state.things)
            if isLast { throw Death() }
        }
    }

    var things: [String] { state.withLock { $0.things } }
}

/// Wants some things to be there, one after the other.
struct ThingStage: Stage {
    let name: String
    let wanted: [String]
    let mark: String
    let world: World
    /// What it reports for people.
    var forPeople: [PlannedChange] = []
    /// Where it never gets what it makes.
    var isLeaking = false

    func survey() async throws -> StageSurvey {
        let missing = wanted.filter { !world.things.contains("\(mark)/\($0)") }
        return StageSurvey(
            facts: [.init("there", "\(wanted.count - missing.count) of \(wanted.count)")],
            changes: missing.map {
                PlannedChange(id: $0, kind: .create, what: $0, why: "There is no \($0).", cost: "1 EUR")
            }
                + forPeople,
            obstacle: missing.isEmpty ? nil : "They need what \(name) makes."
        )
    }

    func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        say("waiting for \(change.id)")
        guard !isLeaking else { return }
        try world.touch { things in
            if change.kind == .destroy {
                things.removeAll { $0 == "\(mark)/\(change.id)" }
            } else {
                things.append("\(mark)/\(change.id)")
            }
        }
    }

    func removal() async throws -> [PlannedChange] {
        wanted.reversed().filter { world.things.contains("\(mark)/\($0)") }
            .map { PlannedChange(id: $0, kind: .destroy, what: $0, why: "It carries the mark.") }
    }
}

/// Remembers what it was told.
final class Witness: RunListener {
    private let words = Mutex<[String]>([])

    var told: [String] { words.withLock { $0 } }

    func resumes(at what: String, of stage: String) { words.withLock { $0.append("resumes \(what)") } }
    func begins(_ change: PlannedChange, of stage: String) { words.withLock { $0.append("begins \(change.id)") } }
    func waits(_ what: String) { words.withLock { $0.append(what) } }
    func ends(_ change: PlannedChange, of stage: String) { words.withLock { $0.append("ends \(change.id)") } }
}

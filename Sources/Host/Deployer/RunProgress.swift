import Deploy
import Model
import Synchronization

/// Tells whoever watches a run what is being done, with the time it took.
final class RunProgress: RunListener {
    private let isQuiet: Bool
    private let start = Mutex(ContinuousClock.now)

    /// A quiet one tells nothing, for a program that reads what the command says at its end.
    init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

    private func tell(_ line: String) {
        if !isQuiet { StandardOutput.write(line) }
    }

    /// Something that is no change of a plan.
    func begin(_ what: String) {
        start.withLock { $0 = .now }
        tell("  \(what) …")
    }

    func resumes(at what: String, of stage: String) {
        tell("The last run was cut short at “\(what)” (\(stage)). Going on from there.")
    }

    func begins(_ change: PlannedChange, of stage: String) {
        start.withLock { $0 = .now }
        tell("\(change.kind.mark) \(change.what) …")
    }

    func waits(_ what: String) { tell("    \(elapsed)  \(what)") }

    func ends(_ change: PlannedChange, of stage: String) { tell("    \(elapsed)  done") }

    /// Of the present step.
    private var elapsed: String {
        let seconds = (ContinuousClock.now - start.withLock { $0 }).wholeSeconds
        let rest = seconds % 60
        return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}

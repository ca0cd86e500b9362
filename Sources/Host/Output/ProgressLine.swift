import Moving
import Operations
import SQL
import Synchronization

/// Tells a person how far long work is: one line that changes on a terminal, else a line now and then.
final class ProgressLine: Sendable {
    private struct State {
        var text = ""
        var next: ContinuousClock.Instant
    }

    private let isTerminal: Bool
    private let state: Mutex<State>

    /// How often a line is written where it can't be changed; shorter work is told by its end alone.
    private static let interval: Duration = .seconds(5)

    init(isTerminal: Bool = StandardError.isTerminal) {
        self.isTerminal = isTerminal
        state = Mutex(State(next: .now + Self.interval))
    }

    @Sendable
    func show(_ progress: BackupProgress) { show(Self.text(progress)) }

    @Sendable
    func show(_ progress: MovingProgress) { show(Self.text(progress)) }

    private func show(_ text: String) {
        let isDue = state.withLock { state in
            guard state.text != text, isTerminal || ContinuousClock.now >= state.next else { return false }
            state.text = text
            state.next = .now + Self.interval
            return true
        }
        guard isDue else { return }
        if isTerminal { StandardError.put("\r\u{1B}[K\(text)") } else { StandardError.write(text) }
    }

    /// Leaves the terminal's line to whoever writes next.
    func end() {
        guard isTerminal, state.withLock({ !$0.text.isEmpty }) else { return }
        StandardError.put("\r\u{1B}[K")
    }

    static func text(_ progress: BackupProgress) -> String {
        let what =
            switch progress.phase {
            case .copying: "Copying"
            case .checking: "Examining"
            }
        guard let part = progress.part else { return "\(what) …" }
        return "\(what): \(Int(part * 100)) %"
    }

    static func text(_ progress: MovingProgress) -> String {
        let what =
            switch progress.phase {
            case .exporting: "Exporting"
            case .examining: "Examining"
            case .importing: "Importing"
            case .comparing: "Comparing"
            }
        return "\(what): \(Int(progress.part * 100)) %"
    }
}

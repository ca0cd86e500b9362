import Deploy
import Model
import Operations

/// One run of a verb, as the journal has it.
struct RecordedRun: Hashable, Sendable {
    enum End: Hashable, Sendable {
        case done, left, cutShort, atWork
        /// With the reason.
        case failed(String)
    }

    let at: Timestamp
    let verb: String
    /// `anna@laptop, process 4711`.
    let by: String
    var end: End = .cutShort

    /// All of them, oldest first; the last one may be at work.
    static func all(in entries: [JournalEntry], isAtWork: Bool) -> [RecordedRun] {
        var runs: [RecordedRun] = []
        for entry in entries {
            switch entry.event {
            case .began(let verb, let by): runs.append(RecordedRun(at: entry.at, verb: verb, by: by))
            case .ended(let isDone): runs.end(with: isDone ? .done : .left)
            case .failure(_, _, let why): runs.end(with: .failed(why))
            case .mark, .intent, .result: continue
            }
        }
        if isAtWork, runs.last?.end == .cutShort { runs.end(with: .atWork) }
        return runs
    }

    /// As people read it.
    var line: String {
        let words =
            switch end {
            case .done: "done"
            case .left: "something was left"
            case .cutShort: "cut short"
            case .atWork: "at work"
            case .failed(let why): "failed. \(why)"
            }
        return "\(at.iso8601) \(verb) by \(by): \(words)"
    }

    var json: JSON {
        let (word, why): (String, String?) =
            switch end {
            case .done: ("done", nil)
            case .left: ("left", nil)
            case .cutShort: ("cutShort", nil)
            case .atWork: ("atWork", nil)
            case .failed(let why): ("failed", why)
            }
        return [
            "at": .string(at.iso8601), "verb": .string(verb), "by": .string(by), "end": .string(word), "why": JSON(why),
        ]
    }
}

extension [RecordedRun] {
    fileprivate mutating func end(with end: RecordedRun.End) {
        guard !isEmpty else { return }
        self[count - 1].end = end
    }
}

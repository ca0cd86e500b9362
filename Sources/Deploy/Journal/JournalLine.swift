import FoundationEssentials
import Model

/// How an entry stands in the file.
///
/// A version that does not know an event must not go on where another has been: it would read past what that began.
struct JournalLine: Codable {
    /// Goes up when an older program would misread the file.
    static let version = 1

    struct Version: Decodable {
        let version: Int
    }

    private(set) var version = Self.version
    let at: String
    let event: String
    var mark: String?
    var verb: String?
    var by: String?
    var stage: String?
    var change: String?
    var what: String?
    var why: String?
    var isDone: Bool?

    init(_ entry: JournalEntry) {
        at = entry.at.iso8601
        switch entry.event {
        case .mark(let mark):
            event = "mark"
            self.mark = mark
        case .began(let verb, let by):
            event = "began"
            (self.verb, self.by) = (verb, by)
        case .intent(let stage, let change, let what):
            event = "intent"
            (self.stage, self.change, self.what) = (stage, change, what)
        case .result(let stage, let change):
            event = "result"
            (self.stage, self.change) = (stage, change)
        case .failure(let stage, let change, let why):
            event = "failure"
            (self.stage, self.change, self.why) = (stage, change, why)
        case .ended(let isDone):
            event = "ended"
            self.isDone = isDone
        }
    }

    /// nil for a line that says nothing this version knows.
    var entry: JournalEntry? {
        guard let at = Timestamp(iso8601: at, in: .utc) else { return nil }
        let event: JournalEntry.Event? =
            switch event {
            case "mark": mark.map { .mark($0) }
            case "began": verb.flatMap { verb in by.map { .began(verb: verb, by: $0) } }
            case "intent":
                stage.flatMap { stage in
                    change.flatMap { change in what.map { .intent(stage: stage, change: change, what: $0) } }
                }
            case "result": stage.flatMap { stage in change.map { .result(stage: stage, change: $0) } }
            case "failure":
                stage.flatMap { stage in
                    change.flatMap { change in why.map { .failure(stage: stage, change: change, why: $0) } }
                }
            case "ended": isDone.map { .ended(isDone: $0) }
            default: nil
            }
        return event.map { JournalEntry(at: at, $0) }
    }
}

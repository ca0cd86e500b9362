import Deploy
import Model
import Operations
import Testing

@testable import Host

struct RecordedRunTests {
    private static let start = Timestamp(milliseconds: 0)

    private static func entry(_ event: JournalEntry.Event) -> JournalEntry { JournalEntry(at: start, event) }

    @Test func `each run has its end, and the last one may be at work`() {
        let entries: [JournalEntry] = [
            JournalEntry(at: Self.start, .mark("pma-staging-1")),
            Self.entry(.began(verb: "apply", by: "anna")),
            Self.entry(.intent(stage: "machine", change: "a", what: "b")),
            Self.entry(.failure(stage: "machine", change: "a", why: "No room.")),
            Self.entry(.began(verb: "apply", by: "anna")), Self.entry(.ended(isDone: false)),
            Self.entry(.began(verb: "backup", by: "ben")), Self.entry(.ended(isDone: true)),
            Self.entry(.began(verb: "apply", by: "anna")),
        ]
        let runs = RecordedRun.all(in: entries, isAtWork: false)
        #expect(runs.map(\.end) == [.failed("No room."), .left, .done, .cutShort])
        #expect(RecordedRun.all(in: entries, isAtWork: true).last?.end == .atWork)
        #expect(RecordedRun.all(in: entries.dropLast(), isAtWork: true).last?.end == .done)
        #expect(runs.first?.line.hasSuffix("apply by anna: failed. No room.") == true)
        #expect(runs.first?.json.line.contains(#""verb":"apply","by":"anna","end":"failed","why":"No room.""#) == true)
        #expect(runs.last?.json.line.hasSuffix(#""end":"cutShort","why":null}"#) == true)
    }
}

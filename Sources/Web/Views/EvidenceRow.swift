import Model

/// One piece of evidence, as a table shows it.
struct EvidenceRow: Sendable, Hashable {
    let field: String
    let value: String
    let text: String
    let strategy: String
    let path: String
    let sure: String
    let level: String

    init(_ evidence: Evidence) {
        field = ReadingText.field(evidence.field)
        value = ReadingText.value(evidence) ?? "not readable"
        text = evidence.text
        strategy = evidence.strategy
        path = evidence.path
        sure = SureText.sure(evidence.confidence)
        level = SureText.level(evidence.confidence)
    }
}

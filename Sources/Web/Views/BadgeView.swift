/// One or two words with a colour.
struct BadgeView: Sendable, Hashable {
    let text: String
    /// `good`, `quiet`, `doubt` or `bad`; a class in the style sheet.
    let mood: String
}

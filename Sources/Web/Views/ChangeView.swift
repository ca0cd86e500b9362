/// How a price moved, with a colour and words for those who do not see it.
struct ChangeView: Sendable, Hashable {
    /// Such as `−4.9 %`.
    let text: String
    /// `cheaper` or `dearer`; a class in the style sheet.
    let mood: String
    /// Such as `cheaper than before`.
    let words: String

    /// nil for no change, or one that rounds to nothing.
    init?(_ fraction: Double?) {
        guard let fraction, let text = SureText.change(fraction) else { return nil }
        self.text = text
        mood = fraction < 0 ? "cheaper" : "dearer"
        words = "\(mood) than before"
    }
}

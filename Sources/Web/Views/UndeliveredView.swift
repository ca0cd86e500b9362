/// That messages do not arrive, where people look at what they would be about.
struct UndeliveredView: Sendable, Hashable {
    let sentence: String

    /// The names of channels that do not work; nil where there is none.
    init?(_ broken: [String]) {
        guard let first = broken.first else { return nil }
        sentence =
            broken.count == 1
            ? "The last message could not be delivered on your channel “\(first)”."
            : "The last messages could not be delivered on \(broken.count) of your channels."
    }
}

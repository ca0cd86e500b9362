/// A request that could not be done: `error.mustache`.
struct ErrorView: Sendable {
    let frame: PageFrame
    /// Such as `404`.
    let code: String
    let headline: String
    let sentence: String
    /// What the log calls the request; nil where there is nothing to look up.
    let reference: String?
    let back: String
    let backText: String
}

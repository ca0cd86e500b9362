/// A question before something is removed: `confirm.mustache`.
struct ConfirmView: Sendable {
    let frame: PageFrame
    let formToken: String
    let headline: String
    let sentence: String
    let action: String
    let actionText: String
    let back: String
}

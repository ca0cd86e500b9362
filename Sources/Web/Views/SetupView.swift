/// The page behind the one-time link: `setup.mustache`.
struct SetupView: Sendable {
    let frame: PageFrame
    /// Whether the link still works.
    let isOpen: Bool
    let invitation: String
    let visitorToken: String
    let name: String
    let nameProblem: String?
    let passwordProblem: String?
}

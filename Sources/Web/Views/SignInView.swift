/// The page to sign in: `sign-in.mustache`.
struct SignInView: Sendable {
    let frame: PageFrame
    let visitorToken: String
    /// Where to go afterwards, a local path.
    let next: String
    let name: String
    let problem: String?
    /// Whether nobody has an account yet.
    let isFirst: Bool
}

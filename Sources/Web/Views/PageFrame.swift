/// What surrounds every page: `layout.mustache`.
struct PageFrame: Sendable {
    let title: String
    /// A path within this installation.
    let stylesheet: String
    let icon: String
    /// What keeps the page as it is at the server, a path; nil for a page that stays as it is.
    var live: String?
    /// The program's version: `0.1.0`.
    let version: String
    /// nil before someone signed in.
    let account: AccountView?
    let isProducts: Bool
    let isAlerts: Bool
    let isChannels: Bool
    var isDigest = false
    var isAccount = false
    /// What was just done, a sentence.
    let notice: String?
    /// Seconds after which the page asks for itself again; nil for never.
    var refresh: String?

    struct AccountView: Sendable {
        let name: String
        let formToken: String
    }
}

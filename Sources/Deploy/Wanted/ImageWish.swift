/// The image that every application runs.
package struct ImageWish: Hashable, Sendable {
    /// With the registry, without tag: `ghcr.io/anna/price-monitoring-agent`.
    package var name: String
    /// `latest`, `dev`.
    package var tag: String
    /// Whether the applications name the digest that was planned; else the tag, which a pipeline moves and deploys.
    package var isPinned: Bool
    /// nil where everybody may pull it.
    package var login: Login?
    /// Whether the registry speaks http, for one on this machine.
    package var isPlain: Bool

    package init(name: String, tag: String, isPinned: Bool = true, login: Login? = nil, isPlain: Bool = false) {
        self.name = name
        self.tag = tag
        self.isPinned = isPinned
        self.login = login
        self.isPlain = isPlain
    }

    /// `ghcr.io`.
    package var registry: String { String(name.prefix { $0 != "/" }) }
    /// What the registry knows it by: `anna/price-monitoring-agent`.
    package var repository: String { String(name.dropFirst(registry.count + 1)) }

    /// Who may pull it.
    package struct Login: Hashable, Sendable {
        package let user: String
        package let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }
}

/// A PostgreSQL on the machine, as its container knows it.
package struct DatabaseContainer: Hashable, Sendable {
    /// Of the container, which is Coolify's of the database too.
    package let id: String
    package let user: String
    package let name: String

    /// By the address that the applications have: `postgres://user:password@id:5432/name`.
    package init?(url: String) {
        guard let scheme = url.firstRange(of: "://"), let at = url.lastIndex(of: "@") else { return nil }
        let credentials = url[scheme.upperBound..<at]
        let rest = url[url.index(after: at)...]
        id = String(rest.prefix { $0 != ":" && $0 != "/" })
        user = String(credentials.prefix { $0 != ":" })
        name = rest.firstIndex(of: "/").map { String(rest[rest.index(after: $0)...].prefix { $0 != "?" }) } ?? ""
        // All of them stand in scripts.
        guard [id, user, name].allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil }) else { return nil }
    }
}

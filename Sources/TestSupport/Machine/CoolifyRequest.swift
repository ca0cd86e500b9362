/// One request that the fake Coolify got.
package struct CoolifyRequest: Codable, Sendable {
    package let method: String
    package let url: String
    /// The token is left out of `Authorization`.
    package let headers: [String: String]
    /// nil: none.
    package let body: String?

    /// Behind /api/v1, with the query.
    package var path: String { url.firstRange(of: "/api/v1").map { String(url[$0.upperBound...]) } ?? url }
}

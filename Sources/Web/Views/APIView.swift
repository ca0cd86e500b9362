/// The page about the API, drawn from the route table: `api.mustache`.
struct APIView: Sendable {
    let frame: PageFrame
    /// Such as `https://prices.example`.
    let origin: String
    let routes: [RouteRow]

    struct RouteRow: Sendable, Hashable {
        let method: String
        let path: String
        let summary: String
        let rights: String
    }
}

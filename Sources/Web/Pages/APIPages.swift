import Hummingbird
import Model

/// The page that tells people about the REST interface.
struct APIPages: Sendable {
    let site: Site

    func add(to router: some RouterMethods<WebContext>) {
        router.get("/api") { request, context in
            let host = request.head.authority.map { "http://\($0)" } ?? ""
            let view = APIView(
                frame: site.frame("API", context),
                origin: site.publicURL ?? host,
                routes: APIRoutes.all.map { route in
                    APIView.RouteRow(
                        method: route.method.rawValue,
                        path: "/api/v1\(route.path)",
                        summary: route.summary,
                        rights: route.rights.rawValue
                    )
                }
            )
            return site.page(view)
        }
    }
}

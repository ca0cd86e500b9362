import Hummingbird
import Synchronization

/// Says what an address does instead, where it is known but not for the method that was asked for.
///
/// `OPTIONS` is answered with the same list; everything else that finds no route stays “not found”.
struct OtherMethods: RouterMiddleware {
    let table: RouteTable

    /// What the router calls the route of a request that it has none for.
    static let unknown = "NotFound"

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            guard context.coreContext.endpointPath.value == Self.unknown,
                let known = table.route(of: request.uri.path)
            else { throw error }
            context.coreContext.endpointPath.value = known.pattern
            guard request.method == .options else { throw WrongMethod(allow: known.methods) }
            return Response(status: .noContent, headers: [.allow: known.methods])
        }
    }
}

/// The address is there, but not for this method.
struct WrongMethod: Error {
    /// Such as `GET, HEAD`.
    let allow: String
}

/// Which methods each address of the router has; filled once all of them are known.
final class RouteTable: Sendable {
    private struct Route {
        /// As the router writes it: `/products/{product}`.
        let pattern: String
        let parts: [Substring]
        var methods: Set<String>
    }

    private let routes = Mutex<[Route]>([])

    func fill(from router: Router<WebContext>) {
        var found: [String: Set<String>] = [:]
        for route in router.routes {
            found["\(route.path)", default: []].insert(route.method.rawValue)
        }
        let all = found.map { pattern, methods in
            Route(
                pattern: pattern,
                parts: pattern.split(separator: "/"),
                methods: methods.union(methods.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])
            )
        }
        routes.withLock { $0 = all }
    }

    /// The pattern that a path fits and its methods, as the header `Allow` names them; nil where there is none.
    func route(of path: String) -> (pattern: String, methods: String)? {
        let parts = path.split(separator: "/")
        let fitting = routes.withLock { routes in
            routes.filter { route in
                route.parts.count == parts.count
                    && zip(route.parts, parts).allSatisfy { $0.first == "{" || $0 == $1 }
            }
        }
        // A word counts for more than a parameter: `/products/new` is no product.
        let best = fitting.min { left, right in
            left.parts.count { $0.first == "{" } < right.parts.count { $0.first == "{" }
        }
        return best.map { ($0.pattern, $0.methods.sorted().joined(separator: ", ")) }
    }
}

import Hummingbird
import Model
import Monitoring
import Operations

/// Puts the route table behind `/api/v1`.
struct APIRouting: Sendable {
    let site: Site

    static let prefix = "/api/v1"

    func add(to router: some RouterMethods<WebContext>) {
        for route in APIRoutes.all {
            let method = route.method
            let path = RouterPath(Self.routerPath(route))
            let respond: @Sendable (Request, WebContext) async throws -> Response = { request, context in
                try await answer(route, request, context)
            }
            switch method {
            case .get: router.get(path, use: respond)
            case .post: router.post(path, use: respond)
            case .put: router.put(path, use: respond)
            case .patch: router.patch(path, use: respond)
            case .delete: router.delete(path, use: respond)
            }
        }
    }

    /// Such as `/api/v1/products/:product`.
    static func routerPath(_ route: APIRoute) -> String {
        let parts = route.path.split(separator: "/").map { part in
            part.first == "{" ? ":\(part.dropFirst().dropLast())" : String(part)
        }
        return "\(prefix)/\(parts.joined(separator: "/"))"
    }

    private func answer(_ route: APIRoute, _ request: Request, _ context: WebContext) async throws -> Response {
        let actor = try await actor(of: request, context, changing: route.method != .get)
        context.notes.account = actor.account
        guard route.rights == .read || actor.rights == .write else {
            throw RequestError.forbidden("This token may read but not change anything.")
        }
        var members: [String: JSON] = [:]
        if let body = route.body {
            let buffer = try await request.wholeBody(context)
            members = try body.check(JSON(reading: String(buffer: buffer)))
        }
        var parameters: [String: String] = [:]
        for name in route.pathParameters { parameters[name] = context.parameters.get(name) }
        let call = APICall(
            monitoring: site.monitoring,
            actor: actor,
            request: context.requestID,
            now: site.now(),
            parameters: parameters,
            query: Form(query: request.uri.query ?? ""),
            members: members
        )
        let answer: APIAnswer
        do {
            answer = try await withDeadline(WebLimits.answer, orThrow: TooSlow()) { try await route.handle(call) }
        } catch RequestError.invalid(let field, let sentence) {
            throw RequestError.invalid(field: Self.member(for: field, of: route), sentence)
        }
        var response =
            answer.json.map { Response.json($0, status: answer.status) } ?? Response(status: .init(code: answer.status))
        if let location = answer.location { response.headers[.location] = "\(Self.prefix)\(location)" }
        if let next = answer.next {
            response.headers[.link] = "<\(Self.page(of: request, cursor: next))>; rel=\"next\""
        }
        return response
    }

    /// The same request for another page, as a path with a query. <https://www.rfc-editor.org/rfc/rfc8288>
    private static func page(of request: Request, cursor: String) -> String {
        let others = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
        let query = others.map(String.init) + ["cursor=\(cursor.queryEncoded)"]
        return "\(request.uri.path)?\(query.joined(separator: "&"))"
    }

    /// The use cases name the fields of forms; programs know some of them by another name.
    private static func member(for field: String, of route: APIRoute) -> String {
        // What a route takes by this name is called so.
        if route.body?.members.contains(where: { $0.name == field }) == true { return field }
        return switch field {
        case "address": "url"
        case "interval": "intervalSeconds"
        case "coolDown": "coolDownSeconds"
        case "days", "from", "to", "zone": "window.\(field)"
        default: field.hasPrefix("option.") ? "options.\(field.dropFirst(7))" : field
        }
    }

    /// Who asks: by token, else by the session of a browser, which must send its form token with every change.
    private func actor(of request: Request, _ context: WebContext, changing: Bool) async throws -> Actor {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer",
                let actor = try await site.monitoring.accounts.actor(token: parts[1].trimmingWhitespace())
            else { throw RequestError.signInNeeded }
            return actor
        }
        guard let session = context.session else { throw RequestError.signInNeeded }
        guard !changing || (request.headers[.csrfToken] ?? "").equalsSecret(session.formToken) else {
            throw RequestError.forbidden("The header X-CSRF-Token is missing or wrong, so nothing was changed.")
        }
        return session.actor
    }
}

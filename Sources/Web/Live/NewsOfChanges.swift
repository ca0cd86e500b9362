import Hummingbird

/// Notes what people and scripts change by pages and REST, for the pages that others have open.
struct NewsOfChanges: RouterMiddleware {
    let news: PageNews

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        if request.method != .get, request.method != .head, response.status.code < 400 { news.changed() }
        return response
    }
}

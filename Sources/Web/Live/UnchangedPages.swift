import Hummingbird

/// Answers 304 to a page that asks for itself again and would be as it is.
struct UnchangedPages: RouterMiddleware {
    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard let tag = response.headers[.eTag], response.status == .ok, request.headers[.ifNoneMatch] == tag else {
            return response
        }
        return Response(status: .notModified, headers: [.eTag: tag])
    }
}

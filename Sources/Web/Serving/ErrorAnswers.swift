import Hummingbird
import Monitoring

/// Turns errors into pages for people and problem documents for programs.
struct ErrorAnswers: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            return answer(to: error, request, context)
        }
    }

    private func answer(to error: any Error, _ request: Request, _ context: WebContext) -> Response {
        if request.uri.path.hasPrefix("/api/") {
            return .problem(Failure(error, notes: context.notes), request: context.requestID)
        }
        if case RequestError.signInNeeded? = error as? RequestError { return signIn(request) }
        let failure = Failure(error, notes: context.notes)
        let isSignedIn = context.session != nil
        let view = ErrorView(
            frame: site.frame(failure.title, context),
            code: String(failure.status),
            headline: failure.title,
            sentence: failure.sentence,
            reference: failure.status >= 500 ? context.requestID : nil,
            back: "/",
            backText: isSignedIn ? "Go to your products" : "Go to the start"
        )
        var response = site.page(view, status: failure.status)
        response.headers.append(contentsOf: failure.response)
        return response
    }

    /// A page is shown after signing in; a form would be lost, so that leads to the start.
    private func signIn(_ request: Request) -> Response {
        let wanted = request.method == .get ? LocalPath(checking: request.uri.description) : nil
        guard let wanted, wanted.text != "/" else { return .seeOther(LocalPath("/sign-in")) }
        return .seeOther(LocalPath("/sign-in?next=\(wanted.text.queryEncoded)"))
    }
}

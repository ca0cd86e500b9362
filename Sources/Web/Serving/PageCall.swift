import Hummingbird
import Model
import Monitoring

/// A request of a person who is signed in.
struct PageCall: Sendable {
    let request: Request
    let context: WebContext
    let session: Session

    /// Throws when nobody is signed in.
    init(_ request: Request, _ context: WebContext) throws {
        guard let session = context.session else { throw RequestError.signInNeeded }
        self.request = request
        self.context = context
        self.session = session
    }

    var actor: Actor { session.actor }
    var formToken: String { session.formToken }

    /// The query `?notice=…` of the page before.
    var notice: Notice? { request.uri.queryParameters["notice"].flatMap { Notice(rawValue: String($0)) } }

    /// The id in the path; `.notFound` for text that is none.
    func id<Of>(_ name: String, of type: Of.Type = Of.self) throws -> ID<Of> {
        guard let text = context.parameters.get(name), let id = ID<Of>(checking: text) else {
            throw RequestError.notFound("There is nothing at this address. It may have been removed.")
        }
        return id
    }

    /// The submitted form, which must carry the session's token.
    func form() async throws -> Form {
        let form = try await Form(request, context: context)
        guard form.raw("formToken").equalsSecret(session.formToken) else {
            throw RequestError.forbidden(
                "The form is from an earlier session, so nothing was changed. Go back, reload the page and send it again."
            )
        }
        return form
    }
}

extension RouterMethods<WebContext> {
    /// A page for people who are signed in.
    func page(_ path: RouterPath, use handle: @Sendable @escaping (PageCall) async throws -> Response) {
        get(path) { request, context in
            let call = try PageCall(request, context)
            return try await answerInTime { try await handle(call) }
        }
    }

    /// A form of people who are signed in; its token is checked before `handle`.
    func form(_ path: RouterPath, use handle: @Sendable @escaping (PageCall, Form) async throws -> Response) {
        post(path) { request, context in
            let call = try PageCall(request, context)
            let form = try await call.form()
            return try await answerInTime { try await handle(call, form) }
        }
    }
}

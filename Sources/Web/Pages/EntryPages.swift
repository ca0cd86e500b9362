import Hummingbird
import Monitoring

/// The ways in and out: the one-time link, signing in, signing out.
struct EntryPages: Sendable {
    let site: Site

    func add(to router: some RouterMethods<WebContext>) {
        router.get("/setup/:invitation", use: setup)
        router.post("/setup/:invitation", use: accept)
        router.get("/sign-in", use: signInForm)
        router.post("/sign-in", use: signIn)
        router.form("/sign-out", use: signOut)
    }

    private static let staleForm = "This form was open for too long. Please send it again."

    // MARK: The one-time link

    @Sendable private func setup(_ request: Request, _ context: WebContext) async throws -> Response {
        try await setupPage(request, context, name: "", problem: nil)
    }

    private func setupPage(
        _ request: Request,
        _ context: WebContext,
        name: String,
        problem: RequestError?
    ) async throws -> Response {
        let invitation = context.parameters.get("invitation") ?? ""
        let isOpen = try await site.monitoring.accounts.isOpen(invitation: invitation)
        let token = site.cookie.visitorToken(in: request) ?? SessionCookie.makeVisitorToken()
        let view = SetupView(
            frame: site.frame(isOpen ? "Welcome" : "Link expired", context),
            isOpen: isOpen,
            invitation: invitation,
            visitorToken: token,
            name: name,
            nameProblem: problem?.sentence(for: "name"),
            passwordProblem: problem?.sentence(besides: ["name"])
        )
        return page(view, status: problem?.status ?? (isOpen ? 200 : 404), token: token, problem: problem)
    }

    @Sendable private func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form(request, context: context)
        do {
            try check(form, request)
            let session = try await site.monitoring.accounts.accept(
                invitation: context.parameters.get("invitation") ?? "",
                name: form["name"],
                password: form.raw("password")
            )
            return welcome(session, to: LocalPath("/"))
        } catch let problem as RequestError {
            return try await setupPage(request, context, name: form["name"], problem: problem)
        }
    }

    // MARK: Signing in and out

    @Sendable private func signInForm(_ request: Request, _ context: WebContext) async throws -> Response {
        let next = request.uri.queryParameters["next"].map(String.init) ?? "/"
        if context.session != nil { return .seeOther(LocalPath(checking: next) ?? LocalPath("/")) }
        return try await signInPage(request, context, next: next, name: "", problem: nil)
    }

    private func signInPage(
        _ request: Request,
        _ context: WebContext,
        next: String,
        name: String,
        problem: RequestError?
    ) async throws -> Response {
        let token = site.cookie.visitorToken(in: request) ?? SessionCookie.makeVisitorToken()
        let notice = request.uri.queryParameters["notice"].flatMap { Notice(rawValue: String($0)) }
        let view = SignInView(
            frame: site.frame("Sign in", context, notice: problem == nil ? notice : nil),
            visitorToken: token,
            next: LocalPath(checking: next)?.text ?? "/",
            name: name,
            problem: problem?.sentence(besides: []),
            isFirst: try await !site.monitoring.accounts.hasAccounts()
        )
        return page(view, status: problem?.status ?? 200, token: token, problem: problem)
    }

    @Sendable private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await Form(request, context: context)
        do {
            try check(form, request)
            let session = try await site.monitoring.accounts.signIn(
                name: form["name"],
                password: form.raw("password"),
                client: context.client
            )
            return welcome(session, to: LocalPath(checking: form["next"]) ?? LocalPath("/"))
        } catch let problem as RequestError {
            return try await signInPage(request, context, next: form["next"], name: form["name"], problem: problem)
        }
    }

    @Sendable private func signOut(_ call: PageCall, _ form: Form) async throws -> Response {
        if let secret = site.cookie.secret(in: call.request) {
            try await site.monitoring.accounts.signOut(secret: secret)
        }
        var response = Response.seeOther(LocalPath("/sign-in"), notice: .signedOut)
        response.setCookie(site.cookie.removal)
        return response
    }

    // MARK: What they share

    /// The token in the form must be the one in the cookie: another site can set neither.
    private func check(_ form: Form, _ request: Request) throws {
        guard let token = site.cookie.visitorToken(in: request), form.raw("visitorToken").equalsSecret(token) else {
            throw RequestError.forbidden(Self.staleForm)
        }
    }

    private func page(_ view: some PageView, status: Int, token: String, problem: RequestError?) -> Response {
        var response = site.page(view, status: status)
        response.setCookie(site.cookie.setVisitorToken(token))
        if let problem { response.headers.append(contentsOf: Failure(problem).response) }
        return response
    }

    private func welcome(_ session: NewSession, to path: LocalPath) -> Response {
        var response = Response.seeOther(path)
        response.setCookie(site.cookie.set(session))
        return response
    }
}

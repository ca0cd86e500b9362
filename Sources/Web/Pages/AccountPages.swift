import Hummingbird
import Model
import Monitoring

/// What belongs to whoever is signed in: their password and their keys for scripts.
struct AccountPages: Sendable {
    let site: Site
    private var accounts: Accounts { site.monitoring.accounts }

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/account") { try await show($0) }
        router.form("/account/password", use: changePassword)
        router.form("/account/tokens", use: createToken)
        router.form("/account/tokens/:token/revoke", use: revokeToken)
    }

    private func show(
        _ call: PageCall,
        problem: RequestError? = nil,
        token: AccountView.TokenEntry = .init()
    ) async throws -> Response {
        let account = try account(call)
        let view = AccountView(
            account,
            tokens: try await accounts.tokens(of: account.id),
            token: token,
            problem: problem,
            now: site.now(),
            frame: site.frame("Account", call.context, section: .account, notice: problem == nil ? call.notice : nil),
            formToken: call.formToken
        )
        var response = site.page(view, status: problem?.status ?? 200)
        if let problem { response.headers.append(contentsOf: Failure(problem).response) }
        return response
    }

    private func account(_ call: PageCall) throws -> Account {
        guard let session = call.context.session else { throw RequestError.signInNeeded }
        return session.account
    }

    @Sendable private func changePassword(_ call: PageCall, _ form: Form) async throws -> Response {
        do {
            let session = try await accounts.changePassword(
                of: account(call),
                from: form.raw("current"),
                to: form.raw("password"),
                client: call.context.client
            )
            var response = Response.seeOther(LocalPath("/account"), notice: .passwordChanged)
            response.setCookie(site.cookie.set(session))
            return response
        } catch let problem as RequestError where problem.isAboutPassword {
            return try await show(call, problem: problem)
        }
    }

    /// Answers with the page itself: the secret stands in no address and is kept nowhere.
    @Sendable private func createToken(_ call: PageCall, _ form: Form) async throws -> Response {
        let rights: Actor.Rights = form["rights"] == "write" ? .write : .read
        do {
            let made = try await accounts.createToken(of: account(call), name: form["name"], rights: rights)
            return try await show(call, token: .init(secret: made.secret))
        } catch let problem as RequestError where problem.isAboutForm {
            return try await show(call, problem: problem, token: .init(name: form["name"], rights: rights))
        }
    }

    @Sendable private func revokeToken(_ call: PageCall, _ form: Form) async throws -> Response {
        try await accounts.revokeToken(call.id("token"), of: account(call).id)
        return .seeOther(LocalPath("/account"), notice: .tokenRevoked)
    }
}

extension RequestError {
    /// Whether it is told beside the form, as too many attempts are.
    fileprivate var isAboutPassword: Bool {
        if case .tooMany = self { return true }
        return isAboutForm
    }
}

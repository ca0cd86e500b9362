import Hummingbird
import Model
import Monitoring

/// The jobs of this installation: what waits, what runs, what was given up and why.
struct QueuePages: Sendable {
    let site: Site
    private var board: JobBoard { site.monitoring.board }

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/queue", use: list)
        router.form("/queue/retry", use: retry)
        router.form("/queue/remove", use: remove)
    }

    @Sendable private func list(_ call: PageCall) async throws -> Response {
        let query = call.request.uri.queryParameters
        let state = query["state"].flatMap { JobBoard.State(rawValue: String($0)) } ?? .waiting
        let number = query["page"].flatMap { Int($0) } ?? 1
        let page = try await board.page(state, number: min(max(number, 1), 1_000_000))
        let view = QueueView(
            page,
            now: site.now(),
            frame: site.frame("Queue", call.context, notice: call.notice),
            formToken: call.formToken
        )
        return site.page(view)
    }

    @Sendable private func retry(_ call: PageCall, _ form: Form) async throws -> Response {
        try await board.retry(form["job"])
        return .seeOther(LocalPath(QueueView.path(.failed)), notice: .jobRetried)
    }

    @Sendable private func remove(_ call: PageCall, _ form: Form) async throws -> Response {
        try await board.remove(form["job"])
        let state = JobBoard.State(rawValue: form["state"]) ?? .failed
        return .seeOther(LocalPath(QueueView.path(state)), notice: .jobRemoved)
    }
}

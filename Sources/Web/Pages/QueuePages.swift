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
        router.form("/queue/pause", use: pause)
        router.form("/queue/resume", use: resume)
    }

    @Sendable private func list(_ call: PageCall) async throws -> Response {
        let query = call.request.uri.queryParameters
        let state = query["state"].flatMap { JobBoard.State(rawValue: String($0)) } ?? .waiting
        let number = query["page"].flatMap { Int($0) } ?? 1
        let page = try await board.page(state, number: min(max(number, 1), 1_000_000), as: call.actor)
        let view = QueueView(
            page,
            now: site.now(),
            frame: site.frame("Queue", call.context, notice: call.notice, isLive: true),
            formToken: call.formToken
        )
        return site.page(view)
    }

    @Sendable private func retry(_ call: PageCall, _ form: Form) async throws -> Response {
        try await board.retry(form["job"], as: call.actor)
        return .seeOther(LocalPath(QueueView.path(.failed)), notice: .jobRetried)
    }

    @Sendable private func remove(_ call: PageCall, _ form: Form) async throws -> Response {
        let removal = try await board.remove(form["job"], as: call.actor)
        let state = JobBoard.State(rawValue: form["state"]) ?? .failed
        let notice: Notice =
            switch removal {
            case .forGood: .jobRemoved
            case .withdrawn: .deliveryRemoved
            case .comesAgain: .checkRemoved
            }
        return .seeOther(LocalPath(QueueView.path(state)), notice: notice)
    }

    @Sendable private func pause(_ call: PageCall, _ form: Form) async throws -> Response {
        try await board.pause(as: call.actor)
        return .seeOther(LocalPath(QueueView.path(.waiting)), notice: .queuePaused)
    }

    @Sendable private func resume(_ call: PageCall, _ form: Form) async throws -> Response {
        try await board.resume(as: call.actor)
        return .seeOther(LocalPath(QueueView.path(.waiting)), notice: .queueResumed)
    }
}

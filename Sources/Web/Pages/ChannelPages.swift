import Hummingbird
import Model
import Monitoring
import PluginAPI

/// Where a person is told: the list of channels, adding, testing and removing one.
struct ChannelPages: Sendable {
    let site: Site
    private var channels: Channels { site.monitoring.channels }

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/channels", use: list)
        router.page("/channels/new/:kind", use: start)
        router.form("/channels/new/:kind", use: create)
        router.form("/channels/:channel/test", use: test)
        router.page("/channels/:channel/remove", use: askToRemove)
        router.form("/channels/:channel/remove", use: remove)
    }

    @Sendable private func list(_ call: PageCall) async throws -> Response {
        let rows = try await channels.channels(as: call.actor).map { ChannelRow($0, now: site.now()) }
        let view = ChannelsView(
            frame: site.frame("Channels", call.context, section: .channels, notice: call.notice),
            formToken: call.formToken,
            isEmpty: rows.isEmpty,
            channels: rows,
            kinds: channels.kinds.map(ChannelsView.KindRow.init)
        )
        return site.page(view)
    }

    private func kind(_ call: PageCall) throws -> ChannelKind {
        let id = call.context.parameters.get("kind")
        guard let kind = channels.kinds.first(where: { $0.id == id }) else {
            throw RequestError.notFound("There is no such kind of channel in this version.")
        }
        return kind
    }

    @Sendable private func start(_ call: PageCall) async throws -> Response {
        formPage(call, try kind(call), name: nil, values: [:], problem: nil)
    }

    private func formPage(
        _ call: PageCall,
        _ kind: ChannelKind,
        name: String?,
        values: [String: String],
        problem: RequestError?
    ) -> Response {
        let view = ChannelFormView(
            kind,
            name: name,
            values: values,
            problem: problem,
            frame: site.frame("Add \(kind.title)", call.context, section: .channels),
            formToken: call.formToken
        )
        return site.page(view, status: problem?.status ?? 200)
    }

    @Sendable private func create(_ call: PageCall, _ form: Form) async throws -> Response {
        let kind = try kind(call)
        let values = form.fields(prefixed: "option.")
        do {
            _ = try await channels.add(plugin: kind.id, name: form["name"], options: values, as: call.actor)
            return .seeOther(LocalPath("/channels"), notice: .channelAdded)
        } catch let problem as RequestError where problem.isAboutForm {
            return formPage(call, kind, name: form["name"], values: values, problem: problem)
        }
    }

    @Sendable private func test(_ call: PageCall, _ form: Form) async throws -> Response {
        let problem = try await channels.test(call.id("channel"), as: call.actor)
        // Why it failed stands on the channel itself.
        return .seeOther(LocalPath("/channels"), notice: problem == nil ? .testSent : nil)
    }

    @Sendable private func askToRemove(_ call: PageCall) async throws -> Response {
        let id = try call.id("channel", of: Channel.self)
        guard let found = try await channels.channels(as: call.actor).first(where: { $0.channel.id == id }) else {
            throw RequestError.notFound("There is no such channel.")
        }
        let view = ConfirmView(
            frame: site.frame("Remove a channel", call.context, section: .channels),
            formToken: call.formToken,
            headline: "Remove “\(found.channel.name)”?",
            sentence: "Nothing is sent on it any more, and what waits for it is dropped. This cannot be undone.",
            action: "/channels/\(id)/remove",
            actionText: "Remove it",
            back: "/channels"
        )
        return site.page(view)
    }

    @Sendable private func remove(_ call: PageCall, _ form: Form) async throws -> Response {
        try await channels.remove(call.id("channel"), as: call.actor)
        return .seeOther(LocalPath("/channels"), notice: .channelRemoved)
    }
}

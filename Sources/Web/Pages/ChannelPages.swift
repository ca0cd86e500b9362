import Hummingbird
import Model
import Monitoring
import PluginAPI

/// Where a person is told: the list of channels, adding, changing, testing and removing one, and what was sent on it.
struct ChannelPages: Sendable {
    let site: Site
    private var channels: Channels { site.monitoring.channels }

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/channels", use: list)
        router.page("/channels/new/:kind", use: start)
        router.form("/channels/new/:kind", use: create)
        router.page("/channels/:channel", use: show)
        router.page("/channels/:channel/change", use: startChange)
        router.form("/channels/:channel/change", use: change)
        router.form("/channels/:channel/preview", use: preview)
        router.form("/channels/:channel/test", use: test)
        router.form("/channels/:channel/messages/:message/again", use: sendAgain)
        router.page("/channels/:channel/remove", use: askToRemove)
        router.form("/channels/:channel/remove", use: remove)
    }

    @Sendable private func list(_ call: PageCall) async throws -> Response {
        let rows = try await channels.channels(as: call.actor).map { ChannelRow($0, now: site.now()) }
        let view = ChannelsView(
            frame: site.frame("Channels", call.context, section: .channels, notice: call.notice, isLive: true),
            formToken: call.formToken,
            isEmpty: rows.isEmpty,
            channels: rows,
            kinds: channels.kinds.map(ChannelsView.KindRow.init)
        )
        return site.page(view)
    }

    @Sendable private func show(_ call: PageCall) async throws -> Response {
        let id = try call.id("channel", of: Channel.self)
        let detail = try await channels.channel(id, as: call.actor)
        let cursor = call.request.uri.queryParameters["cursor"].map(String.init)
        let log = try await channels.messages(on: id, cursor: cursor, as: call.actor)
        let view = ChannelView(
            detail,
            log: log,
            isFirst: cursor == nil,
            now: site.now(),
            frame: site.frame(
                detail.channel.name,
                call.context,
                section: .channels,
                notice: call.notice,
                isLive: true
            ),
            formToken: call.formToken
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

    // MARK: Adding

    @Sendable private func start(_ call: PageCall) async throws -> Response {
        let kind = try kind(call)
        return newForm(call, kind, ChannelFormView.Entry(name: kind.title))
    }

    private func newForm(_ call: PageCall, _ kind: ChannelKind, _ entry: ChannelFormView.Entry) -> Response {
        let view = ChannelFormView(
            kind,
            entry: entry,
            frame: site.frame("Add \(kind.title)", call.context, section: .channels),
            formToken: call.formToken
        )
        return site.page(view, status: entry.problem?.status ?? 200)
    }

    @Sendable private func create(_ call: PageCall, _ form: Form) async throws -> Response {
        let kind = try kind(call)
        var entry = ChannelFormView.Entry(name: form["name"], values: form.fields(prefixed: "option."))
        do {
            _ = try await channels.add(plugin: kind.id, name: entry.name, options: entry.values, as: call.actor)
            return .seeOther(LocalPath("/channels"), notice: .channelAdded)
        } catch let problem as RequestError where problem.isAboutForm {
            entry.problem = problem
            return newForm(call, kind, entry)
        }
    }

    // MARK: Changing

    @Sendable private func startChange(_ call: PageCall) async throws -> Response {
        let detail = try await detail(call)
        let channel = detail.channel
        return try changeForm(
            call,
            detail,
            .init(name: channel.name, values: channel.options, wording: channel.wording)
        )
    }

    private func detail(_ call: PageCall) async throws -> ChannelDetail {
        try await channels.channel(call.id("channel"), as: call.actor)
    }

    private func changeForm(
        _ call: PageCall,
        _ detail: ChannelDetail,
        _ entry: ChannelFormView.Entry,
        preview: WordingPreview? = nil
    ) throws -> Response {
        guard let kind = detail.kind else {
            throw RequestError.notFound("This version has no notifier “\(detail.channel.plugin)”.")
        }
        let view = ChannelFormView(
            kind,
            changing: detail,
            entry: entry,
            preview: preview,
            frame: site.frame("Change “\(detail.channel.name)”", call.context, section: .channels),
            formToken: call.formToken
        )
        return site.page(view, status: entry.problem?.status ?? 200)
    }

    private func entry(_ form: Form) -> ChannelFormView.Entry {
        ChannelFormView.Entry(
            name: form["name"],
            values: form.fields(prefixed: "option."),
            cleared: Set(form.fields(prefixed: "clear.").keys),
            wording: Channel.Wording(subject: form["subjectTemplate"], text: form["textTemplate"])
        )
    }

    @Sendable private func change(_ call: PageCall, _ form: Form) async throws -> Response {
        let detail = try await detail(call)
        var entry = entry(form)
        do {
            try await channels.change(
                detail.channel.id,
                name: entry.name,
                options: entry.changes(of: detail),
                wording: entry.wording,
                as: call.actor
            )
            return .seeOther(LocalPath("/channels/\(detail.channel.id)"), notice: .channelChanged)
        } catch let problem as RequestError where problem.isAboutForm {
            entry.problem = problem
            return try changeForm(call, detail, entry)
        }
    }

    /// Shows the same form with what a message would say; nothing is kept.
    @Sendable private func preview(_ call: PageCall, _ form: Form) async throws -> Response {
        let detail = try await detail(call)
        var entry = entry(form)
        do {
            return try changeForm(call, detail, entry, preview: channels.preview(entry.wording))
        } catch let problem as RequestError where problem.isAboutForm {
            entry.problem = problem
            return try changeForm(call, detail, entry)
        }
    }

    // MARK: Sending

    @Sendable private func test(_ call: PageCall, _ form: Form) async throws -> Response {
        let id = try call.id("channel", of: Channel.self)
        let problem = try await channels.test(id, as: call.actor)
        let back = form["page"] == "channel" ? "/channels/\(id)" : "/channels"
        // Why it failed stands on the channel itself.
        return .seeOther(LocalPath(back), notice: problem == nil ? .testSent : nil)
    }

    @Sendable private func sendAgain(_ call: PageCall, _ form: Form) async throws -> Response {
        let id = try call.id("channel", of: Channel.self)
        try await channels.sendAgain(call.id("message"), on: id, as: call.actor)
        return .seeOther(LocalPath("/channels/\(id)"), notice: .messageOffered)
    }

    // MARK: Removing

    @Sendable private func askToRemove(_ call: PageCall) async throws -> Response {
        let found = try await detail(call)
        let endsReport = try await channels.isReportAlone(on: found.channel.id, as: call.actor)
        let view = ConfirmView(
            frame: site.frame("Remove a channel", call.context, section: .channels),
            formToken: call.formToken,
            headline: "Remove “\(found.channel.name)”?",
            sentence: "Nothing is sent on it any more, and what waits for it is dropped. "
                + (endsReport ? "The report goes there alone and is switched off with it. " : "")
                + "This cannot be undone.",
            action: "/channels/\(found.channel.id)/remove",
            actionText: "Remove it",
            back: "/channels"
        )
        return site.page(view)
    }

    @Sendable private func remove(_ call: PageCall, _ form: Form) async throws -> Response {
        let endsReport = try await channels.remove(call.id("channel"), as: call.actor)
        return .seeOther(LocalPath("/channels"), notice: endsReport ? .channelAndReportEnded : .channelRemoved)
    }
}

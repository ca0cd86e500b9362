import Hummingbird
import Model
import Monitoring

/// The report of all products: when it comes, now, and by hand.
struct DigestPages: Sendable {
    let site: Site
    private var digests: Digests { site.monitoring.digests }
    private var reports: ManualReports { site.monitoring.manualReports }

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/digest") { try await show($0) }
        router.form("/digest", use: change)
        router.form("/digest/send", use: send)
        router.form("/digest/test", use: test)
        router.form("/digest/preview", use: preview)
        router.page("/digest/reports/:report") { try await showReport($0) }
        router.page("/digest/reports/:report/mail", use: mail)
        router.form("/digest/reports/:report/send", use: sendReport)
    }

    private func show(
        _ call: PageCall,
        entry: DigestEntry? = nil,
        problem: RequestError? = nil,
        nothing: ManualReportError? = nil
    ) async throws -> Response {
        let detail = try await digests.detail(as: call.actor)
        var frame = site.frame("Digest", call.context, section: .digest, notice: problem == nil ? call.notice : nil)
        // Asked for by “send”, the page comes back until it is written; else it would take away what a person is typing.
        let isMade = detail.runs.contains { $0.run.state == .checking || $0.pending > 0 }
        if isMade, call.notice == .digestBegun, problem == nil { frame.refresh = "5" }
        let view = DigestView(
            detail,
            entry: entry,
            problem: problem,
            nothing: nothing?.sentence,
            now: site.now(),
            frame: frame,
            formToken: call.formToken
        )
        return site.page(view, status: problem?.status ?? (nothing == nil ? 200 : 409))
    }

    @Sendable private func change(_ call: PageCall, _ form: Form) async throws -> Response {
        let isAll = !form["allChannels"].isEmpty
        let entry = DigestEntry(
            isOn: !form["isOn"].isEmpty,
            rhythm: form["rhythm"],
            time: form["time"],
            weekday: form["weekday"],
            pattern: form["pattern"],
            zone: form["zone"],
            channels: isAll ? nil : form.fields(prefixed: "channel-").keys.sorted()
        )
        do {
            try await digests.change(entry, as: call.actor)
            return .seeOther(LocalPath("/digest"), notice: .digestSaved)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await show(call, entry: entry, problem: problem)
        }
    }

    @Sendable private func send(_ call: PageCall, _ form: Form) async throws -> Response {
        try await begin(call, isTest: false)
    }

    @Sendable private func test(_ call: PageCall, _ form: Form) async throws -> Response {
        try await begin(call, isTest: true)
    }

    private func begin(_ call: PageCall, isTest: Bool) async throws -> Response {
        do {
            _ = try await digests.send(isTest: isTest, as: call.actor)
            return .seeOther(LocalPath("/digest"), notice: .digestBegun)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await show(call, problem: problem)
        }
    }

    @Sendable private func preview(_ call: PageCall, _ form: Form) async throws -> Response {
        do {
            let report = try await reports.preview(as: call.actor)
            return .seeOther(LocalPath("/digest/reports/\(report.id)"))
        } catch ManualReportError.noActiveProducts {
            return try await show(call, nothing: ManualReportError.noActiveProducts)
        }
    }

    private func kept(_ call: PageCall) async throws -> ManualReport {
        try await reports.kept(call.context.parameters.get("report") ?? "", as: call.actor)
    }

    private func showReport(
        _ call: PageCall,
        recipients: String = "",
        problem: ManualReportError? = nil
    ) async throws -> Response {
        let report = try await kept(call)
        let allowance = try await reports.allowance(as: call.actor)
        var frame = site.frame(
            "Report by hand",
            call.context,
            section: .digest,
            notice: problem == nil ? call.notice : nil
        )
        // Nothing is being typed while nothing can be sent: the page counts down.
        if allowance.wait > .zero { frame.refresh = allowance.wait < .minutes(2) ? "5" : "60" }
        let view = ManualReportView(
            report,
            allowance: allowance,
            obstacle: reports.obstacle,
            recipients: recipients,
            problem: problem,
            frame: frame,
            formToken: call.formToken
        )
        var response = site.page(view, status: problem?.status ?? 200)
        response.headers[.contentSecurityPolicy] = SecurityHeaders.framing
        return response
    }

    /// The mail itself, for the frame: a document of its own that may do nothing and belongs to no origin.
    @Sendable private func mail(_ call: PageCall) async throws -> Response {
        var response = Response.html(try await kept(call).mail.page ?? "")
        response.headers[.contentSecurityPolicy] = SecurityHeaders.mail
        response.headers[.frameOptions] = "SAMEORIGIN"
        return response
    }

    @Sendable private func sendReport(_ call: PageCall, _ form: Form) async throws -> Response {
        let id = call.context.parameters.get("report") ?? ""
        do {
            try await reports.send(id, to: form["recipients"], as: call.actor)
            return .seeOther(LocalPath("/digest/reports/\(id)"), notice: .reportSent)
        } catch let problem as ManualReportError where problem.isAboutSending {
            return try await showReport(call, recipients: form["recipients"], problem: problem)
        }
    }
}

extension ManualReportError {
    /// Whether the preview is still there to be shown beside it.
    fileprivate var isAboutSending: Bool {
        switch self {
        case .invalidPreview, .previewUnavailable, .noActiveProducts: false
        case .invalidRecipients, .rollingWindow, .dailyRecipients, .inProgress, .sendFailed: true
        }
    }
}

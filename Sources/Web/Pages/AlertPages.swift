import Hummingbird
import Model
import Monitoring

/// Prices that wait for a word, alerts and quiet hours.
///
/// A product's own alerts stand on its page.
struct AlertPages: Sendable {
    let site: Site
    private var alerts: Alerts { site.monitoring.alerts }

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/alerts", use: list)
        router.page("/alerts/:alert") { call in
            try await showAlert(call, from: String(call.request.uri.queryParameters["from"] ?? ""))
        }
        router.form("/alerts/:alert", use: change)
        router.form("/alerts/:alert/snooze", use: snooze)
        router.form("/alerts/:alert/remove", use: remove)
        router.form("/doubts/:doubt", use: decide)
        router.form("/quiet-hours", use: setQuietHours)
    }

    @Sendable private func list(_ call: PageCall) async throws -> Response {
        try await page(call, entry: nil, problem: nil)
    }

    private func page(_ call: PageCall, entry: WeeklyHoursEntry?, problem: RequestError?) async throws -> Response {
        let quiet = QuietView(
            try await alerts.quietHours(as: call.actor),
            entry: entry,
            problem: problem,
            zone: try await alerts.zone(as: call.actor)
        )
        let view = AlertsView(
            doubts: try await site.monitoring.doubts.doubts(as: call.actor),
            rules: try await alerts.rules(as: call.actor),
            quiet: quiet,
            broken: try await site.monitoring.channels.broken(as: call.actor),
            now: site.now(),
            frame: site.frame(
                "Alerts",
                call.context,
                section: .alerts,
                notice: problem == nil ? call.notice : nil,
                isLive: problem == nil
            ),
            formToken: call.formToken
        )
        return site.page(view, status: problem?.status ?? 200)
    }

    private func showAlert(
        _ call: PageCall,
        from: String,
        typed: AlertEntry? = nil,
        problem: RequestError? = nil
    ) async throws -> Response {
        let found = try await alerts.ruleWithProduct(call.id("alert"), as: call.actor)
        let view = AlertView(
            found.rule,
            product: found.product,
            from: from,
            typed: typed,
            problem: problem,
            now: site.now(),
            frame: site.frame("Alert", call.context, section: .alerts),
            formToken: call.formToken
        )
        return site.page(view, status: problem?.status ?? 200)
    }

    @Sendable private func change(_ call: PageCall, _ form: Form) async throws -> Response {
        let id = try call.id("alert", of: Rule.self)
        let entry = AlertEntry(form)
        do {
            try await alerts.change(id, to: entry, as: call.actor)
            return back(to: try await alerts.rule(id, as: call.actor).product, form, .alertChanged)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await showAlert(call, from: form["from"], typed: entry, problem: problem)
        }
    }

    /// `days` 0 wakes it.
    @Sendable private func snooze(_ call: PageCall, _ form: Form) async throws -> Response {
        let id = try call.id("alert", of: Rule.self)
        guard let days = Int(form["days"]), (0...366).contains(days) else {
            throw RequestError.invalid(field: "days", "Choose one of the spans in the list.")
        }
        try await alerts.snooze(id, for: days == 0 ? nil : .days(days), as: call.actor)
        let product = try await alerts.rule(id, as: call.actor).product
        return back(to: product, form, days == 0 ? .alertWoken : .alertSnoozed)
    }

    @Sendable private func remove(_ call: PageCall, _ form: Form) async throws -> Response {
        let id = try call.id("alert", of: Rule.self)
        let product = try await alerts.rule(id, as: call.actor).product
        try await alerts.remove(id, as: call.actor)
        return back(to: product, form, .alertRemoved)
    }

    private func back(to product: ID<Product>, _ form: Form, _ notice: Notice) -> Response {
        .seeOther(LocalPath(form["from"] == "alerts" ? "/alerts" : "/products/\(product)"), notice: notice)
    }

    @Sendable private func decide(_ call: PageCall, _ form: Form) async throws -> Response {
        let isRight = form["answer"] == "right"
        guard isRight || form["answer"] == "wrong" else {
            throw RequestError.invalid(field: "answer", "Say whether the price is right or wrong.")
        }
        try await site.monitoring.doubts.decide(call.id("doubt"), isRight: isRight, as: call.actor)
        return .seeOther(LocalPath("/alerts"), notice: isRight ? .priceBelieved : .priceRejected)
    }

    @Sendable private func setQuietHours(_ call: PageCall, _ form: Form) async throws -> Response {
        guard form["none"].isEmpty else {
            try await alerts.setQuietHours(nil, as: call.actor)
            return .seeOther(LocalPath("/alerts"), notice: .quietRemoved)
        }
        let entry = WeeklyHoursEntry(
            days: Array(form.fields(prefixed: "day-").keys),
            from: form["from"],
            to: form["to"],
            zone: form["zone"]
        )
        do {
            try await alerts.setQuietHours(entry, as: call.actor)
            return .seeOther(LocalPath("/alerts"), notice: .quietSet)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await page(call, entry: entry, problem: problem)
        }
    }
}

extension AlertEntry {
    /// What `alert-fields.mustache` asks for.
    init(_ form: Form) {
        self.init(
            kind: form["kind"],
            value: form["value"],
            coolDown: Int(form["coolDown"]),
            until: form["until"]
        )
    }
}

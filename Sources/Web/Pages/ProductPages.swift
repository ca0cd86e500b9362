import Hummingbird
import Model
import Monitoring

/// The list of products and each product's own page.
struct ProductPages: Sendable {
    let site: Site
    private var watching: Watching { site.monitoring.watching }

    /// How long “check now” waits for the result before it shows the page without it.
    private static let patience: Duration = .seconds(8)

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/", use: list)
        router.page("/products") { _ in .seeOther(LocalPath("/")) }
        router.page("/products/:product", use: show)
        router.form("/products/:product/name", use: rename)
        router.form("/products/:product/target", use: setTarget)
        router.form("/products/:product/alerts", use: addAlert)
        router.page("/products/:product/remove", use: askToRemove)
        router.form("/products/:product/remove", use: remove)
        router.page("/products/:product/listings/:listing/remove", use: askToRemoveShop)
        router.form("/products/:product/listings/:listing/remove", use: removeShop)
        router.form("/products/:product/listings/:listing/check", use: check)
        router.form("/products/:product/listings/:listing/paused", use: setPaused)
        router.form("/products/:product/listings/:listing/interval", use: setInterval)
        router.form("/products/:product/listings/:listing/window", use: setWindow)
    }

    @Sendable private func list(_ call: PageCall) async throws -> Response {
        let query = Form(query: call.request.uri.query ?? "")
        let selection = ProductSelection(
            order: ProductSelection.Order(rawValue: query["sort"]) ?? .newest,
            filter: ProductSelection.Filter(rawValue: query["filter"]),
            search: query["search"]
        )
        let cursor = query["cursor"]
        let view = ProductsView(
            try await watching.products(selection, cursor: cursor.isEmpty ? nil : cursor, as: call.actor),
            failing: try await watching.failingShops(as: call.actor),
            doubts: try await site.monitoring.doubts.count(as: call.actor),
            broken: try await site.monitoring.channels.broken(as: call.actor),
            now: site.now(),
            frame: site.frame("Products", call.context, section: .products, notice: call.notice, isLive: true),
            formToken: call.formToken
        )
        return site.page(view)
    }

    @Sendable private func show(_ call: PageCall) async throws -> Response {
        try await productPage(call, entry: .init())
    }

    private func productPage(_ call: PageCall, entry: ProductView.Entry) async throws -> Response {
        let detail = try await watching.product(call.id("product"), as: call.actor)
        let isChecking = detail.listings.contains(where: \.isChecking)
        let isNew = detail.listings.allSatisfy { $0.listing.lastCheck == nil }
        // Asked for by “check now”, the page comes back until the result is there; else it would take away what a
        // person is typing.
        let waits = isChecking && (call.notice == .checking || isNew) && entry.problem == nil
        let notice = call.notice == .checking && !isChecking ? Self.result(detail) : call.notice
        var frame = site.frame(
            detail.product.name,
            call.context,
            section: .products,
            notice: entry.problem == nil ? notice : nil,
            isLive: entry.problem == nil
        )
        frame.refresh = waits ? "3" : nil
        let view = ProductView(
            detail,
            entry: entry,
            intervals: watching.intervals,
            now: site.now(),
            frame: frame,
            formToken: call.formToken
        )
        return site.page(view, status: entry.problem?.status ?? 200)
    }

    private static func result(_ detail: ProductDetail) -> Notice {
        let newest = detail.listings.compactMap(\.checks.first).max { $0.at < $1.at }
        return newest?.outcome.isReading == false ? .checkFailed : .checked
    }

    @Sendable private func rename(_ call: PageCall, _ form: Form) async throws -> Response {
        do {
            try await watching.rename(call.id("product"), to: form["name"], as: call.actor)
            return back(call, .renamed)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await productPage(call, entry: .init(name: form["name"], problem: problem))
        }
    }

    @Sendable private func setTarget(_ call: PageCall, _ form: Form) async throws -> Response {
        do {
            try await watching.setTarget(form["target"], of: call.id("product"), as: call.actor)
            return back(call, form["target"].isEmpty ? .targetRemoved : .targetSet)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await productPage(call, entry: .init(target: form["target"], problem: problem))
        }
    }

    @Sendable private func addAlert(_ call: PageCall, _ form: Form) async throws -> Response {
        let entry = AlertEntry(form)
        do {
            _ = try await site.monitoring.alerts.add(entry, to: call.id("product"), as: call.actor)
            return back(call, .alertAdded)
        } catch let problem as RequestError where problem.isAboutForm {
            return try await productPage(call, entry: .init(alert: entry, problem: problem))
        }
    }

    @Sendable private func askToRemove(_ call: PageCall) async throws -> Response {
        let detail = try await watching.product(call.id("product"), as: call.actor)
        let path = "/products/\(detail.product.id)"
        let view = ConfirmView(
            frame: site.frame("Remove a product", call.context, section: .products),
            formToken: call.formToken,
            headline: "Remove “\(detail.product.name)”?",
            sentence: "Its history, its target price and its check log go with it. This cannot be undone.",
            action: "\(path)/remove",
            actionText: "Remove it",
            back: path
        )
        return site.page(view)
    }

    @Sendable private func remove(_ call: PageCall, _ form: Form) async throws -> Response {
        try await watching.remove(call.id("product"), as: call.actor)
        return .seeOther(LocalPath("/"), notice: .removed)
    }

    @Sendable private func askToRemoveShop(_ call: PageCall) async throws -> Response {
        let listing = try await watching.listing(call.id("listing"), as: call.actor).listing
        let product = try await watching.product(listing.product, as: call.actor).product
        let path = "/products/\(product.id)"
        let view = ConfirmView(
            frame: site.frame("Remove a shop", call.context, section: .products),
            formToken: call.formToken,
            headline: "Remove \(listing.address.site)?",
            sentence: "“\(product.name)” is no longer watched there, and what was read there is deleted with it. "
                + "This cannot be undone.",
            action: "\(path)/listings/\(listing.id)/remove",
            actionText: "Remove it",
            back: path
        )
        return site.page(view)
    }

    @Sendable private func removeShop(_ call: PageCall, _ form: Form) async throws -> Response {
        try await watching.removeListing(call.id("listing"), as: call.actor)
        return back(call, .shopRemoved)
    }

    @Sendable private func check(_ call: PageCall, _ form: Form) async throws -> Response {
        let listing = try call.id("listing", of: Listing.self)
        let job = try await watching.checkNow(listing, as: call.actor, request: call.context.requestID)
        let record = try await watching.waitForCheck(job, of: listing, upTo: Self.patience, as: call.actor)
        guard let record else { return back(call, .checking) }
        return back(call, record.outcome.isReading ? .checked : .checkFailed)
    }

    @Sendable private func setPaused(_ call: PageCall, _ form: Form) async throws -> Response {
        let isPaused = form["paused"] == "yes"
        try await watching.setPaused(isPaused, of: call.id("listing"), as: call.actor)
        return back(call, isPaused ? .paused : .resumed)
    }

    @Sendable private func setInterval(_ call: PageCall, _ form: Form) async throws -> Response {
        guard let interval = form.interval else {
            throw RequestError.invalid(field: "interval", "Choose one of the intervals in the list.")
        }
        try await watching.setInterval(interval, of: call.id("listing"), as: call.actor)
        return back(call, .intervalSet)
    }

    @Sendable private func setWindow(_ call: PageCall, _ form: Form) async throws -> Response {
        let listing = try call.id("listing", of: Listing.self)
        guard form["always"].isEmpty else {
            try await watching.setWindow(nil, of: listing, as: call.actor)
            return back(call, .windowRemoved)
        }
        let entry = WeeklyHoursEntry(
            days: Array(form.fields(prefixed: "day-").keys),
            from: form["from"],
            to: form["to"],
            zone: form["zone"]
        )
        do {
            try await watching.setWindow(entry, of: listing, as: call.actor)
            return back(call, .windowSet)
        } catch let problem as RequestError where problem.isAboutForm {
            let window = WindowView.Entry(listing: listing, window: entry)
            return try await productPage(call, entry: .init(window: window, problem: problem))
        }
    }

    private func back(_ call: PageCall, _ notice: Notice) -> Response {
        // The id was checked when the use case was called with it.
        .seeOther(LocalPath("/products/\(call.context.parameters.get("product") ?? "")"), notice: notice)
    }
}

import Hummingbird
import Model
import Monitoring

/// Adding a product: paste an address, see what was read and why, save.
struct AddPages: Sendable {
    let site: Site

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/products/new", use: start)
        router.form("/products/previews", use: look)
        router.page("/products/previews/:preview", use: show)
        router.form("/products/previews/:preview", use: save)
    }

    @Sendable private func start(_ call: PageCall) async throws -> Response {
        let address = call.request.uri.queryParameters["address"].map(String.init) ?? ""
        return startPage(call, address: address, problem: nil)
    }

    private func startPage(_ call: PageCall, address: String, problem: RequestError?) -> Response {
        let view = AddView(
            frame: site.frame("Add a product", call.context, section: .products),
            formToken: call.formToken,
            address: address,
            problem: problem?.sentence(besides: []),
            existing: problem?.existing.map { "/products/\($0)" }
        )
        return site.page(view, status: problem?.status ?? 200)
    }

    @Sendable private func look(_ call: PageCall, _ form: Form) async throws -> Response {
        do {
            let preview = try await site.monitoring.watching.preview(form["address"], as: call.actor)
            return .seeOther(LocalPath("/products/previews/\(preview.id)"))
        } catch let problem as RequestError where problem.isAboutForm {
            return startPage(call, address: form["address"], problem: problem)
        }
    }

    @Sendable private func show(_ call: PageCall) async throws -> Response {
        let preview = try await site.monitoring.watching.preview(call.id("preview"), as: call.actor)
        return previewPage(call, preview, entry: .init(interval: site.monitoring.watching.standardInterval))
    }

    private func previewPage(_ call: PageCall, _ preview: Preview, entry: PreviewView.Entry) -> Response {
        let view = PreviewView(
            preview,
            entry: entry,
            intervals: site.monitoring.watching.intervals,
            frame: site.frame("What the page says", call.context, section: .products),
            formToken: call.formToken
        )
        return site.page(view, status: entry.problem?.status ?? 200)
    }

    @Sendable private func save(_ call: PageCall, _ form: Form) async throws -> Response {
        let watching = site.monitoring.watching
        let interval = form.interval ?? watching.standardInterval
        let id = try call.id("preview", of: Preview.self)
        do {
            let product = try await watching.save(
                id,
                name: form["name"],
                target: form["target"],
                interval: interval,
                as: call.actor
            )
            return .seeOther(LocalPath("/products/\(product)"), notice: .saved)
        } catch let problem as RequestError where problem.isAboutForm {
            let preview = try await watching.preview(id, as: call.actor)
            let entry = PreviewView.Entry(
                name: form["name"],
                target: form["target"],
                interval: interval,
                problem: problem
            )
            return previewPage(call, preview, entry: entry)
        }
    }
}

extension Form {
    /// The chosen interval, which forms send in minutes; nil where there is none.
    var interval: Duration? { Int(self["interval"]).flatMap { (1...1_000_000).contains($0) ? .minutes($0) : nil } }
}

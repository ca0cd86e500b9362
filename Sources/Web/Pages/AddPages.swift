import Hummingbird
import Model
import Monitoring

/// Adding a product, or another shop of one: paste an address, see what was read and why, save.
///
/// `product` in an address or a form names the product that gets another shop; without it there will be a new one.
struct AddPages: Sendable {
    let site: Site

    func add(to router: some RouterMethods<WebContext>) {
        router.page("/products/new", use: start)
        router.form("/products/previews", use: look)
        router.page("/products/previews/:preview", use: show)
        router.form("/products/previews/:preview", use: save)
    }

    @Sendable private func start(_ call: PageCall) async throws -> Response {
        let query = Form(query: call.request.uri.query ?? "")
        let product = try await product(query["product"], call)
        return startPage(call, address: query["address"], product: product, problem: nil)
    }

    /// nil for a new one.
    private func product(_ text: String, _ call: PageCall) async throws -> Product? {
        guard !text.isEmpty else { return nil }
        guard let id = ID<Product>(checking: text) else { throw RequestError.notFound("There is no such product.") }
        return try await site.monitoring.watching.product(id, as: call.actor).product
    }

    private func startPage(
        _ call: PageCall,
        address: String,
        product: Product?,
        problem: RequestError?
    ) -> Response {
        let view = AddView(
            frame: site.frame(product == nil ? "Add a product" : "Add a shop", call.context, section: .products),
            formToken: call.formToken,
            joined: product.map(JoinedProduct.init),
            address: address,
            problem: problem?.sentence(besides: []),
            existing: problem?.existing.map { "/products/\($0)" }
        )
        return site.page(view, status: problem?.status ?? 200)
    }

    @Sendable private func look(_ call: PageCall, _ form: Form) async throws -> Response {
        let product = try await product(form["product"], call)
        do {
            let address = form["address"].completedAddress
            let preview = try await site.monitoring.watching.preview(address, as: call.actor)
            let query = product.map { "?product=\($0.id)" } ?? ""
            return .seeOther(LocalPath("/products/previews/\(preview.id)\(query)"))
        } catch let problem as RequestError where problem.isAboutForm {
            return startPage(call, address: form["address"], product: product, problem: problem)
        }
    }

    @Sendable private func show(_ call: PageCall) async throws -> Response {
        let preview = try await site.monitoring.watching.preview(call.id("preview"), as: call.actor)
        let product = try await product(Form(query: call.request.uri.query ?? "")["product"], call)
        let entry = PreviewView.Entry(interval: site.monitoring.watching.standardInterval)
        return previewPage(call, preview, product: product, entry: entry)
    }

    private func previewPage(
        _ call: PageCall,
        _ preview: Preview,
        product: Product?,
        entry: PreviewView.Entry
    ) -> Response {
        let view = PreviewView(
            preview,
            joined: product.map(JoinedProduct.init),
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
        let product = try await product(form["product"], call)
        do {
            if let product {
                _ = try await watching.addListing(id, interval: interval, to: product.id, as: call.actor)
                return .seeOther(LocalPath("/products/\(product.id)"), notice: .shopAdded)
            }
            let new = try await watching.save(
                id,
                name: form["name"],
                target: form["target"],
                interval: interval,
                as: call.actor
            )
            return .seeOther(LocalPath("/products/\(new)"), notice: .saved)
        } catch let problem as RequestError where problem.isAboutForm {
            let preview = try await watching.preview(id, as: call.actor)
            let entry = PreviewView.Entry(
                name: form["name"],
                target: form["target"],
                interval: interval,
                problem: problem
            )
            return previewPage(call, preview, product: product, entry: entry)
        }
    }
}

extension String {
    /// What a person means who leaves out the scheme: `shop.example/lamp` is `https://shop.example/lamp`.
    fileprivate var completedAddress: String {
        let text = trimmingWhitespace()
        guard !text.contains("://"), !text.contains("@") else { return text }
        let host = text.prefix { !"/?#".contains($0) }
        // A port may follow, and nothing else that begins with a colon: `mailto:me` names a scheme.
        let name = host.prefix { $0 != ":" }
        guard host.dropFirst(name.count + 1).allSatisfy(\.isNumber), name.dropFirst().dropLast().contains(".") else {
            return text
        }
        return "https://\(text)"
    }
}

extension Form {
    /// The chosen interval, which forms send in minutes; nil where there is none.
    var interval: Duration? { Int(self["interval"]).flatMap { (1...1_000_000).contains($0) ? .minutes($0) : nil } }
}

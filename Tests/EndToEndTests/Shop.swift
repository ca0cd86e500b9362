import Synchronization
import TestSupport

/// A shop on this machine whose pages a test writes and rewrites.
final class Shop: Sendable {
    private let pages: SharedPages
    private let server: TestServer

    private final class SharedPages: Sendable {
        let bodies = Mutex<[String: [UInt8]]>([:])
        let isClosed = Mutex(false)
    }

    init() throws {
        let pages = SharedPages()
        self.pages = pages
        server = try TestServer { request in
            if pages.isClosed.withLock({ $0 }) { return .response(403) }
            guard let body = pages.bodies.withLock({ $0[request.target] }) else { return .response(404) }
            return .response(headers: [("Content-Type", "text/html; charset=utf-8")], body: body)
        }
    }

    /// The shop's name, which stands for this machine (RFC 6761).
    static let host = "corner-shop.localhost"

    /// Puts a page at a path, or another in its place; gives its address.
    @discardableResult
    func put(_ page: [UInt8], at path: String) -> String {
        pages.bodies.withLock { $0[path] = page }
        return server.url(host: Self.host) + path
    }

    @discardableResult
    func put(_ page: ShopPage, at path: String) -> String { put(Array(page.html.utf8), at: path) }

    /// The same at a shop of another name, which is this one in disguise.
    func put(_ page: ShopPage, at path: String, of name: String) -> String {
        put(page, at: path)
        return server.url(host: "\(name).localhost") + path
    }

    /// Turns every visitor away with status 403, or lets them in again.
    func close(_ isClosed: Bool) { pages.isClosed.withLock { $0 = isClosed } }

    /// How often a page was asked for.
    func visits(of path: String) -> Int { server.requests.count { $0.target == path } }
}

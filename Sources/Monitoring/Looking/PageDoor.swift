package import Fetch
package import Model
package import PluginAPI

/// How pages are asked for, and who is told what was found on them.
package struct PageDoor: Sendable {
    /// With a patience it throws `LaterTurn` where others keep it waiting for longer.
    package let exchange: @Sendable (_ request: HTTPRequest, _ patience: Duration?) async throws -> HTTPResponse
    /// Told once for each page that answered: its address, and what that says about its shop.
    package let report: @Sendable (_ url: String, _ verdict: SiteDoor.Verdict) async throws -> Void

    /// Pages are asked for as plugins do it, who wait for nobody.
    package init(exchange: @escaping HTTPExchange) {
        self.exchange = { request, _ in try await exchange(request) }
        report = { _, _ in }
    }

    package init(_ door: SiteDoor) {
        exchange = { try await door.exchange($0, patience: $1) }
        report = { try await door.report($0, $1) }
    }
}

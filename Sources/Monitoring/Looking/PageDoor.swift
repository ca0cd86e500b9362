package import Fetch
package import PluginAPI

/// How pages are asked for, and who is told what was found on them.
package struct PageDoor: Sendable {
    package let exchange: HTTPExchange
    /// Told once for each page that answered: its address, and what that says about its shop.
    package let report: @Sendable (_ url: String, _ verdict: SiteDoor.Verdict) async throws -> Void

    package init(
        exchange: @escaping HTTPExchange,
        report: @escaping @Sendable (_ url: String, _ verdict: SiteDoor.Verdict) async throws -> Void = { _, _ in }
    ) {
        self.exchange = exchange
        self.report = report
    }

    package init(_ door: SiteDoor) {
        self.init(
            exchange: { try await door.exchange($0) },
            report: { try await door.report($0, $1) }
        )
    }
}

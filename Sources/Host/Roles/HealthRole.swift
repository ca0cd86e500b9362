import Logging
import Operations
import ServiceLifecycle
import Web

/// Answers for the health of a process that shows no pages.
enum HealthRole {
    /// Empty when the port is 0.
    static func services(_ app: App) -> [any Service] {
        let (address, port, logger) = (app.settings.web.address, app.settings.healthPort, app.logger)
        guard port != 0 else { return [] }
        let listener = HealthListener(routes: app.operations, address: address, port: port, logger: logger) { port in
            logger.notice("The health listener is there.", metadata: ["http.address": "http://\(address):\(port)"])
        }
        return [Listening(at: address, port: port, key: "health.port", base: listener)]
    }
}

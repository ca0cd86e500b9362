import Logging
import Monitoring
import ServiceLifecycle
import Web

/// Shows the pages, and says where when they are there.
enum WebRole {
    static func services(_ app: App) throws -> [any Service] {
        let server: WebServer
        do {
            server = try WebServer(
                settings: app.settings.web,
                monitoring: app.monitoring,
                operations: app.operations,
                news: app.news,
                version: Version.text,
                logger: app.logger
            )
        } catch let error as WebSettingsError {
            throw Failure(.configuration, error.description)
        }
        let greeting = Greeting(settings: app.settings.web, accounts: app.monitoring.accounts, logger: app.logger)
        let application = server.application { await greeting.greet(port: $0) }
        return [
            Listening(at: app.settings.web.address, port: app.settings.web.port, key: "web.port", base: application)
        ]
    }
}

/// Tells whoever started the program where its pages are, and how to make the first account.
private struct Greeting: Sendable {
    let settings: WebSettings
    let accounts: Accounts
    let logger: Logger

    func greet(port: Int) async {
        do {
            let address = try WebPlace.address(settings, port: port)
            logger.notice("The web pages are there.", metadata: ["http.address": "\(address)"])
            guard try await !accounts.hasAccounts() else {
                if StandardOutput.isTerminal { StandardOutput.write("The price monitor is at \(address)") }
                return
            }
            guard StandardOutput.isTerminal else {
                // A log is kept and read by many: a link that lets anyone in has no place in it.
                logger.notice("Nobody can sign in yet: “host user invite” prints a link that makes the first account.")
                return
            }
            let link = WebPlace.setupLink(secret: try await accounts.invite().secret, at: address)
            for line in Frame.lines([
                "Nobody can sign in yet. This link makes the first account; it works once, for one hour:", "", link,
            ]) { StandardOutput.write(line) }
        } catch {
            logger.error("Could not say how to make the first account.", metadata: ["error": "\(error)"])
        }
    }
}

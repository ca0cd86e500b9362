import Model
import SQL
import ServiceLifecycle
import Store
import Web

/// Brings to open pages what this process and others changed.
enum NewsCarrier {
    /// Soon enough for a person, and rare enough that the announcements, for which PostgreSQL lets one transaction after the
    /// other end, do not hold up those that record prices.
    private static let interval: Duration = .milliseconds(500)
    /// Where processes that share a file cannot tell each other, pages ask this often whether they are as they should be.
    private static let silence: Duration = .seconds(5)

    static func services(_ app: App) -> [any Service] {
        let (news, database) = (app.news, app.database)
        let isShared = database.engine == .postgres
        func loop(_ interval: Duration, _ turn: @escaping @Sendable () async throws -> Void) -> TurnLoop {
            TurnLoop(
                name: "page news",
                work: "tell open pages of changes",
                interval: interval,
                heartbeats: app.heartbeats,
                logger: app.logger
            ) {
                try await turn()
                return false
            }
        }
        let carrier = loop(interval) {
            guard news.takeChange() else { return }
            // Announced, it comes back to this process too.
            if isShared { try await database.announcePageNews() } else { news.tell() }
        }
        guard app.settings.roles.contains(.web) else { return isShared ? [carrier] : [] }
        let ending = LastWord { news.close() }
        guard isShared else {
            let isAlone = app.settings.roles.contains(.worker)
            return [carrier, ending] + (isAlone ? [] : [loop(silence) { news.tell() }])
        }
        return [
            carrier, ending,
            NewsEar {
                database.pageNews
            } hear: {
                news.tell()
            },
        ]
    }

    /// Says something when the process is told to stop, before the pages' server waits for open connections.
    private struct LastWord: Service {
        let say: @Sendable () -> Void

        func run() async throws {
            // Cancelled where it has to be quick: then all connections are cut anyway.
            try? await gracefulShutdown()
            say()
        }
    }
}

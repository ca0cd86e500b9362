import Extraction
import Logging
import Model
import Monitoring
import Operations
import PluginAPI
import Queue
import SQL
import Store
import Synchronization
import TestSupport

@testable import Web

/// A whole installation on a database of its own, with shops that never answer and a channel that can be told to fail.
struct Installation: Sendable {
    let database: any Database
    let queue: any Queue
    let monitoring: Monitoring
    let clock: ManualClock
    let settings: WebSettings
    let news = PageNews()
    /// What was sent as mail.
    let post: MailTray

    static let password = "correct horse battery"

    static func with(
        _ settings: WebSettings = WebSettings(),
        _ body: @Sendable (Installation) async throws -> Void
    ) async throws {
        let rooms = [
            (room: StoreSchema.room, migrations: StoreSchema.migrations),
            (room: QueueSchema.room, migrations: QueueSchema.migrations),
        ]
        try await TestDatabase.with(rooms: rooms) { test in
            try await body(try Installation(test.database, settings))
        }
    }

    private init(_ database: any Database, _ settings: WebSettings) throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let clock = ManualClock()
        self.database = database
        self.clock = clock
        self.settings = settings
        let post = MailTray()
        self.post = post
        queue = DatabaseQueue(database: database, now: clock.reading)
        monitoring = Monitoring(
            database: database,
            queue: queue,
            registry: try Registry(scrapers: [], notifiers: [Pager.self, Letter.self]),
            reader: PageReader(scrapers: []),
            doors: PluginDoors(
                exchange: { _ in throw ExchangeError.unreachable("Nobody listens at shop.test.") },
                mail: { mail in
                    guard let answer = post.take(mail) else { return }
                    throw Refused(answer)
                },
                logger: logger
            ),
            zones: TestZones.source,
            settings: MonitoringSettings(),
            passwordCost: .least,
            now: clock.reading,
            logger: logger
        )
    }

    func server() throws -> WebServer {
        try WebServer(
            settings: settings,
            monitoring: monitoring,
            operations: OperationsRoutes(heartbeats: Heartbeats(), checks: [], metrics: PrometheusMetrics()),
            news: news,
            version: "1.2.3",
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            now: clock.reading
        )
    }

    /// A browser in which somebody has just made an account.
    func signedIn(as name: String = "mira") async throws -> Browser {
        let browser = Browser(try server())
        let invitation = try await monitoring.accounts.invite()
        let page = try await browser.get("/setup/\(invitation.secret)")
        _ = try await browser.post(
            "/setup/\(invitation.secret)",
            ["visitorToken": page.field("visitorToken") ?? "", "name": name, "password": Self.password]
        )
        return browser
    }

    func account(_ name: String = "mira") async throws -> Account {
        guard let account = try await monitoring.accounts.accounts().first(where: { $0.name == name }) else {
            throw RequestError.notFound(name)
        }
        return account
    }

    /// A preview as a look at a page would have left it.
    func preview(_ reading: Reading, of address: String = "https://shop.test/lamp") async throws -> ID<Preview> {
        let preview = Preview(
            id: .make(at: clock.now),
            owner: try await account().id,
            address: try WebAddress(address),
            answered: address,
            status: 200,
            took: .milliseconds(80),
            reading: reading,
            created: clock.now
        )
        try await database.transaction { try $0.insert(preview) }
        return preview.id
    }

    /// A product that is watched already.
    func product() async throws -> ID<Product> {
        let actor = Actor(account: try await account().id, rights: .write)
        return try await monitoring.watching.save(
            preview(try Samples.reading()),
            name: nil,
            target: nil,
            interval: nil,
            as: actor
        )
    }

    /// Does what a worker would, until a job was done.
    func work() async throws {
        while true {
            let jobs = try await queue.take(limit: 1, worker: "test")
            for job in jobs { try await queue.finish(job, await monitoring.jobs.perform(job)) }
            if !jobs.isEmpty { return }
            await queue.waitForJobs(upTo: .seconds(1))
        }
    }
}

/// Takes mails, or says why not.
final class MailTray: Sendable {
    private let state = Mutex((mails: [Mail](), problem: String?.none))

    var mails: [Mail] { state.withLock { $0.mails } }

    func refuse(_ problem: String?) { state.withLock { $0.problem = problem } }

    /// nil when it was taken.
    func take(_ mail: Mail) -> String? {
        state.withLock { state in
            if state.problem == nil { state.mails.append(mail) }
            return state.problem
        }
    }
}

/// A channel for tests: refuses every message whose address says so.
struct Pager: Notifier {
    static let id: PluginID = "pager"
    static let title = "Pager"
    static let summary = "Calls a pager."
    static let options = Samples.kind.options

    private let address: String

    init(_ setup: PluginSetup) throws(SetupError) {
        guard setup["url"].hasPrefix("https://") else { throw SetupError("url", "must begin with https://") }
        address = setup["url"]
    }

    func send(_ message: Message) async throws {
        if address.contains("refuse") { throw Refused("The pager answered 410.") }
    }
}

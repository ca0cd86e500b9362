import Extraction
import Fetch
import Logging
import Model
import Monitoring
import Moving
import Operations
import PluginAPI
import Queue
import SQL
import Store
import Web

/// The whole graph of a running program, built once.
struct App: Sendable {
    let settings: Settings
    let monitoring: Monitoring
    let queue: any Queue
    let heartbeats: Heartbeats
    let operations: OperationsRoutes
    /// For the pages that people have open.
    let news = PageNews()
    /// nil when none are wanted.
    let dailyBackup: DailyBackup?
    let logger: Logger
    var database: any Database { storage.database }
    private let storage: Storage
    /// nil when the database holds the jobs.
    let redis: RedisQueue?
    private let fetcher: Fetcher
    private let mail: MailSender

    /// Opens the database and brings its schema up to date.
    init(_ settings: Settings, metrics: PrometheusMetrics, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        storage = try Storage(settings.data, logger: logger)
        let changes = try await storage.migrate()
        if let backup = changes.backup {
            logger.notice(
                "Made a backup before changing the database's schema.",
                metadata: [
                    "backup.path": "\(backup.path)", "backup.bytes": "\(backup.bytes)", "backup.rows": "\(backup.rows)",
                ]
            )
        }
        for change in changes.names {
            logger.notice("Changed the database's schema.", metadata: ["migration": "\(change)"])
        }
        let database = storage.database
        // Half of what was there would be checked and told, and the rest of it could not follow.
        guard try await database.read({ try $0.importPosition() }) == nil else {
            await storage.database.close()
            throw Failure(.failed, Import.unfinished.description)
        }
        let zones = ZoneFiles()
        let redis = try await Self.redis(settings.queue, zones: zones.source, logger: logger)
        let queue: any Queue =
            redis ?? DatabaseQueue(database: database, zones: zones.source, lease: settings.queue.lease)
        self.redis = redis
        self.queue = queue
        let sites = DatabaseSites(database: database, policy: settings.fetch.breaker)
        let fetching = try Fetching(settings.fetch, shared: sites, logger: logger)
        fetcher = fetching.fetcher
        mail = MailSender(settings: settings.mail, logger: logger)
        var watching = settings.monitoring
        watching.program = Version.build
        monitoring = Monitoring(
            database: database,
            forPeople: storage.forPeople,
            queue: queue,
            queueForPeople: redis?.impatient(Storage.patienceOfPeople),
            registry: fetching.registry,
            reader: fetching.reader,
            doors: PluginDoors(
                exchange: fetcher.guarded,
                mail: mail.exchange,
                hasMailServer: settings.mail != nil,
                logger: logger
            ),
            pages: PageDoor(fetching.pages),
            zones: zones.source,
            homeZone: zones.homeName(),
            settings: watching,
            now: SystemClock.now,
            dueClock: { Timestamp(milliseconds: try $0.clockMilliseconds()) },
            logger: logger
        )
        dailyBackup = DailyBackup(settings.data, storage: storage, logger: logger)
        heartbeats = Heartbeats()
        operations = OperationsRoutes(
            heartbeats: heartbeats,
            checks: [
                ReadinessCheck("database") { try await database.probe() },
                ReadinessCheck("queue") { try await queue.ping() },
            ],
            metrics: metrics
        )
    }

    /// The process is about to end.
    func hurry() { storage.database.hurry() }

    /// A server that can't be reached may come back; one that can never be used ends the start.
    private static func redis(
        _ settings: QueueSettings,
        zones: @escaping ZoneSource,
        logger: Logger
    ) async throws -> RedisQueue? {
        guard let address = settings.redis else { return nil }
        let queue = RedisQueue(address, settings: settings.inRedis, zones: zones, logger: logger)
        do {
            for warning in try await queue.examine() { logger.warning("\(warning)") }
        } catch {
            switch error {
            case .unreachable, .busy, .full:
                logger.warning("The queue can't be used yet.", metadata: ["error": "\(error)"])
            case .address, .refused, .command, .closed:
                queue.close()
                throw Failure(.failed, "\(error)")
            }
        }
        return queue
    }

    /// Ends what was opened, in the opposite order.
    func close() async {
        await mail.close()
        await fetcher.close()
        redis?.close()
        await storage.database.close()
    }
}

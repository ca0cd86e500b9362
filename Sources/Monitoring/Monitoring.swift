package import Extraction
package import Logging
package import Model
package import PluginAPI
package import Queue
package import SQL

/// All use cases, built once by the composition root.
///
/// Web, REST and the roles call these and nothing below them.
package struct Monitoring: Sendable {
    package let accounts: Accounts
    package let watching: Watching
    package let channels: Channels
    package let alerts: Alerts
    package let doubts: Doubts
    package let jobs: Jobs
    package let scheduling: Scheduling
    package let failures: FailureTelling
    package let board: JobBoard
    package let digests: Digests
    package let digestTurns: DigestTurns
    package let manualReports: ManualReports

    /// `pages` is how pages of shops are asked for; nil asks for them as plugins do, through the doors' own exchange.
    ///
    /// Both are guarded: every address that is fetched here came from a person or a page. `forPeople` is the same
    /// database as our own pages use it, and `queueForPeople` the same queue. `dueClock` is what all processes that share
    /// the database go by when they say what is due; nil for `now`.
    package init(
        database: any Database,
        forPeople: (any Database)? = nil,
        queue: any Queue,
        queueForPeople: (any Queue)? = nil,
        registry: Registry,
        reader: PageReader,
        doors: PluginDoors,
        pages: PageDoor? = nil,
        zones: @escaping ZoneSource,
        homeZone: String = Zone.utc.name,
        settings: MonitoringSettings,
        passwordCost: PasswordCost = .standard,
        elapsed: @escaping @Sendable () -> Duration = ClockWatch.elapsed,
        now: @escaping @Sendable () -> Timestamp,
        dueClock: (@Sendable (any Connection) throws -> Timestamp)? = nil,
        logger: Logger
    ) {
        let metrics = MonitoringMetrics()
        let outbox = Outbox(queue: queue)
        let look = PageLook(
            reader: reader,
            door: pages ?? PageDoor(exchange: doors.exchange),
            program: settings.program
        )
        let times = OpeningTimes(zones: zones, logger: logger)
        let record = CheckRecorder(database: database, outbox: outbox, times: times, settings: settings, now: now)
        let retelling = Retelling(
            database: database,
            outbox: outbox,
            times: times,
            publicURL: settings.publicURL,
            now: now
        )
        let deliveries = Deliveries(
            database: database,
            retelling: retelling,
            registry: registry,
            doors: doors,
            metrics: metrics,
            now: now
        )
        let forPeople = forPeople ?? database
        let queueForPeople = queueForPeople ?? queue
        let outboxForPeople = Outbox(queue: queueForPeople)
        let dueClock = dueClock ?? { _ in now() }
        accounts = Accounts(database: forPeople, passwordCost: passwordCost, now: now)
        watching = Watching(
            database: forPeople,
            queue: queueForPeople,
            look: look,
            record: record,
            times: times,
            zones: zones,
            homeZone: homeZone,
            settings: settings,
            dueClock: dueClock,
            now: now
        )
        channels = Channels(
            database: forPeople,
            registry: registry,
            doors: doors,
            deliveries: deliveries,
            outbox: outboxForPeople,
            now: now
        )
        alerts = Alerts(database: forPeople, outbox: outboxForPeople, zones: zones, homeZone: homeZone, now: now)
        doubts = Doubts(database: forPeople, outbox: outboxForPeople, times: times, settings: settings, now: now)
        board = JobBoard(database: forPeople, queue: queueForPeople, watching: watching, now: now)
        failures = FailureTelling(
            database: database,
            outbox: outbox,
            times: times,
            settings: settings,
            now: now
        )
        let composer = ReportComposer(zones: zones, publicURL: settings.publicURL)
        digestTurns = DigestTurns(
            database: database,
            queue: queue,
            outbox: outbox,
            composer: composer,
            settings: settings,
            now: now,
            logger: logger
        )
        digests = Digests(
            database: forPeople,
            turns: digestTurns,
            composer: composer,
            zones: zones,
            homeZone: homeZone,
            now: now
        )
        manualReports = ManualReports(
            database: forPeople,
            composer: composer,
            registry: registry,
            doors: doors,
            homeZone: homeZone,
            now: now
        )
        scheduling = Scheduling(
            database: database,
            queue: queue,
            outbox: outbox,
            retelling: retelling,
            record: record,
            clock: ClockWatch(elapsed: elapsed),
            times: times,
            settings: settings,
            dueClock: dueClock,
            now: now
        )
        jobs = Jobs(
            checks: Checks(
                database: database,
                look: look,
                record: record,
                times: times,
                metrics: metrics,
                now: now
            ),
            deliveries: deliveries,
            scheduling: scheduling,
            digests: DigestJobs(turns: digestTurns)
        )
    }
}

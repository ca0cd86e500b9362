import Configuration
import Fetch
import Logging
import Model
import Monitoring
import Operations
import SQL
import Web

/// Every setting there is: what is not in this list is refused at the start.
enum SettingKeys {
    private static let monitoring = MonitoringSettings()
    private static let fetch = FetchSettings()
    private static let web = WebSettings()

    static let all: [SettingKey] =
        [
            SettingKey(
                "data.folder",
                .text,
                standard: .string("data"),
                "The folder that holds the database file; it is made if it is missing."
            ),
            SettingKey(
                "database.url",
                .text,
                standard: .string(""),
                isSecret: true,
                platformVariables: ["DATABASE_URL"],
                "The database, as sqlite:///absolute/path or postgres://user:password@host:5432/database; empty means the file \(Settings.databaseFile) in data.folder."
            ),
            SettingKey(
                "database.connections",
                .integer(1...200),
                standard: .int(PostgresSettings().connections),
                "How many connections a process has to a PostgreSQL server at most, besides two that are seldom used."
            ),
            SettingKey(
                "backup.folder",
                .text,
                standard: .string(""),
                "The folder into which the scheduler puts a backup of the database every day; empty means none."
            ),
            SettingKey(
                "backup.keep",
                .integer(1...1000),
                standard: .int(7),
                "How many daily backups are kept; the oldest ones are removed."
            ),
            SettingKey(
                "backup.beforeMigration",
                .choice(["always", "never"]),
                standard: .string("always"),
                "Whether a backup is made beside the database before a new version changes its schema."
            ),
            SettingKey(
                "redis.url",
                .text,
                standard: .string(""),
                isSecret: true,
                platformVariables: ["REDIS_URL"],
                "The Redis server that holds the jobs, like redis://:password@host:6379/0; empty means that the database holds "
                    + "them."
            ),
            SettingKey(
                "queue.prefix",
                .text,
                standard: .string("bull"),
                "What the keys of the jobs in Redis begin with; one in braces, like {bull}, keeps them together in a cluster."
            ),
            SettingKey(
                "queue.name",
                .text,
                standard: .string("price-monitor-queue"),
                "The name of the queue in Redis, by which clients and dashboards of BullMQ find it."
            ),
            SettingKey(
                "role",
                .words(Role.words),
                standard: .stringArray([Role.everything]),
                "What this process does: some of web, worker and scheduler, or all of them."
            ),
            SettingKey(
                "web.address",
                .text,
                standard: .string(web.address),
                "The network address that the web pages, or the health listener, listen at; 0.0.0.0 means every one."
            ),
            SettingKey(
                "web.port",
                .integer(0...65535),
                standard: .int(web.port),
                platformVariables: ["PORT"],
                "The port of the web pages; with 0 the system chooses one."
            ),
            SettingKey(
                "web.publicURL",
                .text,
                standard: .string(web.publicURL ?? ""),
                "The address at which people reach the web pages, such as https://prices.example; used for links in messages."
            ),
            SettingKey(
                "web.trustedProxies",
                .list,
                standard: .stringArray(web.trustedProxies),
                "The addresses of the proxies in front of the web pages whose X-Forwarded-For is believed, such as 10.0.0.0/8."
            ),
            SettingKey(
                "health.port",
                .integer(0...65535),
                standard: .int(8081),
                "The port on which roles without web pages answer /health, /ready and /metrics; 0 turns it off."
            ),
            SettingKey(
                "worker.concurrency",
                .integer(1...1000),
                standard: .int(32),
                "How many jobs a worker performs at the same time."
            ),
            SettingKey(
                "worker.leaseSeconds",
                .integer(2...3600),
                standard: .int(30),
                "How long a job belongs to its worker without a sign of life; after that another worker does it, in seconds."
            ),
        ] + checkKeys + fetchKeys + otherKeys

    private static let checkKeys: [SettingKey] = [
        SettingKey(
            "check.standardIntervalSeconds",
            .integer(1...MonitoringSettings.maximumInterval.wholeSeconds),
            standard: .int(monitoring.standardInterval.wholeSeconds),
            "The time between two checks of a listing for which nobody chose another, in seconds."
        ),
        SettingKey(
            "check.minimumIntervalSeconds",
            .integer(1...MonitoringSettings.maximumInterval.wholeSeconds),
            standard: .int(monitoring.minimumInterval.wholeSeconds),
            "The shortest time between two checks of a listing that anybody may choose, in seconds."
        ),
        SettingKey(
            "check.tolerance",
            .decimal(0...10),
            standard: .double(monitoring.tolerance),
            "How far a price may move between two checks before it is looked at again; 0.4 is 40 %."
        ),
        SettingKey(
            "check.secondLookSeconds",
            .integer(1...86_400),
            standard: .int(monitoring.secondLook.wholeSeconds),
            "How soon a doubted price is looked at again, in seconds."
        ),
        SettingKey(
            "check.askAboutDoubts",
            .flag,
            standard: .bool(monitoring.asksAboutDoubts),
            "Whether people are asked by a message about a doubted price that would be told if it were believed."
        ),
        SettingKey(
            "check.failuresBeforeTelling",
            .integer(1...1000),
            standard: .int(monitoring.failures.checks),
            "How many checks of a listing must fail in a row before its owner is told."
        ),
        SettingKey(
            "check.failureHoursBeforeTelling",
            .integer(0...8760),
            standard: .int(monitoring.failures.span.wholeSeconds / 3600),
            "How long a listing must have been failing before its owner is told, in hours."
        ),
        SettingKey(
            "check.keepDays",
            .integer(1...36_500),
            standard: .int(monitoring.keepChecks.wholeSeconds / 86_400),
            "How long the lines of the check log are kept, in days."
        ),
        SettingKey(
            "history.keepDays",
            .integer(0...36_500),
            standard: .int(0),
            "How long the price history is kept at least, in days; whole quarters of a year go at a time. 0 means for ever."
        ),
    ]

    private static let fetchKeys: [SettingKey] = [
        SettingKey(
            "fetch.userAgent",
            .text,
            standard: .string(fetch.userAgent),
            "The name under which pages are asked for (User-Agent)."
        ),
        SettingKey(
            "fetch.connectTimeoutSeconds",
            .integer(1...600),
            standard: .int(fetch.connectTimeout.wholeSeconds),
            "How long a connection may take to stand, in seconds."
        ),
        SettingKey(
            "fetch.timeoutSeconds",
            .integer(1...600),
            standard: .int(fetch.totalTimeout.wholeSeconds),
            "How long a page may take with all its redirects, in seconds."
        ),
        SettingKey(
            "fetch.maximumBytes",
            .integer(1000...1_000_000_000),
            standard: .int(fetch.maximumBytes),
            "How long a page may be once it is unpacked, in bytes."
        ),
        SettingKey(
            "fetch.maximumRedirects",
            .integer(0...50),
            standard: .int(fetch.maximumRedirects),
            "How many redirects are followed for one page."
        ),
        SettingKey(
            "fetch.hostConcurrency",
            .integer(1...1000),
            standard: .int(fetch.hostConcurrency),
            "How many pages of one shop are asked for at the same time."
        ),
        SettingKey(
            "fetch.hostPauseMilliseconds",
            .integer(0...600_000),
            standard: .int(fetch.hostPause.wholeMilliseconds),
            "The pause between two requests to one shop, in milliseconds."
        ),
        SettingKey(
            "fetch.allowPrivateHosts",
            .list,
            standard: .stringArray(fetch.allowPrivateHosts.sorted()),
            "The hosts, as name or name:port, that may be asked although their addresses are private."
        ),
        SettingKey(
            "fetch.obeyRobots",
            .flag,
            standard: .bool(fetch.obeyRobots),
            "Whether the robots.txt of shops is obeyed; sites may say otherwise for one shop."
        ),
        SettingKey(
            "fetch.proxy",
            .text,
            standard: .string(""),
            isSecret: true,
            "The proxy through which pages are asked for, as http://user:password@host:3128, https://… or socks5://…."
        ),
        SettingKey(
            "fetch.proxyResolves",
            .flag,
            standard: .bool(fetch.proxyResolves),
            "Whether proxies resolve host names themselves; private addresses are then theirs to refuse, not ours."
        ),
        SettingKey(
            "fetch.breakerFailures",
            .integer(0...1000),
            standard: .int(fetch.breaker.failures),
            "How many requests to one shop must fail in a row before it is left alone for a while; 0 means never."
        ),
        SettingKey(
            "fetch.breakerLongestPauseSeconds",
            .integer(60...86_400),
            standard: .int(fetch.breaker.longestPause.wholeSeconds),
            "The longest time for which a shop that fails is left alone before one request tries again, in seconds."
        ),
    ]

    private static let otherKeys: [SettingKey] = [
        SettingKey(
            "smtp.url",
            .text,
            standard: .string(""),
            isSecret: true,
            "The mail server, as smtp://user:password@host:587 or smtps://…; empty means that no mail is sent."
        ),
        SettingKey(
            "smtp.from",
            .text,
            standard: .string(""),
            "The sender of all mail, such as Prices <prices@example.org>."
        ),
        SettingKey(
            "log.level",
            .choice(Logger.Level.allCases.map(\.rawValue)),
            standard: .string(Logger.Level.info.rawValue),
            "The least important messages that are written to the log."
        ),
        SettingKey(
            "log.format",
            .choice(LogFormat.allCases.map(\.rawValue)),
            standard: .string(LogFormat.text.rawValue),
            "How log lines are written: text for people, or json with one object per line."
        ),
    ]

    static let names = all.map(\.name)

    static func key(_ name: String) -> SettingKey? { all.first { $0.name == name } }
}

extension Duration {
    /// Rounded toward zero.
    var wholeSeconds: Int { Int(components.seconds) }
}

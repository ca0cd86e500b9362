import Configuration
import Fetch
import Logging
import Model
import Monitoring
import Operations
import SQL
import Web

/// Everything that can be set, read and checked before any service starts.
struct Settings: Sendable {
    let data: DataSettings
    let queue: QueueSettings
    let roles: Set<Role>
    /// Keys: `web.address`, `web.port`, `web.publicURL`, `web.trustedProxies`.
    let web: WebSettings
    /// Key: `health.port`; 0 is off.
    let healthPort: Int
    /// Key: `worker.concurrency`.
    let workerConcurrency: Int
    let monitoring: MonitoringSettings
    let fetch: FetchSettings
    /// nil when no mail server is set.
    let mail: MailSettings?
    let log: LogSettings

    /// The name of the database file in `data.folder`.
    static let databaseFile = "prices.sqlite"

    init(_ loaded: LoadedSettings) throws {
        let config = loaded.config
        data = try DataSettings(loaded)
        queue = try QueueSettings(loaded)
        roles = Role.roles(of: try config.requiredStringArray(forKey: "role"))
        web = try WebSettings(loaded)
        healthPort = try config.requiredInt(forKey: "health.port")
        workerConcurrency = try config.requiredInt(forKey: "worker.concurrency")
        monitoring = try MonitoringSettings(loaded, publicURL: web.publicURL)
        fetch = try FetchSettings(loaded)
        mail = try MailSettings.read(loaded)
        log = try LogSettings(config)
    }
}

/// Keys: `data.folder`, `database.url`, `database.connections`, and those of `BackupSettings`.
struct DataSettings: Sendable {
    let folder: String
    let backup: BackupSettings
    let place: DatabasePlace
    /// What names of backups begin with: the path of the database file, or one that stands for it in `folder`.
    var backupBase: String {
        switch place {
        case .sqlite(let path): path
        case .postgres(let address, _): "\(folder)/\(address.database)"
        }
    }

    init(_ loaded: LoadedSettings) throws {
        folder = try loaded.config.requiredString(forKey: "data.folder")
        guard !folder.isEmpty else { throw loaded.failure("data.folder", "must not be empty.") }
        let url = try loaded.config.requiredString(forKey: "database.url", isSecret: true)
        place = try Self.place(url, folder: folder, loaded)
        backup = try BackupSettings(loaded)
    }

    private static func place(_ url: String, folder: String, _ loaded: LoadedSettings) throws -> DatabasePlace {
        guard !url.isEmpty else { return .sqlite(path: "\(folder)/\(Settings.databaseFile)") }
        if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            var settings = PostgresSettings()
            settings.connections = try loaded.config.requiredInt(forKey: "database.connections")
            do {
                return .postgres(try PostgresAddress(url), settings)
            } catch {
                throw loaded.failure("database.url", "can't be read. \(error)")
            }
        }
        let scheme = "sqlite://"
        let path = url.hasPrefix(scheme) ? String(url.dropFirst(scheme.count)) : ""
        guard path.hasPrefix("/"), path.count > 1, !path.hasSuffix("/") else {
            throw loaded.failure(
                "database.url",
                "must look like sqlite:///absolute/path/\(Settings.databaseFile) or "
                    + "postgres://user:password@host:5432/database."
            )
        }
        return .sqlite(path: path)
    }
}

/// Keys: `backup.folder`, `backup.keep`, `backup.beforeMigration`.
struct BackupSettings: Sendable {
    /// Where the daily ones go; nil when none are wanted.
    let folder: String?
    /// How many daily ones are kept.
    let keep: Int
    let isBeforeMigration: Bool

    init(_ loaded: LoadedSettings) throws {
        let folder = try loaded.config.requiredString(forKey: "backup.folder")
        self.folder = folder.isEmpty ? nil : folder
        keep = try loaded.config.requiredInt(forKey: "backup.keep")
        isBeforeMigration = try loaded.config.requiredString(forKey: "backup.beforeMigration") == "always"
    }
}

/// Keys: `log.level`, `log.format`.
struct LogSettings: Sendable {
    let level: Logger.Level
    let format: LogFormat

    init(_ config: ConfigReader) throws {
        level = try config.requiredString(forKey: "log.level", as: Logger.Level.self)
        format = try config.requiredString(forKey: "log.format", as: LogFormat.self)
    }
}

extension WebSettings {
    fileprivate init(_ loaded: LoadedSettings) throws {
        let config = loaded.config
        let publicURL = try config.requiredString(forKey: "web.publicURL")
        let address = try config.requiredString(forKey: "web.address")
        guard !address.isEmpty else { throw loaded.failure("web.address", "must not be empty.") }
        self.init(
            publicURL: publicURL.isEmpty ? nil : try Self.origin(publicURL, loaded),
            trustedProxies: try config.requiredStringArray(forKey: "web.trustedProxies"),
            address: address,
            port: try config.requiredInt(forKey: "web.port")
        )
    }

    /// The address without a slash at its end.
    private static func origin(_ text: String, _ loaded: LoadedSettings) throws -> String {
        do {
            let address = try WebAddress(text)
            if address.target == "/" { return String(address.text.dropLast()) }
        } catch {
            throw loaded.failure("web.publicURL", "cannot be used: \(error)")
        }
        throw loaded.failure("web.publicURL", "must have no path: https://prices.example, not https://example/prices.")
    }
}

extension MonitoringSettings {
    fileprivate init(_ loaded: LoadedSettings, publicURL: String?) throws {
        let config = loaded.config
        self.init()
        self.publicURL = publicURL
        standardInterval = .seconds(try config.requiredInt(forKey: "check.standardIntervalSeconds"))
        minimumInterval = .seconds(try config.requiredInt(forKey: "check.minimumIntervalSeconds"))
        tolerance = try config.requiredDouble(forKey: "check.tolerance")
        secondLook = .seconds(try config.requiredInt(forKey: "check.secondLookSeconds"))
        asksAboutDoubts = try config.requiredBool(forKey: "check.askAboutDoubts")
        failures.checks = try config.requiredInt(forKey: "check.failuresBeforeTelling")
        failures.span = .hours(try config.requiredInt(forKey: "check.failureHoursBeforeTelling"))
        keepChecks = .days(try config.requiredInt(forKey: "check.keepDays"))
        let days = try config.requiredInt(forKey: "history.keepDays")
        keepHistory = days > 0 ? .days(days) : nil
        guard standardInterval >= minimumInterval else {
            throw loaded.failure(
                "check.standardIntervalSeconds",
                "is \(standardInterval.wholeSeconds), shorter than check.minimumIntervalSeconds, which is "
                    + "\(minimumInterval.wholeSeconds)."
            )
        }
    }
}

extension FetchSettings {
    fileprivate init(_ loaded: LoadedSettings) throws {
        let config = loaded.config
        self.init()
        userAgent = try config.requiredString(forKey: "fetch.userAgent")
        connectTimeout = .seconds(try config.requiredInt(forKey: "fetch.connectTimeoutSeconds"))
        totalTimeout = .seconds(try config.requiredInt(forKey: "fetch.timeoutSeconds"))
        maximumBytes = try config.requiredInt(forKey: "fetch.maximumBytes")
        maximumRedirects = try config.requiredInt(forKey: "fetch.maximumRedirects")
        hostConcurrency = try config.requiredInt(forKey: "fetch.hostConcurrency")
        hostPause = .milliseconds(try config.requiredInt(forKey: "fetch.hostPauseMilliseconds"))
        let hosts = try config.requiredStringArray(forKey: "fetch.allowPrivateHosts")
        allowPrivateHosts = Set(hosts.map { $0.lowercased() })
        obeyRobots = try config.requiredBool(forKey: "fetch.obeyRobots")
        proxyResolves = try config.requiredBool(forKey: "fetch.proxyResolves")
        proxy = try Self.proxy(loaded, isResolving: proxyResolves)
        breaker.failures = try config.requiredInt(forKey: "fetch.breakerFailures")
        breaker.longestPause = .seconds(try config.requiredInt(forKey: "fetch.breakerLongestPauseSeconds"))
        sites = loaded.sites.settings
    }

    private static func proxy(_ loaded: LoadedSettings, isResolving: Bool) throws -> ProxyAddress? {
        let text = try loaded.config.requiredString(forKey: "fetch.proxy", isSecret: true)
        guard !text.isEmpty else { return nil }
        let proxy: ProxyAddress
        do {
            proxy = try ProxyAddress(text)
        } catch {
            throw loaded.failure("fetch.proxy", error.description)
        }
        guard !proxy.alwaysResolves || isResolving else {
            throw Failure(
                .configuration,
                SettingsWords.proxyResolves("fetch.proxy", setting: "fetch.proxyResolves")
            )
        }
        return proxy
    }
}

extension MailSettings {
    /// Keys: `smtp.url`, `smtp.from`; nil when neither is set.
    fileprivate static func read(_ loaded: LoadedSettings) throws -> MailSettings? {
        let url = try loaded.config.requiredString(forKey: "smtp.url", isSecret: true)
        let from = try loaded.config.requiredString(forKey: "smtp.from")
        guard !url.isEmpty else {
            guard from.isEmpty else {
                throw loaded.failure("smtp.from", "is set, but smtp.url is not. Set both or none.")
            }
            return nil
        }
        guard !from.isEmpty else {
            throw loaded.failure("smtp.url", "is set, but smtp.from is not: mail needs a sender. Set both or none.")
        }
        do {
            return try MailSettings(url: url, from: from)
        } catch {
            throw loaded.failure(error.key, "\(error.problem).")
        }
    }
}

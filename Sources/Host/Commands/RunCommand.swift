import ArgumentParser
import FoundationEssentials
import Logging
import Metrics
import Model
import Operations
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the price monitor until it is told to stop.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the price monitor until it is stopped with SIGTERM or Ctrl-C (default)."
    )

    @Option(
        help: ArgumentHelp(
            "Do only this: some of \(Role.allCases.map(\.rawValue).joined(separator: ",")), "
                + "separated by commas, or \(Role.everything) (default: the setting “role”).",
            valueName: "roles"
        )
    )
    var role: String?

    @OptionGroup var shared: SharedOptions

    /// The process has ten seconds between being told to stop and being killed; each part has less.
    private static let gracefulLimit: Duration = .milliseconds(8500)
    private static let lastLimit: Duration = .milliseconds(9500)

    func run() async throws {
        let start = ContinuousClock.now
        let settings = try Settings(shared.load(role: role))
        // A reader that hangs up must not end the process.
        signal(SIGPIPE, SIG_IGN)
        settings.log.begin()
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        try Self.prepare(settings.data.folder)
        let app = try await App(settings, metrics: metrics, logger: Logger(label: "host"))
        let roles = Role.allCases.filter(settings.roles.contains)
        app.logger.notice(
            "The price monitor is starting.",
            metadata: ["version": "\(Version.text)", "roles": "\(roles.map(\.rawValue).joined(separator: ","))"]
        )
        let memory = OwnThread(every: .seconds(30)) { Memory.giveBack() }
        memory.start()
        defer { memory.stop() }
        do {
            try await serve(app)
        } catch {
            await app.close()
            throw error
        }
        await app.close()
        app.logger.notice(
            "The price monitor has ended.",
            metadata: ["took.milliseconds": .stringConvertible((ContinuousClock.now - start).wholeMilliseconds)]
        )
    }

    private func serve(_ app: App) async throws {
        let roles = app.settings.roles
        var services: [any Service] = roles.contains(.web) ? try WebRole.services(app) : HealthRole.services(app)
        services.append(Surroundings.loop(app))
        services += NewsCarrier.services(app)
        if roles.contains(.worker) { services += WorkerRole.services(app) }
        if roles.contains(.scheduler) { services += SchedulerRole.services(app) }
        // Services are stopped one after the other, the last one first.
        services.append(LastResort(limit: Self.lastLimit) { app.hurry() })
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: app.logger
        )
        configuration.maximumGracefulShutdownDuration = Self.gracefulLimit
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            app.logger.warning("Some work did not end in time and was cut short.")
        }
    }

    /// Makes the folder, and asks whether it can be written before the database fails with stranger words.
    private static func prepare(_ folder: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure(
                .failed,
                "The data folder “\(folder)” cannot be made. Set data.folder to one that this user may write."
            )
        }
        guard access(folder, W_OK | X_OK) == 0 else {
            throw Failure(
                .failed,
                "The data folder “\(folder)” cannot be written by this user. Change its rights, or set data.folder."
            )
        }
    }
}

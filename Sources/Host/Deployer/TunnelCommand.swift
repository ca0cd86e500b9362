import ArgumentParser
import Deploy
import FoundationEssentials
import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// Opens ways to an environment's databases.
struct TunnelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tunnel",
        abstract: "Open ways from this computer to the databases of an environment, until Ctrl-C.",
        discussion: """
            PostgreSQL and Redis are reached by the applications alone. This leads a port of 127.0.0.1 to each of them through \
            SSH, and prints the commands that connect. The passwords are in files that only you can read and that go at the end.
            """
    )

    @Flag(help: "Print addresses with the passwords in them too, for programs that take nothing else.")
    var showPasswords = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let (workshop, _) = try await site.lookedAt()
            guard let secrets = try site.deployment.currentSecrets() else {
                throw DeployError.nothingThere(options.environment)
            }
            let ways = try await DatabaseTunnels(workshop.machine, workshop.discoveries).open()
            let passwords = try PasswordFiles()
            defer { passwords.remove() }
            for way in ways {
                let isPostgres = way.title == "PostgreSQL"
                let password = isPostgres ? secrets.postgresPassword : secrets.redisPassword
                for line in isPostgres
                    ? try postgres(way, password, passwords) : try redis(way, password, passwords)
                { StandardOutput.write(line) }
            }
            StandardOutput.write("Open until Ctrl-C.")
            try await Self.wait(workshop.machine)
        }
    }

    private func postgres(_ way: DatabaseTunnels.Way, _ password: String, _ files: PasswordFiles) throws -> [String] {
        let file = try files.write("pgpass", "127.0.0.1:\(way.port):\(way.database):\(way.user):\(password)\n")
        let url = "postgres://\(way.user):\(password)@127.0.0.1:\(way.port)/\(way.database)"
        return [
            "PostgreSQL is at 127.0.0.1:\(way.port), user \(way.user), database \(way.database):",
            "  PGPASSFILE=\(file) psql -h 127.0.0.1 -p \(way.port) -U \(way.user) \(way.database)",
        ] + (showPasswords ? ["  \(url)"] : [])
    }

    private func redis(_ way: DatabaseTunnels.Way, _ password: String, _ files: PasswordFiles) throws -> [String] {
        let file = try files.write("redis", "\(password)\n")
        let url = "redis://\(way.user):\(password)@127.0.0.1:\(way.port)/\(way.database)"
        return [
            "Redis is at 127.0.0.1:\(way.port), database \(way.database):",
            "  REDISCLI_AUTH=\"$(cat \(file))\" redis-cli -h 127.0.0.1 -p \(way.port)",
        ] + (showPasswords ? ["  \(url)"] : [])
    }

    /// Until somebody ends the program, or the connection ends by itself.
    private static func wait(_ machine: EnvironmentMachine) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: KeptTunnels(machine: machine))],
                gracefulShutdownSignals: [.sigint, .sigterm],
                logger: Logger(label: "host")
            )
        )
        try await group.run()
    }
}

/// Looks every minute whether the tunnels are still there, which keeps them there.
private struct KeptTunnels: Service {
    let machine: EnvironmentMachine

    func run() async throws {
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            try await machine.keepOpen()
            // Somebody ends it, which is no failure.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
        }
    }
}

/// Files with a password each, in a folder for their owner alone.
private struct PasswordFiles {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pma-\(UUID().uuidString.lowercased())").path
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Its path.
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else { throw DeployError("The file “\(path)” can't be written. Look whether the disk is full.") }
        return path
    }

    func remove() {
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }
}

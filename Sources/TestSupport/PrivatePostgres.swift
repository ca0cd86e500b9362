import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// A PostgreSQL server for one test, which may be harmed: stopped, killed, frozen and started again on its port.
///
/// What it has stored survives everything but a power cut.
package final class PrivatePostgres: Sendable {
    package let port: Int
    private let folder: String
    private let programs: String
    private let options: String
    /// Ends the server where the test process dies.
    private let guardian: ChildProcess

    private static let owner = "postgres"
    private static let password = "ripe-and-sweet"

    private var data: String { "\(folder)/data" }

    /// Making a server's data is work for all cores, and many at once would make each other late.
    private static let turns = Places(2)

    /// Lends a running server, which is gone afterwards; `settings` as in postgresql.conf: `max_connections=20`.
    package static func with<T>(
        _ settings: String...,
        body: (PrivatePostgres) async throws -> T
    ) async throws -> T {
        await turns.take()
        defer { turns.giveBack() }
        let server = try await PrivatePostgres(settings)
        do {
            try await server.start()
            let result = try await body(server)
            await server.remove()
            return result
        } catch {
            await server.remove()
            throw error
        }
    }

    private init(_ settings: [String]) async throws {
        folder =
            FileManager.default.temporaryDirectory.appending(path: "price-monitor-server-\(UUID().uuidString)").path
        programs = try await Self.findPrograms()
        // One that nobody is given while this server is down.
        port = try TestServer.freePort()
        let all =
            [
                "port=\(port)", "listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off",
                "log_min_messages=fatal",
            ]
            + settings
        options = all.map { "-c \($0)" }.joined(separator: " ")
        try FileManager.default.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: true)
        let data = "\(folder)/data"
        let stop = "'\(programs)/pg_ctl' -D '\(folder)/data' -m immediate stop"
        // In a session of its own, so that what ends the tests does not end it too.
        guardian = try ChildProcess(
            "/usr/bin/env",
            ["setsid", "sh", "-c", "cat >/dev/null; \(Self.prefix.joined(separator: " ")) \(stop) >/dev/null 2>&1"]
        )
        try Data(Self.password.utf8).write(to: URL(filePath: "\(folder)/password"))
        if geteuid() == 0 { try Self.give(data, to: Self.owner) }
        try await run(
            "initdb",
            ["-D", data, "--username=prices", "--pwfile=\(folder)/password", "--auth=scram-sha-256", "--no-sync"]
                + ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        )
    }

    /// For database.url; through a proxy with its port.
    package func url(
        port: Int? = nil,
        user: String = "prices",
        password: String = password,
        database: String = "postgres"
    ) -> String {
        "postgres://\(user):\(password)@127.0.0.1:\(port ?? self.port)/\(database)?sslmode=disable&gssencmode=disable"
    }

    /// For database.url over TLS: reaches this server under a name of one's own; `sslmode` as libpq knows it.
    package func secureURL(host: String, sslmode: String, root: String = "") -> String {
        "postgres://prices:\(Self.password)@\(host):\(port)/postgres?hostaddr=127.0.0.1&gssencmode=disable"
            + "&sslmode=\(sslmode)" + (root.isEmpty ? "" : "&sslrootcert=\(root)")
    }

    /// What no message may hold.
    package var secret: String { Self.password }

    /// Puts a file among the server's own, such as `pg_hba.conf`, in place of what was there.
    package func put(_ text: String, as name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(data)/\(name)"))
        try Self.give("\(data)/\(name)", to: geteuid() == 0 ? Self.owner : nil, mode: 0o600)
    }

    /// Returns when it takes connections.
    package func start() async throws {
        // The memory of a server that was killed is given back when its last process has noticed.
        for _ in 0..<50 {
            if (try? await control(["-w", "-t", "60", "-l", "\(data)/server.log", "-o", options, "start"])) != nil {
                return
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        try await control(["-w", "-t", "60", "-l", "\(data)/server.log", "-o", options, "start"])
    }

    /// Ends it as a person would, without waiting for who is connected.
    package func stop() async throws { try await control(["-w", "-m", "fast", "stop"]) }

    /// Kills its first process with SIGKILL; the others end when they notice.
    package func kill() throws { Glibc.kill(try postmaster, SIGKILL) }

    /// Lets none of its processes do anything, and tells nobody.
    package func freeze() throws { for process in try processes { Glibc.kill(process, SIGSTOP) } }

    package func thaw() throws { for process in try processes { Glibc.kill(process, SIGCONT) } }

    /// Gives a folder to the user as whom the server runs.
    package func give(_ path: String) throws { if geteuid() == 0 { try Self.give(path, to: Self.owner) } }

    private var postmaster: pid_t {
        get throws {
            let lines = try String(contentsOf: URL(filePath: "\(data)/postmaster.pid"), encoding: .utf8)
            guard let process = lines.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
                throw ChildProcess.Failure(description: "The server of this test does not say its process.")
            }
            return process
        }
    }

    private var processes: [pid_t] {
        get throws {
            let first = try postmaster
            let names = try FileManager.default.contentsOfDirectory(atPath: "/proc")
            return [first]
                + names.compactMap { pid_t($0) }.filter { process in
                    // Others end while we look.
                    let stat = try? String(contentsOf: URL(filePath: "/proc/\(process)/stat"), encoding: .utf8)
                    let fields = stat?.split(separator: ")").last?.split(separator: " ") ?? []
                    return fields.count > 1 && pid_t(fields[1]) == first
                }
        }
    }

    private func remove() async {
        // One that is frozen would not end, one that was ended already can't be: both are right here.
        try? thaw()
        try? await control(["-w", "-m", "immediate", "stop"])
        guardian.close()
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func control(_ arguments: [String]) async throws { try await run("pg_ctl", ["-D", data] + arguments) }

    private func run(_ program: String, _ arguments: [String]) async throws {
        let words = Self.prefix + ["\(programs)/\(program)"] + arguments
        let ended = try await Subprocess.run(
            .name(words[0]),
            arguments: Arguments(Array(words.dropFirst())),
            workingDirectory: "/",
            output: .discarded,
            error: .string(limit: 100_000)
        )
        guard ended.terminationStatus.isSuccess else {
            throw ChildProcess.Failure(description: "\(program) failed: \(ended.standardError)")
        }
    }

    /// PostgreSQL does not run as root.
    private static var prefix: [String] { geteuid() == 0 ? ["runuser", "-u", owner, "--"] : [] }

    private static func give(_ path: String, to owner: String?, mode: mode_t = 0o700) throws {
        if let owner {
            guard let user = getpwnam(owner), chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0
            else { throw ChildProcess.Failure(description: "\(path) can't be given to \(owner).") }
        }
        guard chmod(path, mode) == 0 else { throw ChildProcess.Failure(description: "\(path) keeps its rights.") }
    }

    private static func findPrograms() async throws -> String {
        let asked = try? await Subprocess.run(
            .name("pg_config"),
            arguments: ["--bindir"],
            output: .string(limit: 1000),
            error: .discarded
        )
        let versions = "/usr/lib/postgresql"
        let installed = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
        let folders =
            [String((asked?.standardOutput ?? "").prefix { !$0.isNewline })]
            + installed.sorted().reversed().map { "\(versions)/\($0)/bin" }
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/postgres") })
        else {
            throw ChildProcess.Failure(description: "The PostgreSQL server is not installed: scripts/setup run test.")
        }
        return folder
    }
}

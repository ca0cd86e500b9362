import FoundationEssentials
import Glibc
import SQL
import Subprocess
import TestSupport

/// The real binary on a data folder of its own, which goes with the object.
final class Installation: Sendable {
    let folder: String
    let settings: [String: String]
    /// All that the program has of an environment while it runs, besides PATH and HOME.
    let environment: [String: String]
    /// The PostgreSQL database that it keeps its data in; nil for a SQLite file.
    let databaseURL: String?
    /// The Redis server that it keeps its jobs in; nil for the database.
    private let redisURL: String?

    /// Asks that server.
    let redisCommand: @Sendable ([String]) throws -> TestRedis.Answer

    /// What the keys of its jobs in Redis begin with; nil when they are in the database.
    var queueKeys: String? { redisURL == nil ? nil : "\(settings["queue.prefix"] ?? "bull"):\(Self.queue):" }

    /// What the queue is called there.
    static let queue = "price-monitor-queue"

    /// The binary that the build made beside these tests, or the one that PROGRAM_UNDER_TEST names.
    static let binary =
        ProcessInfo.processInfo.environment["PROGRAM_UNDER_TEST"]
        ?? "\(#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/"))/.build/debug/host"

    /// What a program that was built with a sanitizer needs besides (scripts/sanitize).
    private static let sanitizing: [String: String] = {
        let all = ProcessInfo.processInfo.environment
        guard let library = all["PROGRAM_PRELOAD"] else { return [:] }
        return ["LD_PRELOAD": library, "TSAN_OPTIONS": all["TSAN_OPTIONS"] ?? ""]
    }()

    /// With its data in a file, or in a schema and under a prefix of its own on the tests' servers.
    static func on(_ footing: Footing, _ settings: [String: String] = [:]) async throws -> Installation {
        guard footing != .sqlite else { return try Installation(settings) }
        let database = try TestPostgres.url(schema: await TestPostgres.makeSchema())
        guard footing == .postgresAndRedis else { return try Installation(settings, databaseURL: database) }
        return try Installation(
            settings.merging(["queue.prefix": TestRedis.makePrefix()]) { $1 },
            databaseURL: database,
            redisURL: TestRedis.url
        )
    }

    init(
        _ settings: [String: String] = [:],
        environment: [String: String] = [:],
        databaseURL: String? = nil,
        redisURL: String? = nil,
        redisCommand: @escaping @Sendable ([String]) throws -> TestRedis.Answer = { try TestRedis.command($0) }
    ) throws {
        guard FileManager.default.isExecutableFile(atPath: Self.binary) else {
            throw Problem(
                "There is no program at \(Self.binary): build it first (scripts/build), or set PROGRAM_UNDER_TEST."
            )
        }
        folder = "\(FileManager.default.temporaryDirectory.path)/installation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.settings = settings
        self.environment = environment
        self.databaseURL = databaseURL
        self.redisURL = redisURL
        self.redisCommand = redisCommand
    }

    deinit {
        // A folder that cannot be removed is left to whoever cleans the temporary files.
        try? FileManager.default.removeItem(atPath: folder)
    }

    var databasePath: String { "\(folder)/data/prices.sqlite" }

    /// Its database, beside the program or after its death.
    func openDatabase() throws -> any Database {
        guard let databaseURL else { return try SQLiteDatabase(path: databasePath, logger: .quiet) }
        return try TestPostgres.open(databaseURL, connections: 1)
    }

    /// Runs all roles while `work` runs, then ends them with SIGTERM.
    ///
    /// Throws where the program does not end with 0 within 10 s after that, and what `work` throws together with what
    /// the program wrote.
    func run<Result: Sendable>(_ work: (RunningProgram) async throws -> Result) async throws -> Result {
        try await run("all") { log in
            try await work(RunningProgram(installation: self, port: try await log.port(), log: log))
        }
    }

    /// Runs some roles in a process of their own, as `run` does; `more` is what that one has in its environment besides.
    func run<Result: Sendable>(
        _ roles: String,
        environment more: [String: String] = [:],
        _ work: (ProgramLog) async throws -> Result
    ) async throws -> Result {
        let words = ["run", "--role", roles] + (roles == "all" || roles == "web" ? [] : ["--set", "health.port=0"])
        let ended = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(try shell(words, port: 0, environment: more)),
            input: .none,
            output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            let log = ProgramLog()
            let patience = TeardownStep.gracefulShutDown(allowedDurationToNextStep: .seconds(10))
            async let reading: Void = log.read(execution.standardOutput)
            do {
                let result = try await work(log)
                await execution.teardown(using: [patience])
                try await reading
                return result
            } catch {
                await execution.teardown(using: [patience])
                try await reading
                throw Problem("\(error)\nWhat the program wrote:\n\(log.lines.joined(separator: "\n"))")
            }
        }
        guard ended.terminationStatus == .exited(0) else {
            throw Problem("After SIGTERM the program ended with \(ended.terminationStatus), not 0 within 10 s.")
        }
        return ended.closureResult
    }

    /// Runs all roles while `work` runs, and kills the program with SIGKILL the moment after.
    func runUntilKilled<Result: Sendable>(
        _ work: (RunningProgram, LiveProcess) async throws -> Result
    ) async throws -> Result {
        let (result, status) = try await runUntilEnded { program, process in
            let result = try await work(program, process)
            process.send(SIGKILL)
            return result
        }
        guard status == .signaled(SIGKILL) else {
            throw Problem("The program was to be killed but ended with \(status).")
        }
        return result
    }

    /// Runs all roles until they end, which `work` sees to; says how they ended.
    func runUntilEnded<Result: Sendable>(
        _ work: (RunningProgram, LiveProcess) async throws -> Result
    ) async throws -> (Result, TerminationStatus) {
        try await runUntilEnded("all") { process in
            try await work(
                RunningProgram(installation: self, port: try await process.log.port(), log: process.log),
                process
            )
        }
    }

    /// Runs some roles in a process of their own until it ends, which `work` sees to; says how it ended.
    @discardableResult
    func runUntilEnded<Result: Sendable>(
        _ roles: String,
        _ work: (LiveProcess) async throws -> Result
    ) async throws -> (Result, TerminationStatus) {
        let words = ["run", "--role", roles] + (roles == "all" || roles == "web" ? [] : ["--set", "health.port=0"])
        let ended = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(try shell(words, port: 0)),
            input: .none,
            output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            let log = ProgramLog()
            let process = LiveProcess(id: execution.processIdentifier.value, log: log)
            async let reading: Void = log.read(execution.standardOutput)
            do {
                let result = try await work(process)
                try await reading
                return result
            } catch {
                process.send(SIGKILL)
                try await reading
                throw Problem("\(error)\nWhat the program wrote:\n\(log.lines.joined(separator: "\n"))")
            }
        }
        return (ended.closureResult, ended.terminationStatus)
    }

    /// Starts all roles and waits for the end; for starts that cannot succeed, and are sent the signal where they do.
    func attempt(
        port: Int = 0,
        by wrapper: [String] = [],
        limit seconds: Double = 60,
        signal: String = "KILL"
    ) async throws -> Command.Finished {
        let words = wrapper + ["sh"] + (try shell(["run", "--role", "all"], port: port))
        return try await Command.run("timeout", ["--signal", signal, "\(seconds)"] + words)
    }

    /// What `sh` is told to become the program: in a folder and with an environment in which nobody's settings lie.
    ///
    /// Port 0 lets the system choose.
    fileprivate func shell(_ words: [String], port: Int, environment more: [String: String] = [:]) throws -> [String] {
        // A program whose test was killed is killed within a second, by a shell that looks after both.
        let guardian = """
            ( while [ -d /proc/$$ ]; do [ -d /proc/$PPID ] || kill -KILL $$; sleep 1; done ) >/dev/null 2>&1 </dev/null &
            """
        let script = "\(guardian)\ncd \"$1\" && shift && exec env -i PATH=\"$PATH\" HOME=\"$PWD\" \"$@\""
        let isRun = words.first == "run"
        let place = ["DATABASE_URL": databaseURL, "REDIS_URL": redisURL].compactMapValues(\.self)
        let variables = Self.sanitizing.merging(isRun ? environment.merging(more) { $1 } : [:]) { "\($0):\($1)" }
            .merging(place) { $1 }
            .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ["-c", script, "sh", folder] + variables + [Self.binary] + words + options(port: port)
    }

    private func options(port: Int) -> [String] {
        var all = settings
        all["data.folder"] = "\(folder)/data"
        all["web.port"] = "\(port)"
        return all.sorted { $0.key < $1.key }.flatMap { ["--set", "\($0.key)=\($0.value)"] }
    }
}

/// The process of a program that was not waited for yet, so its id is its own.
struct LiveProcess {
    let id: Int32
    let log: ProgramLog

    func send(_ signal: Int32) { kill(id, signal) }
}

/// A program that answers.
struct RunningProgram {
    let installation: Installation
    let port: Int
    let log: ProgramLog

    var address: String { "http://127.0.0.1:\(port)" }

    /// A command beside the running program: what it printed, without the last line end.
    func command(_ words: String...) async throws -> String {
        let output = try await Command.output("sh", try installation.shell(words, port: port))
        return String(String(decoding: output, as: UTF8.self).trimmingSuffix(while: \.isNewline))
    }
}

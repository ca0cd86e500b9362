import FoundationEssentials
import Glibc
import Synchronization

/// A Redis server for one test, which may be harmed: stopped, killed, frozen and started again on its port.
///
/// What it was told survives everything but a power cut, unless its settings say otherwise.
package final class PrivateRedis: Sendable {
    package static let password = "ripe-and-sweet"

    package let port: Int
    private let folder: String
    private let child = Mutex<ChildProcess?>(nil)

    /// Lends a running server, which is gone afterwards; `settings` as in redis.conf: `maxmemory 3mb`.
    package static func with<T>(_ settings: String..., body: (PrivateRedis) async throws -> T) async throws -> T {
        let server = try PrivateRedis(settings)
        do {
            try await server.start()
            let result = try await body(server)
            server.remove()
            return result
        } catch {
            server.remove()
            throw error
        }
    }

    private init(_ settings: [String]) throws {
        folder =
            FileManager.default.temporaryDirectory.appending(path: "price-monitor-redis-\(UUID().uuidString)").path
        // One that nobody is given while this server is down.
        port = try TestServer.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let all =
            [
                "port \(port)", "bind 127.0.0.1", "dir \(folder)", "pidfile \(folder)/pid",
                "logfile \(folder)/log", "requirepass \(Self.password)", "maxmemory-policy noeviction", "save \"\"",
                "appendonly yes", "appendfsync no", "unixsocket \(folder)/socket",
            ]
            + settings
        try Data(all.joined(separator: "\n").utf8).write(to: URL(filePath: "\(folder)/redis.conf"))
    }

    /// For redis.url; through a proxy with its port.
    package func url(port other: Int? = nil, password: String = password) -> String {
        "redis://:\(password)@127.0.0.1:\(other ?? port)/0"
    }

    /// For redis.url, by the server's socket in the file system.
    package var socketURL: String { "unix://\(folder)/socket?password=\(Self.password)" }

    /// Starts it and waits until it answers.
    package func start() async throws {
        // Debian's redis-tools have the server under another name. It ends with the test process.
        let script = """
            ( cat >/dev/null; kill -KILL $$ ) <&0 &
            exec -a redis-server "$(command -v redis-server || command -v redis-check-rdb)" "$0/redis.conf"
            """
        let started = try ChildProcess("/bin/bash", ["-c", script, folder])
        child.withLock { $0 = started }
        for _ in 0..<200 {
            if (try? command("PING")) == .text("PONG") { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        let log = (try? String(contentsOf: URL(filePath: "\(folder)/log"), encoding: .utf8)) ?? ""
        throw ChildProcess.Failure(description: "The Redis server of this test does not answer: \(log.suffix(500))")
    }

    /// Does one command on a connection of its own; throws what the server refuses.
    @discardableResult
    package func command(_ words: String...) throws -> TestRedis.Answer { try command(words) }

    @discardableResult
    package func command(_ words: [String]) throws -> TestRedis.Answer {
        try TestRedis.Connection(url()).command(words)
    }

    /// Ends it as a person would.
    package func stop() {
        // It hangs up instead of answering, when everything is written.
        _ = try? command("SHUTDOWN")
        kill()
    }

    package func kill() { child.withLock { $0 }?.close() }

    /// Lets it do nothing, and tells nobody.
    package func freeze() throws { Glibc.kill(try process, SIGSTOP) }

    package func thaw() throws { Glibc.kill(try process, SIGCONT) }

    private var process: pid_t {
        get throws {
            let text = try String(contentsOf: URL(filePath: "\(folder)/pid"), encoding: .utf8)
            guard let process = pid_t(text.prefix { $0.isNumber }) else {
                throw ChildProcess.Failure(description: "The Redis server of this test does not say its process.")
            }
            return process
        }
    }

    private func remove() {
        kill()
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }
}

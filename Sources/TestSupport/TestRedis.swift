import FoundationEssentials
import Glibc
import Model
import Synchronization

/// The Redis server that the tests share; each has a prefix of its own there.
package enum TestRedis {
    /// Names what `scripts/redis start` printed.
    private static let variable = "TEST_REDIS_URL"

    /// The address of the server.
    package static var url: String {
        get throws {
            guard let url = ProcessInfo.processInfo.environment[variable], !url.isEmpty else {
                throw ChildProcess.Failure(
                    description: "This test needs a Redis server: run it by scripts/test, or set \(variable) to what "
                        + "“scripts/redis start FOLDER --fast” prints."
                )
            }
            return url
        }
    }

    package static var port: Int { get throws { URLComponents(string: try url)?.port ?? 0 } }

    /// A prefix that nobody else uses.
    package static func makePrefix() -> String {
        "test-\(UUID().uuidString.lowercased().replacing("-", with: ""))"
    }

    /// Does one command and gives back the answer; throws what the server refuses.
    ///
    /// Blocks, as does everything here: it takes a moment.
    @discardableResult
    package static func command(_ words: String...) throws -> Answer { try command(words) }

    @discardableResult
    package static func command(_ words: [String]) throws -> Answer {
        try connection.get().connection.withLock { try $0.command(words) }
    }

    /// Deletes all keys that begin with a prefix.
    package static func remove(_ prefix: String) throws {
        let keys = try command("KEYS", "\(prefix)*").list.compactMap(\.text)
        for start in stride(from: 0, to: keys.count, by: 1000) {
            try command(["DEL"] + keys[start..<min(start + 1000, keys.count)])
        }
    }

    /// Lets the keys that begin with a prefix end by that much sooner, as when the clock of the server is set forward; with
    /// a span below zero later.
    package static func age(_ prefix: String, by span: Duration) throws {
        try command(
            "EVAL",
            """
            for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
                local rest = redis.call('PTTL', key)
                if rest >= 0 then
                    if rest - ARGV[2] <= 0 then redis.call('DEL', key)
                    else redis.call('PEXPIRE', key, rest - ARGV[2]) end
                end
            end
            """,
            "0",
            "\(prefix)*",
            "\(span.wholeMilliseconds)"
        )
    }

    package indirect enum Answer: Hashable, Sendable {
        case null
        case number(Int)
        case text(String)
        case list([Answer])

        package var text: String? {
            switch self {
            case .text(let text): text
            case .number(let number): "\(number)"
            case .null, .list: nil
            }
        }

        package var number: Int? { text.flatMap { Int($0) } }

        package var list: [Answer] { if case .list(let list) = self { list } else { [] } }

        /// Names and values, one after the other.
        package var fields: [String: String] {
            let words = list.map { $0.text ?? "" }
            return Dictionary(
                uniqueKeysWithValues: stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
            )
        }
    }

    /// For as long as the process lives.
    private static let connection = Result<Line, any Error> { Line(try Connection(url)) }

    /// One at a time speaks.
    private final class Line: Sendable {
        let connection: Mutex<Connection>

        init(_ connection: Connection) { self.connection = Mutex(connection) }
    }

    struct Connection: Sendable {
        private let socket: TestSocket

        init(_ url: String) throws {
            let parts = URLComponents(string: url)
            guard let descriptor = TestSocket.connect(to: parts?.port ?? 6379) else {
                throw ChildProcess.Failure(description: "The Redis server of the tests does not answer.")
            }
            socket = TestSocket(descriptor)
            if let password = parts?.password { _ = try command(["AUTH", password]) }
        }

        /// RESP, as in <https://redis.io/docs/reference/protocol-spec/>.
        func command(_ words: [String]) throws -> Answer {
            let text = "*\(words.count)\r\n" + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            guard socket.send(Array(text.utf8)) else { throw gone }
            return try answer()
        }

        private func answer() throws -> Answer {
            guard let line = socket.readLine(), let kind = line.first else { throw gone }
            let rest = String(line.dropFirst())
            switch kind {
            case "+": return .text(rest)
            case ":": return .number(Int(rest) ?? 0)
            case "$":
                guard let count = Int(rest), count >= 0 else { return .null }
                guard let bytes = socket.read(count + 2) else { throw gone }
                return .text(String(decoding: bytes.dropLast(2), as: UTF8.self))
            case "*":
                guard let count = Int(rest), count >= 0 else { return .null }
                return .list(try (0..<count).map { _ in try answer() })
            default: throw ChildProcess.Failure(description: "Redis refused a test's command: \(rest)")
            }
        }

        private var gone: ChildProcess.Failure {
            ChildProcess.Failure(description: "The Redis server of the tests is gone.")
        }
    }
}

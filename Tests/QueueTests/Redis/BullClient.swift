import FoundationEssentials
import Synchronization
import TestSupport

/// A client of BullMQ that is not ours, the Python one, in a process of its own.
///
/// What it can be asked is in `bullmq-client.py`.
final class BullClient: Sendable {
    /// The rules that it goes by; scripts/setup installs one client for each.
    enum Version: String, CaseIterable, Sendable {
        case v5 = "5"
        case v6 = "6"
    }

    /// What the client said where it could not do what it was asked.
    struct Failure: Error, CustomStringConvertible { let description: String }

    let version: Version
    private let python: String
    /// Told by the standard input, since everybody can read a command line.
    private let greeting: String
    private let state = Mutex(State())

    private struct State {
        /// Started when it is first asked for something.
        var child: ChildProcess?
        /// How many requests were made; those that come at the same time are answered in turn.
        var count = 0
        /// One that is asked afterwards must not start a process that nobody ends.
        var isClosed = false
    }

    init(_ version: Version, prefix: String, queue: String) throws {
        self.version = version
        python = TextFile.path("../../../.build-bullmq-\(version.rawValue)/bin/python", besides: #filePath)
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(
                description: "The client of BullMQ \(version.rawValue) is not installed: run scripts/setup run test."
            )
        }
        let server = URLComponents(string: try TestRedis.url)
        let place: JSON = [
            "host": .string(server?.host ?? ""), "port": .int(server?.port ?? 0),
            "password": server?.password.map(JSON.string) ?? .null, "prefix": .string(prefix), "queue": .string(queue),
        ]
        greeting = try place.text
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.child?.close()
        }
    }

    /// Throws what the client says where it fails.
    @discardableResult
    func ask(_ what: String, _ arguments: [String: JSON] = [:]) async throws -> JSON {
        let request = try JSON.object(arguments.merging(["do": .string(what)]) { $1 }).text
        let (child, number) = try state.withLock { state in
            guard !state.isClosed else { throw Failure(description: "The client was closed before.") }
            let child = try state.child ?? start()
            state.child = child
            state.count += 1
            child.send(request)
            return (child, state.count)
        }
        let answer = try JSON(try await child.lines(number)[number - 1])
        if let problem = answer["error"].string { throw Failure(description: problem) }
        return answer["is"]
    }

    private func start() throws -> ChildProcess {
        let child = try ChildProcess(python, [TextFile.path("bullmq-client.py", besides: #filePath)])
        child.send(greeting)
        return child
    }

    /// Calls a method of the client's `Queue`.
    @discardableResult
    func queue(_ method: String, _ arguments: JSON...) async throws -> JSON {
        try await ask("queue", ["call": .string(method), "arguments": .array(arguments)])
    }

    /// Calls one of the client's scripts.
    @discardableResult
    func script(_ method: String, _ arguments: JSON...) async throws -> JSON {
        try await ask("scripts", ["call": .string(method), "arguments": .array(arguments)])
    }

    /// Calls a method of a job.
    @discardableResult
    func job(_ id: String, _ method: String, _ arguments: JSON...) async throws -> JSON {
        try await ask("job", ["id": .string(id), "call": .string(method), "arguments": .array(arguments)])
    }

    @discardableResult
    func add(_ id: String, data: JSON = [:], name: String = "check-price", _ options: [String: JSON] = [:]) async throws
        -> JSON
    {
        try await queue("add", .string(name), data, .object(options.merging(["jobId": .string(id)]) { $1 }))
    }

    /// The id of the job that was taken; nil for none.
    @discardableResult
    func take(_ token: String = "token") async throws -> String? {
        try await ask("take", ["token": .string(token)])["id"].string
    }

    func complete(_ id: String, _ value: JSON = .null) async throws {
        try await ask("complete", ["id": .string(id), "value": value])
    }

    func fail(_ id: String, _ why: String, isFinal: Bool = false) async throws {
        try await ask("fail", ["id": .string(id), "why": .string(why), "isFinal": .bool(isFinal)])
    }

    /// Lets a real worker run until so many turns have ended.
    func work(_ ends: Int) async throws -> [JSON] { try await ask("work", ["ends": .int(ends)]).list }

    func state(of id: String) async throws -> String? { try await job(id, "getState").string }

    /// A job as the client reads it; null when there is none.
    func look(_ id: String) async throws -> JSON { try await ask("look", ["id": .string(id)]) }
}

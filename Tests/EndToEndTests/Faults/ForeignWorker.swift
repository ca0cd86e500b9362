import FoundationEssentials
import Model
import TestSupport

/// A worker of BullMQ, the Python one, on the queue and the database of an installation; a process of its own.
///
/// What it does is in `bullmq-worker.py`.
final class ForeignWorker: Sendable {
    /// The rules that it goes by; scripts/setup installs a client for each.
    enum Version: String, CaseIterable, Sendable {
        case v5 = "5"
        case v6 = "6"

        /// What it writes beside its checks.
        var note: String { "BullMQ \(rawValue)" }
    }

    private struct Place: Encodable {
        struct Redis: Encodable {
            let host: String
            let port: Int
            let password: String?
        }

        let redis: Redis
        let prefix: String
        let queue: String
        let database: String
        let note: String
        let concurrency: Int
        let lockMilliseconds: Int
    }

    /// What its locks begin with.
    let mark: String
    private let child: ChildProcess

    /// Returns when it is about to take its first job.
    init(_ version: Version, on installation: Installation, concurrency: Int, lock: Duration) async throws {
        let python = TextFile.path("../../../.build-bullmq-\(version.rawValue)/bin/python", besides: #filePath)
        guard let database = installation.databaseURL, let prefix = installation.settings["queue.prefix"] else {
            throw Problem("A worker of BullMQ needs an installation with a PostgreSQL database and a queue in Redis.")
        }
        let server = URLComponents(string: try TestRedis.url)
        let place = Place(
            redis: Place.Redis(
                host: server?.host ?? "",
                port: server?.port ?? 0,
                password: server?.password
            ),
            prefix: prefix,
            queue: Installation.queue,
            database: database,
            note: version.note,
            concurrency: concurrency,
            lockMilliseconds: lock.wholeMilliseconds
        )
        child = try ChildProcess(python, [TextFile.path("bullmq-worker.py", besides: #filePath)])
        // Told by the standard input, since everybody can read a command line.
        child.send(String(decoding: try JSONEncoder().encode(place), as: UTF8.self))
        mark = "\(try await child.lines(1)[0]):"
    }

    /// With SIGKILL; it has ended when this returns.
    func kill() { child.close() }
}

import Configuration
import FoundationEssentials
import Queue

/// Keys: `redis.url`, `queue.prefix`, `queue.name`, `worker.leaseSeconds`.
struct QueueSettings: Sendable {
    /// nil when the database holds the jobs.
    let redis: RedisAddress?
    let inRedis: RedisQueueSettings
    /// How long a taken job belongs to its worker without a sign of life.
    let lease: Duration

    /// What others see of this process: `worker-<host>-<process>`.
    static let worker: String = {
        // What clients of Redis are called by has no spaces.
        let host = ProcessInfo.processInfo.hostName.split(whereSeparator: \.isWhitespace).joined(separator: "-")
        return "worker-\(host)-\(ProcessInfo.processInfo.processIdentifier)"
    }()

    init(_ loaded: LoadedSettings) throws {
        lease = .seconds(try loaded.config.requiredInt(forKey: "worker.leaseSeconds"))
        var settings = RedisQueueSettings()
        settings.prefix = try Self.part("queue.prefix", loaded)
        settings.name = try Self.part("queue.name", loaded)
        settings.lease = lease
        settings.worker = Self.worker
        inRedis = settings
        let url = try loaded.config.requiredString(forKey: "redis.url", isSecret: true)
        do {
            redis = url.isEmpty ? nil : try RedisAddress(url)
        } catch {
            throw loaded.failure("redis.url", "can't be used. \(error)")
        }
    }

    /// A part of the names of keys.
    private static func part(_ key: String, _ loaded: LoadedSettings) throws -> String {
        let text = try loaded.config.requiredString(forKey: ConfigKey(key))
        guard !text.isEmpty, !text.contains(where: { $0 == ":" || $0.isWhitespace }) else {
            throw loaded.failure(key, "must be some characters, none of them “:” or a space.")
        }
        return text
    }
}

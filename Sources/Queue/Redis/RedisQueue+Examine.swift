import Synchronization

extension RedisQueue {
    /// Looks whether the server can hold jobs; gives back what an operator should change, as sentences.
    ///
    /// Throws `RedisError.refused` where it never will as it is.
    package func examine() async throws(RedisError) -> [String] {
        let name = address.name
        guard let text = try await information() else {
            memory.examined.withLock { $0 = "" }
            return [
                "The Redis server “\(name)” does not let its user ask how it is set up (INFO), so nobody here notices when "
                    + "it throws jobs away or forgets them. Give the user the right “+info” as well."
            ]
        }
        let info = Self.fields(text)
        memory.examined.withLock { $0 = info["run_id"] ?? "" }
        // Scripts that say what they need, and the time at which a key ends, came with 7.
        if let version = info["redis_version"], let major = version.split(separator: ".").first.flatMap({ Int($0) }),
            major < 7
        {
            throw .refused("The Redis server “\(name)” is version \(version); version 7 or newer is needed.")
        }
        if info["cluster_enabled"] == "1", !settings.prefix.contains("{") {
            throw .refused(
                "The Redis server “\(name)” is part of a cluster, where all keys of the queue must lie together: set "
                    + "queue.prefix to one in braces, like {bull}."
            )
        }
        var warnings: [String] = []
        if let policy = info["maxmemory_policy"], policy != "noeviction" {
            warnings.append(
                "The Redis server “\(name)” throws away keys when it runs out of memory (maxmemory-policy \(policy)), and "
                    + "jobs with them. Set maxmemory-policy to noeviction."
            )
        }
        if info["aof_enabled"] == "0" {
            warnings.append(
                "The Redis server “\(name)” forgets jobs when it ends (appendonly no). What is due is found again within "
                    + "minutes; with appendonly yes nothing waits that long."
            )
        }
        return warnings
    }

    /// As `examine`, where this start of the server was not examined before; else nothing.
    package func examineIfNew() async throws(RedisError) -> [String] {
        let run = try await information().map { Self.fields($0)["run_id"] ?? "" } ?? ""
        guard memory.examined.withLock({ $0 != run }) else { return [] }
        return try await examine()
    }

    /// The server says which start of it this is, and the queue counts all jobs that were ever added.
    package func restoreForgotten(by addAgain: () async throws -> Void) async throws -> Bool {
        // Where it does not, the number of jobs alone has to tell.
        let run = try await information().flatMap { Self.fields($0)["run_id"] } ?? ""
        let now = QueueMemory(run: run, added: try await added())
        let before = memory.before.withLock { memory in
            memory = memory ?? now
            return memory ?? now
        }
        let hasForgotten = before.run != now.run || before.added > now.added
        if hasForgotten { try await addAgain() }
        memory.before.withLock { $0 = now }
        return hasForgotten
    }

    private static func fields(_ text: String) -> [String: String] {
        let pairs = text.split(whereSeparator: \.isNewline).compactMap { line -> (String, String)? in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        return Dictionary(pairs) { $1 }
    }
}

/// What a server that forgot jobs does not remember.
struct QueueMemory: Sendable {
    let run: String
    let added: Int
}

/// What is known of the server from the last time.
final class ServerMemory: Sendable {
    let before = Mutex<QueueMemory?>(nil)
    /// Which start of it was examined last; nil before the first time.
    let examined = Mutex<String?>(nil)
}

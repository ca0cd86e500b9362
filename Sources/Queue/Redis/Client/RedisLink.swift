import CHiredis
import SQL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection of hiredis, used by one thread at a time.
///
/// After any failure it is of no use any more: answers that were under way would be taken for those of later commands.
final class RedisLink {
    private let context: UnsafeMutablePointer<redisContext>
    private let address: RedisAddress

    /// Connects and gets in; throws `RedisError`.
    ///
    /// `name` is what the server's list of clients shows.
    init(_ address: RedisAddress, name: String, patience: Duration) throws(RedisError) {
        self.address = address
        Self.ignoreBrokenPipes()
        let time = timeval(patience)
        let made =
            switch address.place {
            case .host(let host, let port): redisConnectWithTimeout(host, Int32(port), time)
            case .socket(let path): redisConnectUnixWithTimeout(path, time)
            }
        guard let made else { throw .unreachable("There is no memory for a connection to Redis.") }
        context = made
        guard made.pointee.err == 0 else {
            let why = Self.problem(made)
            throw .unreachable(Self.unreachable(address, why))
        }
        if case .host = address.place { _ = redisEnableKeepAlive(made) }
        try enter(name)
    }

    deinit { redisFree(context) }

    /// hiredis writes to a connection that was cut, which would end the whole process.
    private static func ignoreBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func enter(_ name: String) throws(RedisError) {
        var commands: [[String]] = []
        if let password = address.password {
            commands.append(["AUTH"] + (address.user.map { [$0] } ?? []) + [password])
        }
        if address.number != 0 { commands.append(["SELECT", "\(address.number)"]) }
        commands.append(["CLIENT", "SETNAME", name])
        commands.append(["PING"])
        let answers = try send(commands, patience: .seconds(5))
        // A name is for people who look; that the user may not have one is no reason to stay outside.
        for (command, answer) in zip(commands, answers) where command.first != "CLIENT" {
            guard case .failure(let words) = answer else { continue }
            if command.first == "AUTH", words.hasPrefix("ERR") {
                throw .refused(
                    "The Redis server “\(address.name)” has no password, and redis.url names one: remove it there, or set "
                        + "requirepass on the server."
                )
            }
            if words.hasPrefix("NOAUTH"), address.password == nil {
                throw .refused(
                    "The Redis server “\(address.name)” wants a password (NOAUTH), and redis.url names none: write it as "
                        + "redis://:password@host:6379/0."
                )
            }
            throw RedisError(answer: words, server: address.name)
        }
    }

    /// Whether the server has hung up while nothing was under way.
    var isGone: Bool {
        var state = pollfd(fd: context.pointee.fd, events: Int16(POLLIN), revents: 0)
        // Nobody speaks to us unasked: whatever can be read is the end, or belongs to something that was given up.
        return poll(&state, 1, 0) != 0
    }

    /// Sends all commands at once and waits for their answers; each may take as long as `patience`.
    func send(_ commands: [[String]], patience: Duration) throws(RedisError) -> [RedisReply] {
        for command in commands { try append(command) }
        guard redisSetTimeout(context, timeval(patience)) == REDIS_OK else { throw lost() }
        var replies: [RedisReply] = []
        replies.reserveCapacity(commands.count)
        for _ in commands {
            var reply: UnsafeMutableRawPointer?
            guard redisGetReply(context, &reply) == REDIS_OK, let reply else { throw lost() }
            defer { freeReplyObject(reply) }
            replies.append(RedisReply(reply.assumingMemoryBound(to: redisReply.self)))
        }
        return replies
    }

    /// hiredis copies the words.
    private func append(_ words: [String]) throws(RedisError) {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for word in words {
            starts.append(bytes.count)
            bytes.append(contentsOf: word.utf8.lazy.map { CChar(bitPattern: $0) })
        }
        let lengths = starts.indices.map { ($0 + 1 < starts.count ? starts[$0 + 1] : bytes.count) - starts[$0] }
        // An empty array has no address.
        bytes.append(0)
        let result = bytes.withUnsafeBufferPointer { base in
            var places = starts.map { start in base.baseAddress.map { $0 + start } }
            return redisAppendCommandArgv(context, Int32(words.count), &places, lengths)
        }
        guard result == REDIS_OK else { throw lost() }
    }

    private func lost() -> RedisError {
        .unreachable(Self.unreachable(address, Self.problem(context)))
    }

    /// What whoever waited for an answer and will not any more is told.
    static func silence(_ address: RedisAddress) -> RedisError {
        .unreachable(unreachable(address, "it does not answer"))
    }

    private static func unreachable(_ address: RedisAddress, _ why: String) -> String {
        "The Redis server “\(address.name)” can't be reached: \(why). Check that it runs and that this machine may "
            + "connect to it."
    }

    private static func problem(_ context: UnsafeMutablePointer<redisContext>) -> String {
        // A time-out shows as the error of a read that would block.
        if context.pointee.err == REDIS_ERR_IO, errno == EAGAIN || errno == EWOULDBLOCK { return "it does not answer" }
        let words = withUnsafeBytes(of: context.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        switch words {
        case "": return "the connection was cut"
        case "Server closed the connection": return "it closed the connection"
        default: return words.prefix(1).lowercased() + words.dropFirst()
        }
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let microseconds = max(Int(duration / .microseconds(1)), 1)
        self.init(tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000)
    }
}

import Dispatch
import SQL
import Synchronization

/// One connection that many use at the same time: what comes together is sent together.
///
/// hiredis blocks, so it has a thread of its own. A connection that was cut is made anew when the next command comes.
final class RedisConnection: @unchecked Sendable {
    /// How long a try to connect may take.
    private static let longestConnecting: Duration = .seconds(2)
    /// How many commands travel together at most, so that those of others are not held up.
    private static let batch = 1000

    let address: RedisAddress
    private let name: String
    private let thread = WorkThread()
    private let state = Mutex(State())
    // Touched on `thread` only, which is what makes the class safe to send.
    private var link: RedisLink?
    /// By script, what this server calls it.
    private var numbers: [RedisScript: String] = [:]

    private struct State {
        var waiting: [Request] = []
        var isWorking = false
        var isClosed = false
    }

    private struct Request: Sendable {
        let commands: [RedisCommand]
        /// Until when it may be sent again after the connection was lost; nil where doing it twice would be wrong.
        let retriesUntil: ContinuousClock.Instant?
        let patience: Duration
        let answer: RedisAnswer
    }

    /// `name` is what the server's list of clients shows; without spaces.
    init(_ address: RedisAddress, name: String) {
        self.address = address
        self.name = name
    }

    /// Does one thing; throws `RedisError`, also for a refusal.
    ///
    /// With `retriesFor` it is sent again while the server can't be reached, so it must be something that may be done
    /// twice. The answer may take as long as `patience`. With a `limit` the caller waits no longer than that, whatever else
    /// is under way; nobody knows then whether it will be done.
    func run(
        _ command: RedisCommand,
        retriesFor: Duration? = nil,
        patience: Duration = .seconds(10),
        limit: Duration? = nil
    ) async throws(RedisError) -> RedisReply {
        let replies = try await send([command], retriesFor: retriesFor, patience: patience, limit: limit)
        if case .failure(let words) = replies[0] { throw RedisError(answer: words, server: address.name) }
        return replies[0]
    }

    /// One answer for each command, refusals among them.
    func send(
        _ commands: [RedisCommand],
        retriesFor: Duration? = nil,
        patience: Duration = .seconds(10),
        limit: Duration? = nil
    ) async throws(RedisError) -> [RedisReply] {
        guard !commands.isEmpty else { return [] }
        var alarm: Task<Void, Never>?
        let result = await withCheckedContinuation { continuation in
            let answer = RedisAnswer(continuation)
            if let limit {
                // Owned by this call, which ends it.
                alarm = Task { [address] in
                    guard (try? await Task.sleep(for: limit)) != nil else { return }
                    answer.give(.failure(RedisLink.silence(address)))
                }
            }
            let request = Request(
                commands: commands,
                retriesUntil: retriesFor.map { .now + $0 },
                patience: patience,
                answer: answer
            )
            let (isClosed, begins) = state.withLock { state in
                guard !state.isClosed else { return (true, false) }
                state.waiting.append(request)
                defer { state.isWorking = true }
                return (false, !state.isWorking)
            }
            if isClosed { answer.give(.failure(.closed)) }
            if begins { thread.run { self.work() } }
        }
        alarm?.cancel()
        return try result.get()
    }

    /// Ends the connection after what is under way.
    func close() {
        state.withLock { $0.isClosed = true }
        thread.run { self.link = nil }
    }

    /// On the thread: until nobody waits.
    private func work() {
        while true {
            let requests = state.withLock { state -> [Request] in
                let requests = Self.first(of: &state.waiting)
                state.isWorking = !requests.isEmpty
                return requests
            }
            if requests.isEmpty { return }
            answer(requests)
        }
    }

    private static func first(of waiting: inout [Request]) -> [Request] {
        // What nobody waits for any more is not begun.
        waiting.removeAll { !$0.answer.isAwaited }
        var count = 0
        let end =
            waiting.firstIndex { request in
                count += request.commands.count
                return count > batch
            } ?? waiting.endIndex
        let taken = Array(waiting.prefix(max(end, 1)))
        waiting.removeFirst(taken.count)
        return taken
    }

    private func answer(_ requests: [Request]) {
        do throws(RedisError) {
            var replies = try perform(requests.flatMap(\.commands), patience: requests.map(\.patience).max() ?? .zero)[
                ...
            ]
            for request in requests {
                request.answer.give(.success(Array(replies.prefix(request.commands.count))))
                replies = replies.dropFirst(request.commands.count)
            }
        } catch {
            link = nil
            let now = ContinuousClock.now
            let again = requests.filter {
                $0.retriesUntil.map { now < $0 } ?? false && error.mayPass && $0.answer.isAwaited
            }
            for request in requests where request.retriesUntil.map({ now >= $0 }) ?? true || !error.mayPass {
                request.answer.give(.failure(error))
            }
            guard !again.isEmpty else { return }
            // Those that come meanwhile meet the same trouble a moment later.
            DispatchSemaphore(value: 0).waitBriefly()
            state.withLock { $0.waiting.insert(contentsOf: again, at: 0) }
        }
    }

    private func perform(_ commands: [RedisCommand], patience: Duration) throws(RedisError) -> [RedisReply] {
        let link = try connected()
        try load(commands, link)
        var replies = try link.send(commands.map(words), patience: patience)
        // After a failover the same name may lead to the new main server.
        if replies.contains(where: \.isOfReplica) { self.link = nil }
        // The server forgot its scripts: it was started anew, or told to. Nothing was done then.
        let forgotten = replies.indices.filter { replies[$0].isForgottenScript }
        guard !forgotten.isEmpty else { return replies }
        numbers = [:]
        try load(commands, link)
        let again = try link.send(forgotten.map { words(commands[$0]) }, patience: patience)
        for (place, reply) in zip(forgotten, again) { replies[place] = reply }
        return replies
    }

    private func connected() throws(RedisError) -> RedisLink {
        if let link, !link.isGone { return link }
        link = nil
        numbers = [:]
        let fresh = try RedisLink(address, name: name, patience: Self.longestConnecting)
        link = fresh
        return fresh
    }

    /// Gives the server the scripts that it does not have.
    private func load(_ commands: [RedisCommand], _ link: RedisLink) throws(RedisError) {
        var missing: [RedisScript] = []
        for case .script(let script, _, _) in commands where numbers[script] == nil && !missing.contains(script) {
            missing.append(script)
        }
        guard !missing.isEmpty else { return }
        let replies = try link.send(missing.map { ["SCRIPT", "LOAD", $0.text] }, patience: .seconds(5))
        for (script, reply) in zip(missing, replies) {
            if case .failure(let words) = reply { throw RedisError(answer: words, server: address.name) }
            numbers[script] = reply.text
        }
    }

    private func words(_ command: RedisCommand) -> [String] {
        switch command {
        case .words(let words): words
        case .script(let script, let key, let arguments):
            ["EVALSHA", numbers[script] ?? "", "1", key] + arguments
        }
    }
}

extension RedisError {
    /// Whether waiting a moment may help.
    fileprivate var mayPass: Bool {
        switch self {
        case .unreachable, .busy: true
        case .address, .refused, .full, .command, .closed: false
        }
    }
}

extension RedisReply {
    fileprivate var isForgottenScript: Bool {
        if case .failure(let words) = self { words.hasPrefix("NOSCRIPT") } else { false }
    }

    fileprivate var isOfReplica: Bool {
        if case .failure(let words) = self { words.hasPrefix("READONLY") } else { false }
    }
}

extension DispatchSemaphore {
    /// On a thread of one's own only.
    fileprivate func waitBriefly() { _ = wait(timeout: .now() + .milliseconds(100)) }
}

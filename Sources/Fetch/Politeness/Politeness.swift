/// Whose turn it is: few exchanges at a time with one host, with a pause between their starts.
///
/// Waiting exchanges of one host go in the order they came, and hosts take turns in the order in which they became
/// free, so that no host waits for another. Times are whatever clock the caller reads, in any order that never falls.
struct Politeness {
    typealias Ticket = Int

    /// What to do now.
    enum Turn: Equatable {
        /// Start this one, then ask again.
        case start(Ticket)
        /// Nobody may start before then.
        case wait(until: ContinuousClock.Instant)
        /// Nobody may start before one ends or another comes.
        case idle
    }

    private struct Host {
        var waiting: [Ticket] = []
        var running = 0
        var concurrency: Int
        var pause: Duration
        /// When the next may start.
        var next: ContinuousClock.Instant
    }

    private let concurrency: Int
    private let pause: Duration
    private let limit: Int
    private var running = 0
    private var hosts: [String: Host] = [:]
    /// Hosts with one waiting and a place free.
    private var line: [String] = []
    private var sweepAt = 1024

    /// `concurrency` and `pause` are for each host, `limit` for all together; both counts at least 1.
    init(concurrency: Int, pause: Duration, limit: Int) {
        self.concurrency = max(1, concurrency)
        self.pause = pause
        self.limit = max(1, limit)
    }

    /// How many hosts are remembered.
    var hostCount: Int { hosts.count }

    /// With the concurrency and the pause of every host.
    mutating func arrive(_ ticket: Ticket, at name: String, now: ContinuousClock.Instant) {
        arrive(ticket, with: Manners(host: name, concurrency: concurrency, pause: pause), now: now)
    }

    /// The manners hold from now on for all that wait at the host.
    mutating func arrive(_ ticket: Ticket, with manners: Manners, now: ContinuousClock.Instant) {
        if hosts.count >= sweepAt { sweep(now) }
        let name = manners.host
        var host = hosts[name] ?? Host(concurrency: 1, pause: .zero, next: now)
        host.concurrency = max(1, manners.concurrency)
        host.pause = manners.pause
        host.waiting.append(ticket)
        if host.running < host.concurrency, !line.contains(name) { line.append(name) }
        hosts[name] = host
    }

    /// A started one has ended.
    mutating func leave(_ name: String) {
        guard var host = hosts[name], host.running > 0 else { return }
        host.running -= 1
        if host.running < host.concurrency, !host.waiting.isEmpty, !line.contains(name) { line.append(name) }
        running -= 1
        hosts[name] = host
    }

    /// A waiting one has given up.
    mutating func withdraw(_ ticket: Ticket, at name: String) {
        guard var host = hosts[name], let index = host.waiting.firstIndex(of: ticket) else { return }
        host.waiting.remove(at: index)
        if host.waiting.isEmpty { line.removeAll { $0 == name } }
        hosts[name] = host
    }

    /// Counts the answer as started.
    mutating func next(now: ContinuousClock.Instant) -> Turn {
        guard running < limit else { return .idle }
        var soonest: ContinuousClock.Instant?
        for (index, name) in line.enumerated() {
            guard var host = hosts[name], let ticket = host.waiting.first else { continue }
            guard host.next <= now else {
                soonest = min(soonest ?? host.next, host.next)
                continue
            }
            line.remove(at: index)
            host.waiting.removeFirst()
            host.running += 1
            running += 1
            host.next = now + host.pause
            if !host.waiting.isEmpty, host.running < host.concurrency { line.append(name) }
            hosts[name] = host
            return .start(ticket)
        }
        return soonest.map { .wait(until: $0) } ?? .idle
    }

    /// Forgets the hosts that nothing is known about that a new one would not have.
    private mutating func sweep(_ now: ContinuousClock.Instant) {
        hosts = hosts.filter { $1.running > 0 || !$1.waiting.isEmpty || $1.next > now }
        sweepAt = max(1024, hosts.count * 2)
    }
}

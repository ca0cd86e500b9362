import Glibc
import Synchronization
import TestSupport

/// The processes of an installation and workers of BullMQ on the same queue, each started again when it was killed.
final class MixedFleet: Sendable {
    /// One kill: who, how many jobs were being worked on at that moment, and which of them it had in hand.
    struct Kill: Sendable {
        let name: String
        let active: Int
        let held: Set<String>
    }

    private static let roles = ["web", "worker", "worker", "scheduler", "scheduler"]
    private static let versions = ForeignWorker.Version.allCases

    /// How many processes there are; each has a place.
    static let places = roles.count + versions.count

    private let installation: Installation
    private let fleet: Fleet
    private let concurrency: Int
    private let lock: Duration
    private let foreign = Mutex<[Int: ForeignWorker]>([:])
    /// Of workers that were killed: what their locks begin with.
    private let dead = Mutex<Set<String>>([])

    /// `lock` is how long the jobs of a worker that was killed wait for another one.
    init(of installation: Installation, concurrency: Int, lock: Duration) {
        (self.installation, self.concurrency, self.lock) = (installation, concurrency, lock)
        fleet = Fleet(Self.roles, of: installation)
    }

    /// How often a process was started.
    var starts: Int { fleet.starts + foreign.withLock(\.count) + dead.withLock(\.count) }

    /// Runs all of them while `work` runs, then tells them to end.
    func run(_ work: () async throws -> Void) async throws {
        for place in Self.versions.indices { try await begin(place) }
        defer { for worker in foreign.withLock({ Array($0.values) }) { worker.kill() } }
        try await fleet.run(work)
    }

    /// Kills the process of one place while at least `least` jobs are being worked on; nil where they are fewer, or where
    /// it is just being started.
    func kill(_ place: Int, whileActive least: Int) async throws -> Kill? {
        let living = Set(fleet.processes.values.map { Owner.process($0.id) } + foreignOwners)
        let active = try owners().values.count(where: living.contains)
        guard active >= least else { return nil }
        let owner: Owner
        if Self.roles.indices.contains(place) {
            guard let process = fleet.kill(place) else { return nil }
            owner = .process(process.id)
            // What it wrote to the queue before its end was written, when the end of its output is here.
            try await eventually { process.log.hasEnded }
        } else {
            let number = place - Self.roles.count
            guard let worker = foreign.withLock({ $0.removeValue(forKey: number) }) else { return nil }
            worker.kill()
            dead.withLock { _ = $0.insert(worker.mark) }
            owner = .client(worker.mark)
        }
        // What it said last was in the server's hands before this, so it has heard all of it then.
        _ = try installation.redisCommand(["PING"])
        let held = try Set(owners().filter { $0.value == owner }.keys)
        if !Self.roles.indices.contains(place) { try await begin(place - Self.roles.count) }
        return Kill(name: name(of: place), active: active, held: held)
    }

    private func begin(_ number: Int) async throws {
        let worker = try await ForeignWorker(
            Self.versions[number],
            on: installation,
            concurrency: concurrency,
            lock: lock
        )
        foreign.withLock { $0[number] = worker }
    }

    private func name(of place: Int) -> String {
        Self.roles.indices.contains(place) ? Self.roles[place] : Self.versions[place - Self.roles.count].note
    }

    private enum Owner: Hashable {
        case process(Int32)
        /// A client of BullMQ, by what its locks begin with.
        case client(String)
    }

    private var foreignOwners: [Owner] { foreign.withLock { $0.values.map { .client($0.mark) } } }

    /// Who has which job in hand, as the queue says.
    private func owners() throws -> [String: Owner] {
        let answer = try installation.redisCommand(["EVAL", Self.active, "0", installation.queueKeys ?? ""])
        let marks = foreign.withLock { $0.values.map(\.mark) } + dead.withLock(\.self)
        return answer.list.reduce(into: [:]) { owners, job in
            guard let id = job.list[0].text, let worker = job.list[1].text, let lock = job.list[2].text else { return }
            // Clients of BullMQ say who they are in their locks alone, and leave a name that one of ours wrote.
            if let mark = marks.first(where: lock.hasPrefix) {
                owners[id] = .client(mark)
            } else if let process = worker.split(separator: "-").last.flatMap({ Int32($0) }) {
                owners[id] = .process(process)
            }
        }
    }

    private static let active = """
        local found = {}
        for _, id in ipairs(redis.call('LRANGE', ARGV[1] .. 'active', 0, -1)) do
            local worker = redis.call('HGET', ARGV[1] .. id, 'pb') or ''
            table.insert(found, { id, worker, redis.call('GET', ARGV[1] .. id .. ':lock') or '' })
        end
        return found
        """
}

import Model
import SQL
import TestSupport

/// One check of each of many listings, by workers of ours and of BullMQ, while processes of all kinds are killed.
///
/// A listing is due once, so the scheduler makes one job of it, and whoever does that job visits the page and writes one line
/// of the log of checks under the job's id; ours write a run of the price's history besides. So it can be counted what became
/// of each job: one line is one effect; none is a lost job; two, or a line of BullMQ's beside a run of ours, an effect that
/// came twice. Each visit beyond the first is a run that was done twice.
struct MixedFleetStorm {
    struct Size {
        let jobs: Int
        let kills: Int
        /// How long a job belongs to a worker that gives no sign of life.
        ///
        /// Longer than a busy machine keeps one that lives from giving any: only a death lets others have its jobs.
        let lock: Duration

        static let whole = Size(jobs: 20_000, kills: 42, lock: .seconds(30))
        static let short = Size(jobs: 700, kills: 7, lock: .seconds(20))
    }

    /// How many jobs each worker does at a time.
    static let concurrency = 12
    /// Fewer jobs at work make a kill too easy.
    static let leastActive = 10
    /// So many listings are due or being checked at a time: the scheduler has to do until the end.
    private static let ahead = 300
    /// More listings than planned, for where the work would be done before all kills have found enough of it.
    private static let spare = 2000

    let size: Size
    let seed: UInt64
    let shop: StormShop
    let installation: Installation
    let ledger: Ledger
    let fleet: MixedFleet

    init(_ size: Size, seed: UInt64) async throws {
        self.size = size
        self.seed = seed
        shop = try StormShop(seed: seed)
        var settings = Household.settings()
        // Nobody waits for the places that killed workers still have at the shop.
        settings["fetch.hostConcurrency"] = "1000"
        settings["worker.concurrency"] = "\(Self.concurrency)"
        settings["worker.leaseSeconds"] = "\(size.lock.components.seconds)"
        installation = try await Installation.on(.postgresAndRedis, settings)
        ledger = Ledger(installation)
        fleet = MixedFleet(of: installation, concurrency: Self.concurrency, lock: size.lock)
    }

    /// The listings, none of which is due.
    func fill() async throws {
        try await installation.run { program in _ = try await Household.moveIn(program) }
        let all = 0..<size.jobs + Self.spare
        try await ledger.watch(all.map { (shop.address(of: $0), nil) }, due: Ledger.now + .days(1))
        // One that was never checked would be made due by each scheduler that begins.
        try await ledger.write { try $0.run("UPDATE listing SET last_check_at = created_at") }
    }

    /// Lets all be checked, and kills one process after the other, each as often as the others, in an order that the seed
    /// decides; says how many listings were made due.
    func rage() async throws -> (kills: [MixedFleet.Kill], jobs: Int) {
        var luck = Luck(seed: seed)
        var kills: [MixedFleet.Kill] = []
        let work = Work(ledger: ledger, ahead: Self.ahead)
        let step = size.jobs * 4 / 5 / size.kills
        try await fleet.run {
            while kills.count < size.kills {
                for place in (0..<MixedFleet.places).shuffled(using: &luck).prefix(size.kills - kills.count) {
                    let moment = step * kills.count + Int.random(in: step / 2...step, using: &luck)
                    try await eventually {
                        guard try await work.goOn(upTo: size.jobs + Self.spare) >= moment else { return false }
                        guard let kill = try await fleet.kill(place, whileActive: Self.leastActive) else {
                            return false
                        }
                        kills.append(kill)
                        return true
                    }
                }
            }
            try await calmDown(work)
        }
        return (kills, await work.due)
    }

    /// Until there is nothing left to do: all is written down, or what is missing has had no job for a long time.
    private func calmDown(_ work: Work) async throws {
        var lastWork = ContinuousClock.now
        try await eventually {
            let isDone = try await work.goOn(upTo: size.jobs) == work.due
            let isQuiet = try await !ledger.jobs().contains { $0.state != .failed }
            if !isQuiet { lastWork = .now }
            return isQuiet && (isDone || .now - lastWork > .seconds(60))
        }
    }

    /// Makes listings due as others are checked.
    private actor Work {
        private let ledger: Ledger
        private let ahead: Int
        /// How many were made due so far.
        private(set) var due = 0

        init(ledger: Ledger, ahead: Int) { (self.ledger, self.ahead) = (ledger, ahead) }

        /// How many checks are written down.
        func goOn(upTo count: Int) async throws -> Int {
            let done = try await ledger.look { try $0.number("SELECT COUNT(DISTINCT listing_id) AS n FROM check_log") }
            let next = min(count, done + ahead)
            // Not one by one.
            guard next - due >= ahead / 5 || next == count, next > due else { return done }
            let listings = (due..<next).map { "\(Ledger.prefix)\($0)" }
            try await ledger.write { connection in
                try connection.run("UPDATE listing SET due_at = \(Ledger.now) WHERE id IN \(list: listings)")
            }
            due = next
            return done
        }
    }
}

extension MixedFleetStorm {
    /// What became of the jobs.
    struct Account {
        /// How many effects are whose.
        var effects: [String: Int] = [:]
        var lost = 0
        var doubledEffects = 0
        var visits = 0
        /// Runs done twice, of jobs that a process had in hand when it was killed.
        var doubledByDeath = 0
        /// Runs done twice of other jobs: their worker lived, and lost them all the same.
        var doubledOtherwise = 0
    }

    func account(for kills: [MixedFleet.Kill], jobs: Int) async throws -> Account {
        let (lines, runs) = try await ledger.look { connection in
            (
                try connection.rows("SELECT listing_id, note FROM check_log").map { row in
                    (listing: try row.text("listing_id"), note: try row.optionalText("note"))
                },
                try connection.rows("SELECT listing_id, SUM(checks) AS n FROM history_run GROUP BY listing_id")
                    .map { (listing: try $0.text("listing_id"), checks: try $0.int("n")) }
            )
        }
        let ours = Dictionary(uniqueKeysWithValues: runs.map { ($0.listing, $0.checks) })
        let written = Dictionary(grouping: lines, by: \.listing)
        let deaths = kills.flatMap(\.held).reduce(into: [String: Int]()) { deaths, job in
            // check-<listing>-<due time>
            guard let end = job.lastIndex(of: "-"), job.hasPrefix("check-") else { return }
            deaths[String(job[..<end].dropFirst("check-".count)), default: 0] += 1
        }
        let visits = shop.visitsByNumber
        var account = Account()
        for number in 0..<jobs {
            let listing = "\(Ledger.prefix)\(number)"
            let foreign = written[listing, default: []].compactMap(\.note).filter { $0.hasPrefix("BullMQ") }
            let effects = foreign.count + ours[listing, default: 0]
            if effects == 0 {
                account.lost += 1
            } else {
                account.effects[foreign.first ?? "ours", default: 0] += 1
            }
            if effects > 1 || written[listing, default: []].count > 1 { account.doubledEffects += 1 }
            let count = visits[number, default: 0]
            account.visits += count
            let byDeath = min(max(count - 1, 0), deaths[listing, default: 0])
            account.doubledByDeath += byDeath
            account.doubledOtherwise += max(count - 1, 0) - byDeath
        }
        return account
    }
}

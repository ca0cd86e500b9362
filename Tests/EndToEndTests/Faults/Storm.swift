import SQL
import Store
import TestSupport

/// Checks of many listings while the program is killed again and again.
///
/// A listing's price moves when its last check is written down, and only then is it due again: so each of its checks
/// must leave one run of history, whatever happened in between.
struct Storm {
    struct Size {
        let listings: Int
        let kills: Int
        /// Of those, between the mail server's writing down a mail and our knowing that it did.
        let forced: Int

        var checks: Int { listings * StormShop.prices.count }

        static let whole = Size(listings: 400, kills: 20, forced: 5)
        static let short = Size(listings: 80, kills: 6, forced: 2)
        /// Of the database's server.
        static let wholeOfServer = Size(listings: 1000, kills: 20, forced: 0)
        static let shortOfServer = Size(listings: 60, kills: 6, forced: 0)
        /// Of processes for each role.
        static let wholeOfFleet = Size(listings: 4000, kills: 25, forced: 0)
        static let shortOfFleet = Size(listings: 100, kills: 5, forced: 0)
    }

    struct Kill {
        let active: Int
        let isForced: Bool
    }

    let size: Size
    let seed: UInt64
    let installation: Installation
    let shop: StormShop
    let door: MailDoor
    let ledger: Ledger
    let pace: Pace

    /// Fewer jobs at work make a kill too easy.
    static let leastActive = 10

    init(_ size: Size, on footing: Footing, seed: UInt64) async throws {
        try await self.init(size, seed: seed) { try await Installation.on(footing, $0) }
    }

    init(
        _ size: Size,
        seed: UInt64,
        install: (_ settings: [String: String]) async throws -> Installation
    ) async throws {
        self.size = size
        self.seed = seed
        shop = try StormShop(seed: seed)
        door = try MailDoor()
        var settings = Household.settings(mail: door.port)
        settings["fetch.hostConcurrency"] = "32"
        // What a killed worker held is offered again soon.
        settings["worker.leaseSeconds"] = "4"
        installation = try await install(settings)
        ledger = Ledger(installation)
        pace = Pace(shop: shop, ledger: ledger)
    }

    /// Half of the products have a target that their prices fall under twice.
    var alerts: Int { size.listings / 2 * 2 }

    /// The products, as if a person had entered them.
    func fill() async throws {
        try await installation.run { program in
            try await Household.moveIn(program).addMailChannel()
        }
        let targets = (0..<size.listings).map { $0.isMultiple(of: 2) ? StormShop.target : nil }
        try await ledger.watch(zip((0..<size.listings).map(shop.address), targets).map { ($0, $1) })
    }

    /// Kills the program again and again, then lets it end its work in peace.
    func rage() async throws -> [Kill] {
        var luck = Luck(seed: seed)
        var kills: [Kill] = []
        // Spread over the first four fifths, so that there is work at each of them.
        let step = size.checks * 4 / 5 / size.kills
        for number in 1...size.kills {
            let isForced = number % (size.kills / size.forced) == 0
            let moment = step * (number - 1) + Int.random(in: step / 2...step, using: &luck)
            let active = try await installation.runUntilKilled { program, process in
                try await pace.keep(until: moment)
                if isForced { try await leaveOneMailUnanswered() } else { try await leaveNoMailUnanswered() }
                var active = 0
                try await eventually {
                    try await pace.step()
                    active = try await ledger.activeJobs(of: process.id)
                    return active >= Self.leastActive
                }
                return active
            }
            door.reset()
            kills.append(Kill(active: active, isForced: isForced))
        }
        try await installation.run { _ in try await calmDown() }
        return kills
    }

    /// Until all work is done.
    private func calmDown() async throws {
        try await pace.keep(until: size.checks)
        try await eventually {
            // A price that moves on before its mail could be sent takes it back.
            let open = try await ledger.look {
                try $0.number(
                    "SELECT COUNT(*) AS n FROM message WHERE state <> 'delivered' AND withdrawn_at IS NULL"
                )
            }
            guard open == 0 else { return false }
            return try await ledger.jobs().isEmpty
        }
    }

    /// Lets `strike` do something to the database's server again and again, while the program goes on.
    func batter(_ strike: (_ number: Int) async throws -> Void) async throws {
        try await installation.run { _ in try await hit(strike) }
    }

    /// Lets `strike` do something again and again, then the work end in peace.
    func hit(_ strike: (_ number: Int) async throws -> Void) async throws {
        let step = size.checks * 4 / 5 / size.kills
        for number in 0..<size.kills {
            try await pace.keep(until: step * (number + 1))
            try await strike(number)
        }
        try await calmDown()
    }

    /// Nobody comes in, and of each mail that was answered it is written down that it was delivered.
    func leaveNoMailUnanswered() async throws {
        door.close()
        try await eventually {
            let delivered = try await ledger.look {
                try $0.number("SELECT COUNT(*) AS n FROM message WHERE state = 'delivered'")
            }
            return !door.isBusy && Set(door.answered.compactMap(\.messageID)).count == delivered
        }
    }

    private func leaveOneMailUnanswered() async throws {
        try await leaveNoMailUnanswered()
        let before = door.mails.count
        try await eventually {
            try await pace.step()
            return door.isBesieged
        }
        door.admitOne()
        try await eventually { door.mails.count == before + 1 }
    }
}

/// Moves the prices and makes listings due.
actor Pace {
    let shop: StormShop
    let ledger: Ledger
    private var moments: [Int: Int] = [:]

    init(shop: StormShop, ledger: Ledger) {
        self.shop = shop
        self.ledger = ledger
    }

    /// Until so many checks are written down.
    func keep(until count: Int) async throws {
        try await eventually { try await step() >= count }
    }

    /// How many checks are written down.
    @discardableResult
    func step() async throws -> Int {
        let (recorded, untold) = try await ledger.look { (try $0.recordedChecks(), try $0.untoldListings()) }
        var due: [String] = []
        for (listing, count) in recorded {
            guard let number = Int(listing.dropFirst(Ledger.prefix.count)), moments[number, default: 0] < count,
                !(StormShop.isPatient(number) && untold.contains(listing))
            else { continue }
            moments[number] = count
            shop.move(number, to: count)
            if count < StormShop.prices.count { due.append(listing) }
        }
        if !due.isEmpty {
            let listings = due
            try await ledger.write { connection in
                try connection.run("UPDATE listing SET due_at = \(Ledger.now) WHERE id IN \(list: listings)")
            }
        }
        return recorded.values.reduce(0, +)
    }
}

extension String {
    /// Of a mail.
    var messageID: String? {
        split(separator: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
            .map { String($0.drop { $0 != "<" }) }
    }
}

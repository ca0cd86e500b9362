import Model
import Monitoring
import Queue
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// The whole life of a price, from the due time to the message at the bell, with a process that dies at each of its
/// commits in turn: nothing is lost, and nothing is there twice.
@Suite(.timeLimit(.minutes(20)))
struct DyingTests {
    private static var settings: MonitoringSettings {
        var settings = MonitoringSettings()
        settings.failures.checks = 1
        settings.failures.span = .zero
        return settings
    }

    enum Life: Hashable, Sendable, CaseIterable {
        /// A price that is low enough.
        case target
        /// The same, which was held and has become cheaper when the quiet hours are over.
        case quiet
        /// The same, which the bell did not take before it was not true any more.
        case late
        /// A page that can't be read.
        case failing
        /// A page that can be read again after that was told.
        case recovered

        var subject: String {
            switch self {
            case .target, .late: "Desk lamp is down to €44.00"
            case .quiet: "Desk lamp is down to €43.00"
            case .failing: "Desk lamp can’t be checked: shop.test refuses to show its page to a program"
            case .recovered: "Desk lamp can be checked again"
            }
        }
    }

    @Test(arguments: Life.allCases, DyingDatabase.Death.allCases)
    func `a death at any commit loses nothing and doubles nothing`(
        life: Life,
        death: DyingDatabase.Death
    ) async throws {
        var (commit, hasDied, deaths) = (0, true, 0)
        while hasDied {
            commit += 1
            hasDied = try await live(life, dyingAt: commit, death)
            deaths += hasDied ? 1 : 0
        }
        // Taking the due listing, adding, taking and ending two jobs, recording the check, telling, recording the delivery.
        let least = [Life.target: 8, .quiet: 4, .late: 5]
        #expect(deaths >= least[life] ?? 9)
    }

    /// Whether the process died before the life was over.
    private func live(_ life: Life, dyingAt commit: Int, _ death: DyingDatabase.Death) async throws -> Bool {
        var hasDied = false
        try await House.with(settings: Self.settings) { house in
            let watched = try await house.watched(price: "49.90", target: "45")
            try await prepare(house, watched, for: life)
            house.clock.advance(by: .hours(1))
            let told = house.post.messages.count

            let process = Mutex<Task<Void, any Error>?>(nil)
            let dying = DyingDatabase(house.database, at: commit, death) { process.withLock { $0 }?.cancel() }
            let mortal = try house.restarted(on: dying, settings: Self.settings)
            let task = Task { try await Self.turn(of: mortal) }
            process.withLock { $0 = task }
            _ = await task.result
            hasDied = dying.isDead
            // Only a death between the bell's answer and the commit that says so may give a second copy.
            let taken = house.post.messages.count - told
            let unwritten = try await pending(house, watched)
            let copies = taken == 1 && unwritten == 1 ? 2 : 1

            let reborn = try house.restarted(on: house.database, settings: Self.settings)
            for _ in 0..<7 {
                house.clock.advance(by: .minutes(11))
                _ = try await reborn.queue.recoverStalled()
                _ = try await reborn.monitoring.scheduling.enqueueMessages()
                try await Self.turn(of: reborn)
            }
            let place = Comment("\(life), \(death) the commit \(commit)")
            #expect(house.post.subjects.dropFirst(told).filter { $0 == life.subject }.count == copies, place)
            #expect(house.post.messages.count == told + copies, place)
            #expect(Set(house.post.keys.dropFirst(told)).count == 1, place)
            #expect(try await pending(house, watched) == 0, place)
            try await verify(house, watched, life, place)
        }
        return hasDied
    }

    private func prepare(_ house: House, _ watched: House.Watched, for life: Life) async throws {
        try await house.work()
        switch life {
        case .target: house.shop.show(price: "44.00")
        case .quiet:
            let minute = house.clock.now.milliseconds / 60_000 % 1440
            let entry = WeeklyHoursEntry(
                days: Weekdays.all.words,
                from: TimeOfDay.text(minute),
                to: TimeOfDay.text((minute + 150) % 1440),
                zone: "UTC"
            )
            try await house.monitoring.alerts.setQuietHours(entry, as: watched.actor)
            for price in ["44.00", "43.00"] {
                house.shop.show(price: price)
                try await house.check()
            }
        case .late:
            house.post.answer(with: 500)
            house.shop.show(price: "43.00")
            try await house.check()
            house.shop.show(price: "44.00")
            try await house.check()
            house.post.answer(with: 200)
        case .failing: house.shop.fail(status: 403)
        case .recovered:
            house.shop.fail(status: 403)
            try await house.check()
            try await house.tell()
            house.shop.show(price: "49.90")
        }
    }

    /// What a process does in a while: the scheduler's loops, and all the work there is.
    private static func turn(of house: House) async throws {
        _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
        _ = try await house.monitoring.scheduling.enqueueMessages()
        try await house.work()
        try await house.tell()
    }

    private func pending(_ house: House, _ watched: House.Watched) async throws -> Int {
        let channels = try await house.monitoring.channels.channels(as: watched.actor)
        return channels.flatMap(\.messages).count { $0.state == .pending }
    }

    /// Every check is in the log once, and counted by the history once.
    private func verify(_ house: House, _ watched: House.Watched, _ life: Life, _ place: Comment) async throws {
        let listing = try await house.detail(watched).listings[0]
        #expect(Set(listing.checks.map(\.job)).count == listing.checks.count, place)
        let readings = listing.checks.count { $0.outcome.isReading }
        #expect(listing.runs.reduce(0) { $0 + $1.checks } == readings, place)
        #expect(listing.listing.lastCheck.map { house.clock.now - $0 < .hours(2) } == true, place)
        #expect(
            try await house.detail(watched).rules.map(\.firings) == [[.target: 1, .quiet: 1, .late: 2][life] ?? 0],
            place
        )
        switch life {
        case .target: #expect(listing.runs.map { $0.price?.minor } == [4400, 4990], place)
        case .quiet: #expect(listing.runs.map { $0.price?.minor } == [4300, 4400, 4990], place)
        case .late: #expect(listing.runs.map { $0.price?.minor } == [4400, 4300, 4990], place)
        case .failing: #expect(listing.listing.failing?.state == .told, place)
        case .recovered: #expect(listing.listing.failing == nil, place)
        }
    }
}

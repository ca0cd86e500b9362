import Model
import Monitoring
import Queue
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// Reports: begun when they are due, written when the products were checked, once each, whatever dies.
@Suite(.timeLimit(.minutes(20)))
struct DigestTurnTests {
    private static let entry = DigestEntry(
        isOn: true,
        rhythm: "daily",
        time: "09:00",
        weekday: "",
        pattern: "",
        zone: "Europe/Berlin",
        channels: nil
    )

    /// A person with one product, and a report that is due in ten minutes.
    private func prepare(_ house: House) async throws -> (watched: House.Watched, due: Timestamp) {
        let watched = try await house.watched(price: "49.90")
        try await house.work()
        try await house.monitoring.digests.change(Self.entry, as: watched.actor)
        let due = try #require(try await house.monitoring.digests.detail(as: watched.actor).digest.next)
        house.clock.advance(by: due - house.clock.now - .minutes(10))
        try await house.check(after: .zero)
        return (watched, due)
    }

    /// What a scheduler and a worker do in a while.
    private func turn(_ house: House) async throws {
        _ = try await house.monitoring.digestTurns.turn()
        _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
        try await house.work()
        _ = try await house.monitoring.digestTurns.turn()
        try await house.work()
    }

    private func reports(_ house: House) -> [String] {
        house.post.subjects.filter { $0.hasPrefix("Price report") }
    }

    private func runs(_ house: House, _ watched: House.Watched) async throws -> [DigestRun] {
        try await house.monitoring.digests.detail(as: watched.actor).runs.map(\.run)
    }

    @Test func `a report comes when it is due, with what the shop says then, and not again until the next day`()
        async throws
    {
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            try await turn(house)
            #expect(reports(house) == [])
            house.clock.advance(by: .minutes(10))
            house.shop.show(price: "44.90")
            let asked = house.shop.requests.count
            try await turn(house)
            #expect(house.shop.requests.count == asked + 1)
            #expect(reports(house).count == 1)
            #expect(reports(house)[0].hasSuffix(": 1 cheaper"))
            let text = try #require(house.post.texts.last)
            #expect(text.contains("Desk lamp: €44.90 at shop.test, before €49.90 (−10\u{a0}%)"))
            #expect(house.post.keys.last?.hasPrefix("digest.") == true)
            for _ in 0..<3 {
                house.clock.advance(by: .hours(7))
                try await turn(house)
            }
            #expect(reports(house).count == 1)
            house.clock.advance(by: due + .days(1) - house.clock.now)
            try await turn(house)
            #expect(reports(house).count == 2)
            #expect(reports(house)[1].hasSuffix(": no price has changed"))
            let runs = try await runs(house, watched)
            #expect(runs.map(\.due) == [due + .days(1), due])
            #expect(runs.map(\.state) == [.written, .written])
            #expect(runs.map(\.messages) == [1, 1])
        }
    }

    @Test func `two schedulers, a worker with the queue's job and another installation's job make one report`()
        async throws
    {
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            try await house.monitoring.digestTurns.keep()
            let other = try house.restarted(on: house.database)
            house.clock.advance(by: .minutes(10))
            try await house.queue.add([
                NewJob(
                    id: "repeat:0f1e2d:\(due.milliseconds)",
                    name: .sendDigestScheduled,
                    payload: #"{"type":"scheduled"}"#
                )
            ])
            async let one: Void = turn(house)
            async let two: Void = turn(other)
            _ = try await (one, two)
            try await turn(house)
            #expect(reports(house).count == 1)
            #expect(try await runs(house, watched).map(\.due) == [due])
        }
    }

    @Test(arguments: DyingDatabase.Death.allCases)
    func `a death at any commit loses no report and doubles none`(death: DyingDatabase.Death) async throws {
        var (commit, hasDied, deaths) = (0, true, 0)
        while hasDied {
            commit += 1
            hasDied = try await live(dyingAt: commit, death)
            deaths += hasDied ? 1 : 0
        }
        // Beginning it, the check's four commits, writing it, and its delivery's four.
        #expect(deaths >= 10)
    }

    /// Whether the process died before the report was delivered.
    private func live(dyingAt commit: Int, _ death: DyingDatabase.Death) async throws -> Bool {
        var hasDied = false
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            house.clock.advance(by: .minutes(10))
            let process = Mutex<Task<Void, any Error>?>(nil)
            let dying = DyingDatabase(house.database, at: commit, death) { process.withLock { $0 }?.cancel() }
            let mortal = try house.restarted(on: dying)
            let task = Task { try await turn(mortal) }
            process.withLock { $0 = task }
            _ = await task.result
            hasDied = dying.isDead
            let taken = reports(house).count
            let channels = try await house.monitoring.channels.channels(as: watched.actor)
            let unwritten = channels.flatMap(\.messages).count { $0.state == .pending }
            // Only a death between the bell's answer and the commit that says so may give a second copy.
            let copies = taken == 1 && unwritten == 1 ? 2 : 1

            let reborn = try house.restarted(on: house.database)
            for _ in 0..<5 {
                house.clock.advance(by: .minutes(11))
                _ = try await reborn.queue.recoverStalled()
                _ = try await reborn.monitoring.scheduling.enqueueMessages()
                try await turn(reborn)
            }
            let place = Comment("\(death) the commit \(commit)")
            #expect(reports(house).count == copies, place)
            #expect(Set(house.post.keys).count == 1, place)
            #expect(try await runs(house, watched).map(\.due) == [due], place)
        }
        return hasDied
    }

    @Test func `what a person changes a second before the due time counts, and a second after it does not`()
        async throws
    {
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            house.clock.advance(by: .minutes(10) - .seconds(1))
            var later = Self.entry
            later.time = "09:30"
            try await house.monitoring.digests.change(later, as: watched.actor)
            house.clock.advance(by: .seconds(2))
            try await turn(house)
            #expect(reports(house) == [])

            // No turn came between the due time and the change.
            house.clock.advance(by: .minutes(30))
            var off = later
            off.isOn = false
            try await house.monitoring.digests.change(off, as: watched.actor)
            try await turn(house)
            #expect(reports(house).count == 1)
            #expect(try await runs(house, watched).map(\.due) == [due + .minutes(30)])
            house.clock.advance(by: .days(3))
            try await turn(house)
            #expect(reports(house).count == 1)
        }
    }

    @Test func `a report comes without the checks that fail, and says so`() async throws {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            house.clock.advance(by: .minutes(10))
            house.shop.fail(status: 403)
            try await turn(house)
            #expect(reports(house).count == 1)
            #expect(house.post.texts.contains { $0.contains("1 can’t be checked.") })
            #expect(try await runs(house, watched).map(\.state) == [.written])
        }
    }

    @Test func `a page that fails keeps its pause when a report comes`() async throws {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            house.shop.fail(status: 403)
            try await house.check()
            let before = try await house.detail(watched).listings[0].listing
            #expect(before.failing?.isFailing == true)
            _ = try await house.monitoring.digests.send(isTest: false, as: watched.actor)
            #expect(try await house.detail(watched).listings[0].listing.due == before.due)
        }
    }

    @Test func `a report that can never be written is left out with the reason, and the next one comes`() async throws {
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            func availability(_ word: String) async throws {
                try await house.database.transaction { _ = try $0.run("UPDATE listing SET availability = \(word)") }
            }
            try await availability("nonsense")
            house.clock.advance(by: .minutes(10))
            #expect(try await house.monitoring.digestTurns.turn() == 0, "It waits for the check.")
            house.clock.advance(by: .minutes(40))
            await #expect(throws: (any Error).self) { try await house.monitoring.digestTurns.turn() }
            #expect(try await house.database.read { try $0.openDigestRuns() }.count == 1, "It is tried again.")
            house.clock.advance(by: .minutes(30))
            await #expect(throws: (any Error).self) { try await house.monitoring.digestTurns.turn() }
            #expect(try await house.database.read { try $0.openDigestRuns() }.isEmpty)
            let run = try #require(try await runs(house, watched).first)
            #expect(run.state == .skipped)
            #expect(run.note?.contains("nonsense") == true)
            try await availability("inStock")
            house.clock.advance(by: due + .days(1) - house.clock.now)
            try await turn(house)
            #expect(reports(house).count == 1)
        }
    }

    @Test func `a check that does not end is waited for as long as the report is patient`() async throws {
        try await House.with { house in
            _ = try await prepare(house)
            house.clock.advance(by: .minutes(10))
            // Nobody takes jobs.
            _ = try await house.monitoring.digestTurns.turn()
            _ = try await house.monitoring.scheduling.enqueueDue(limit: 100)
            house.clock.advance(by: .minutes(29))
            #expect(try await house.monitoring.digestTurns.turn() == 0)
            house.clock.advance(by: .minutes(1))
            #expect(try await house.monitoring.digestTurns.turn() == 1)
        }
    }

    @Test(arguments: [(Duration.hours(6), true), (.hours(6) + .seconds(1), false), (.days(5), false)])
    func `after a time in which nothing ran, a report comes late, or is left out and that is said`(
        late: Duration,
        comes: Bool
    ) async throws {
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            house.clock.advance(by: .minutes(10) + late)
            try await turn(house)
            #expect(reports(house).count == (comes ? 1 : 0))
            let run = try #require(try await runs(house, watched).first)
            #expect(run.due == due)
            #expect(run.state == (comes ? .written : .skipped))
            #expect((run.note == nil) == comes)
            let next = try #require(try await house.monitoring.digests.detail(as: watched.actor).digest.next)
            #expect(next > house.clock.now && next - house.clock.now <= .days(1))
        }
    }

    @Test func `the queue has a job scheduler for a report that is on, and none for another`() async throws {
        try await House.with { house in
            let (watched, due) = try await prepare(house)
            func digests() async throws -> [KeptJobScheduler] {
                try await house.queue.schedulers().filter { $0.scheduler.id.hasPrefix("digest-") }
            }
            try await house.monitoring.digestTurns.keep()
            let kept = try await digests()
            #expect(kept.map(\.next) == [due])
            #expect(kept.first?.scheduler.template.name == .sendDigestScheduled)
            try await house.monitoring.digestTurns.keep()
            #expect(try await digests() == kept)

            var weekly = Self.entry
            (weekly.rhythm, weekly.weekday) = ("weekly", "sun")
            try await house.monitoring.digests.change(weekly, as: watched.actor)
            try await house.monitoring.digestTurns.keep()
            let next = try await house.monitoring.digests.detail(as: watched.actor).digest.next
            #expect(try await digests().map(\.next) == [next].compactMap { $0 })

            weekly.isOn = false
            try await house.monitoring.digests.change(weekly, as: watched.actor)
            try await house.monitoring.digestTurns.keep()
            #expect(try await digests() == [])
        }
    }

    @Test func `a report that waits for a time far away comes at its next one after the clock was set back`()
        async throws
    {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            house.setClock(by: .days(400))
            try await turn(house)
            house.setClock(by: .days(-400))
            try await house.monitoring.digestTurns.keep()
            let next = try #require(try await house.monitoring.digests.detail(as: watched.actor).digest.next)
            #expect(next - house.clock.now <= .days(1))
        }
    }

    @Test(arguments: [JobName.sendDigest, .sendDigestFlow, .sendDigestScheduled])
    func `a job of another program makes a report of every account whose report is on`(name: JobName) async throws {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            house.clock.advance(by: .minutes(6))
            let payload = #"{"mode":"info","triggerType":"manual","triggeredAt":"2026-11-30T09:00:00Z"}"#
            try await house.queue.add([NewJob(id: "digest-by-hand", name: name, payload: payload)])
            try await house.work()
            let asked = house.shop.requests.count
            try await turn(house)
            #expect(reports(house).count == 1)
            // The parent of the original's checks comes after them.
            #expect(house.shop.requests.count == asked + (name == .sendDigestFlow ? 0 : 1))
            let run = try #require(try await runs(house, watched).first)
            #expect(run.cause == (name == .sendDigestScheduled ? .scheduled : .asked))
        }
    }

    @Test func `a person's report goes to the channels that they chose, and a test says that it is one`() async throws {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            let digests = house.monitoring.digests
            let second = try await house.monitoring.channels.add(
                plugin: "bell",
                name: "Gate",
                options: ["key": "secret-2"],
                as: watched.actor
            )
            var entry = Self.entry
            entry.channels = [second.text]
            try await digests.change(entry, as: watched.actor)
            let run = try await digests.send(isTest: true, as: watched.actor)
            #expect(try await digests.send(isTest: true, as: watched.actor) == run)
            let asked = house.shop.requests.count
            try await turn(house)
            #expect(house.shop.requests.count == asked)
            #expect(house.post.subjects.last?.hasPrefix("Test: Price report – ") == true)
            #expect(house.post.keys.last == "digest.\(run.id).\(second)")
            let shown = try #require(try await digests.detail(as: watched.actor).runs.first)
            #expect(shown.run.messages == 1)
            #expect(shown.delivered == 1)

            try await house.monitoring.channels.remove(second, as: watched.actor)
            await #expect(throws: RequestError.self) { try await digests.send(isTest: false, as: watched.actor) }
        }
    }

    @Test(arguments: [#"{"accountId":5}"#, #"{"accountId":"nobody"}"#, #"{"accountId":"NO ID"}"#])
    func `a job about an account that is none makes no report`(payload: String) async throws {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            try await house.queue.add([NewJob(id: "digest-of-nobody", name: .sendDigest, payload: payload)])
            let ends = try await house.work()
            #expect(ends.count == 1)
            #expect((ends.first == .finished) == !payload.contains("5"))
            #expect(try await runs(house, watched) == [])
        }
    }

    @Test func `one who may only read can't change when a report comes, or make one`() async throws {
        try await House.with { house in
            let (watched, _) = try await prepare(house)
            let reader = Actor(account: watched.actor.account, rights: .read)
            await #expect(throws: RequestError.self) {
                try await house.monitoring.digests.change(Self.entry, as: reader)
            }
            await #expect(throws: RequestError.self) {
                try await house.monitoring.digests.send(isTest: true, as: reader)
            }
        }
    }
}

import Model
import SQL
import Store
import TestSupport
import Testing

/// Reports: when they come, what became of each, and what they are made of.
@Suite(.timeLimit(.minutes(20)))
struct DigestTests {
    private func newRun(_ store: TestStore, due: Timestamp = TestStore.start, cause: DigestRun.Cause = .scheduled)
        -> DigestRun
    {
        DigestRun(
            id: .make(at: due),
            owner: store.anna.id,
            due: due,
            cause: cause,
            started: due,
            patience: due + .minutes(30)
        )
    }

    @Test func `other processes hear that a report is wanted otherwise`() async throws {
        try await TestStore.with(.postgres) { store in
            var news = store.other.digestNews.makeAsyncIterator()
            // Said once when it begins to listen, since something may have been changed before.
            _ = await news.next()
            let digest = Digest(
                owner: store.anna.id,
                isOn: true,
                rhythm: .daily(minute: 540),
                zone: "Europe/Berlin",
                next: TestStore.start,
                changed: TestStore.start
            )
            try await store.write { try $0.save(digest) }
            #expect(await news.next() != nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `keeps when a report comes, however that is said`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            #expect(try await store.read { try $0.digest(of: store.anna.id) } == nil)
            var digest = Digest(
                owner: store.anna.id,
                isOn: true,
                rhythm: .daily(minute: 540),
                zone: "Europe/Berlin",
                next: TestStore.start,
                changed: TestStore.start
            )
            let rhythms: [Digest.Rhythm] = [
                .daily(minute: 540), .weekly(weekday: 6, minute: 0), .cron(try Cron("0 9 * * MON-FRI")),
            ]
            for (rhythm, channels) in zip(rhythms, [nil, [], [ID<Channel>("a"), ID<Channel>("b")]]) {
                (digest.rhythm, digest.channels) = (rhythm, channels)
                let saved = digest
                try await store.write { try $0.save(saved) }
                #expect(try await store.read { try $0.digest(of: store.anna.id) } == saved)
            }
            #expect(try await store.read { try $0.digestsThatAreOn() } == [digest])
            #expect(try await store.write { try $0.dueDigests(now: TestStore.start) } == [digest])
            #expect(try await store.write { try $0.dueDigests(now: TestStore.start - .seconds(1)) } == [])
            (digest.isOn, digest.next) = (false, nil)
            let off = digest
            try await store.write { try $0.save(off) }
            #expect(try await store.read { try $0.digestsThatAreOn() } == [])
            #expect(try await store.write { try $0.dueDigests(now: TestStore.start + .days(400)) } == [])
        }
    }

    @Test(arguments: TestStore.engines)
    func `there is one run for an account and a due time, and it is closed once`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            var run = newRun(store)
            let (first, second) = (run, newRun(store))
            let isNew = try await store.write { try $0.insert(first) }
            #expect(isNew)
            #expect(try await !store.write { try $0.insert(second) })
            #expect(try await store.read { try $0.openDigestRuns() } == [run])
            #expect(try await store.read { try $0.openDigestRun(of: store.anna.id) } == run)
            #expect(try await store.read { try $0.hasDigestWork(now: TestStore.start) })
            (run.state, run.closed) = (.written, TestStore.start + .minutes(3))
            (run.products, run.messages, run.note) = (5, 2, "“ö”")
            let closed = run
            #expect(try await store.write { try $0.close(closed) })
            #expect(try await !store.write { try $0.close(closed) })
            #expect(try await store.read { try $0.digestRun(closed.id) } == closed)
            #expect(try await store.read { try $0.openDigestRuns() } == [])
            #expect(try await !store.read { try $0.hasDigestWork(now: TestStore.start) })
        }
    }

    @Test(arguments: TestStore.engines)
    func `the last report is the last one that was written and went somewhere, and is no test`(engine: Engine)
        async throws
    {
        try await TestStore.with(engine) { store in
            #expect(try await store.read { try $0.lastReport(of: store.anna.id) } == nil)
            let ends: [(DigestRun.Cause, DigestRun.State, Int)] = [
                (.asked, .written, 1), (.scheduled, .written, 0), (.test, .written, 1), (.scheduled, .skipped, 0),
            ]
            for (number, (cause, state, messages)) in ends.enumerated() {
                var run = newRun(store, due: TestStore.start + .hours(number), cause: cause)
                let begun = run
                #expect(try await store.write { try $0.insert(begun) })
                (run.state, run.closed, run.messages) = (state, run.due + .minutes(1), messages)
                let closed = run
                #expect(try await store.write { try $0.close(closed) })
            }
            #expect(try await store.read { try $0.lastReport(of: store.anna.id) } == TestStore.start + .minutes(1))
            let runs = try await store.read { try $0.digestRuns(of: store.anna.id, limit: 3) }
            #expect(runs.map(\.cause) == [.scheduled, .test, .scheduled])
            try await store.write { try $0.deleteDigestRuns(before: TestStore.start + .hours(2)) }
            #expect(try await store.read { try $0.digestRuns(of: store.anna.id, limit: 9) }.count == 2)
        }
    }

    @Test(arguments: TestStore.engines)
    func `makes what was not looked at lately due, and says until when it is waited for`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let (now, later) = (TestStore.start, TestStore.start + .hours(5))
            let product = try await store.addProduct()
            let old = try await store.addListing("old", of: product, due: later)
            var fresh = try await store.addListing("fresh", of: product, due: later)
            _ = try await store.addListing("paused", of: product, due: later, isPaused: true)
            fresh.lastCheck = now - .minutes(1)
            let checked = fresh
            try await store.write { try $0.update(checked) }
            let since = now - .minutes(5)
            try await store.write { try $0.makeDue(listingsOf: store.anna.id, notCheckedSince: since, now: now) }
            let due = try await store.write { try $0.takeDueListings(limit: 9, now: now, leaseEnd: later) }
            #expect(due.map(\.id) == [old.id])
            func isWaiting() async throws -> Bool {
                try await store.read {
                    try $0.hasUnchecked(listingsOf: store.anna.id, since: since, until: now + .minutes(30))
                }
            }
            #expect(try await isWaiting())
            // Its shop is closed for longer than that, or its check times are.
            try await store.write { try $0.postpone(old.id, to: now + .minutes(31)) }
            #expect(try await !isWaiting())
            try await store.write { try $0.postpone(old.id, to: now + .minutes(29)) }
            #expect(try await isWaiting())
        }
    }

    @Test(arguments: TestStore.engines)
    func `reads the believed prices that were valid at a moment or came later`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let (one, two) = (
                try await store.addListing("1", of: product), try await store.addListing("2", of: product)
            )
            for (minutes, minor) in [(0, 100), (10, 200), (20, 300), (30, 400)] {
                let run = HistoryRun.sample(
                    of: one,
                    minutes: minutes,
                    price: try .sample(minor),
                    standing: minutes == 20 ? .rejected : .accepted
                )
                try await store.write { try $0.insert(run) }
            }
            let late = HistoryRun.sample(of: two, minutes: 25, price: try .sample(900))
            try await store.write { try $0.insert(late) }
            let found = try await store.read {
                try $0.acceptedPrices(of: [one.id, two.id], since: TestStore.start + .minutes(15))
            }
            #expect(found[one.id]?.map(\.price?.minor) == [200, 400])
            #expect(found[two.id]?.map(\.price?.minor) == [900])
            #expect(
                try await store.read { try $0.activeListings(of: [product.id]) }[product.id].map(Set.init) == [
                    one, two,
                ]
            )
            #expect(try await store.read { try $0.activeListings(of: []) } == [:])
        }
    }

    @Test(arguments: TestStore.engines)
    func `turns all products over, oldest first, also those added in the same moment`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            var products: [Product] = []
            for number in 0..<5 { products.append(try await store.addProduct("Lamp \(number)")) }
            let expected = products.map(\.id).sorted { $0.text < $1.text }
            var (found, last) = ([ID<Product>](), Product?.none)
            repeat {
                let page = try await store.read { [last] in
                    try $0.products(of: store.anna.id, after: last, limit: 2)
                }
                found += page.map(\.id)
                last = page.count == 2 ? page.last : nil
            } while last != nil
            #expect(found == expected)
        }
    }

    @Test(arguments: TestStore.engines)
    func `keeps a report that was shown, and how often reports were sent`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let mail = Mail(
                to: ["a@b.example"],
                subject: "“Report”",
                text: "text\n",
                html: "<p>ö</p>",
                idempotencyKey: "report.1",
                date: TestStore.start
            )
            let report = ManualReport(
                id: .make(at: TestStore.start),
                owner: store.anna.id,
                mail: mail,
                products: 3,
                created: TestStore.start
            )
            try await store.write { try $0.insert(report) }
            #expect(try await store.read { try $0.manualReport(report.id) } == report)
            try await store.write { try $0.deleteManualReports(before: TestStore.start + .seconds(1)) }
            #expect(try await store.read { try $0.manualReport(report.id) } == nil)

            let sends = [0, 1, 2].map { number in
                ManualReportSend(
                    id: .make(at: TestStore.start + .minutes(number)),
                    recipients: number + 1,
                    isSent: false,
                    started: TestStore.start + .minutes(number)
                )
            }
            for send in sends { try await store.write { try $0.insert(send, of: store.anna.id) } }
            try await store.write { connection in
                try connection.setSent(sends[1].id)
                try connection.deleteManualReportSend(sends[2].id)
            }
            let found = try await store.read { try $0.manualReportSends(of: store.anna.id, after: TestStore.start) }
            #expect(found.map(\.recipients) == [2])
            #expect(found.map(\.isSent) == [true])
            try await store.write { try $0.deleteManualReportSends(before: TestStore.start + .days(1)) }
            #expect(
                try await store.read { try $0.manualReportSends(of: store.anna.id, after: TestStore.start - .days(1)) }
                    == []
            )
        }
    }
}

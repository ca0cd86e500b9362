import Glibc
import SQL
import Subprocess
import TestSupport
import Testing

/// The real program told to end in the middle of things: it ends with 0 within 10 s (`Installation.run` sees to that),
/// and after the next start nothing is lost or doubled.
@Suite(.timeLimit(.minutes(20)))
struct StopTests {
    @Test(arguments: Footing.allCases)
    func `told to end while pages are fetched, it gives the checks back uncounted`(engine: Footing) async throws {
        let held = try HeldShop()
        let installation = try await Installation.on(engine, Household.settings())
        let ledger = Ledger(installation)
        try await installation.run { program in
            _ = try await Household.moveIn(program)
            try await ledger.watch((0..<5).map { (held.address(of: $0), nil) })
            _ = await held.server.requests(5)
        }
        #expect(try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log") } == 0)
        #expect(try await ledger.jobs().count { $0.state == .waiting && $0.attemptsMade == 0 } == 5)
        held.gate.open()
        try await installation.run { _ in
            try await eventually { try await ledger.jobs().isEmpty }
        }
        let whole = [Ledger.Run(minor: 4200, checks: 1, standing: "accepted")]
        #expect(try await ledger.look { try $0.histories() }.values.map(\.self) == Array(repeating: whole, count: 5))
    }

    @Test(arguments: Footing.allCases)
    func `told to end while every worker reads a slow page, each check is done or given back`(engine: Footing)
        async throws
    {
        let (shop, count) = (try SlowPage.shop(offers: 4_000), 160)
        let installation = try await Installation.on(engine, Household.settings())
        let ledger = Ledger(installation)
        try await installation.run { program in
            _ = try await Household.moveIn(program)
            try await ledger.watch((0..<count).map { ("\(shop.url(host: Shop.host))/\($0)", nil) })
            // A page more than can be read at once: the first ones are being read.
            _ = await shop.requests(8)
        }
        let done = try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log") }
        let given = try await ledger.jobs().count {
            $0.name == "check-price" && $0.state == .waiting && $0.attemptsMade == 0
        }
        #expect(done + given == count)
        #expect(done < count)
        try await installation.run { _ in
            try await eventually {
                try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log") } == count
            }
        }
    }

    @Test(arguments: Footing.allCases)
    func `told to end while a mail waits to be taken, it sends it once after the next start`(engine: Footing)
        async throws
    {
        let door = try MailDoor()
        let (installation, ledger) = try await withAlert(on: engine, door) {
            door.close()
        } until: {
            door.isBesieged
        }
        door.reset()
        try await deliverRest(installation, ledger)
        #expect(door.mails.count == 1)
    }

    @Test(arguments: Footing.allCases)
    func `told to end while the answer to a mail is outstanding, the same mail comes at most once more`(engine: Footing)
        async throws
    {
        let door = try MailDoor()
        let (installation, ledger) = try await withAlert(on: engine, door) {
            door.close()
            door.admitOne()
        } until: {
            door.mails.count == 1
        }
        door.reset()
        try await deliverRest(installation, ledger)
        #expect(door.mails.count <= 2)
        #expect(Set(door.mails.compactMap(\.messageID)).count == 1)
    }

    @Test(arguments: Footing.allCases)
    func `told to end while a person waits for a long answer, it does not wait for them`(engine: Footing) async throws {
        let held = try HeldShop()
        let installation = try await Installation.on(engine, Household.settings())
        let asking = try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await Ledger(installation).watch([(held.address(of: 0), nil)])
            let asking = Task { try? await home.rest.call("POST", "/listings/listing-0/check?wait=30") as REST.Check }
            _ = await held.server.requests(1)
            return asking
        }
        _ = await asking.value
        held.gate.open()
    }

    @Test(arguments: [SIGTERM, SIGINT], Footing.allCases)
    func `told twice, it ends at once`(signal: Int32, engine: Footing) async throws {
        let held = try HeldShop()
        let installation = try await Installation.on(engine, Household.settings())
        try await installation.run { program in
            _ = try await Household.moveIn(program)
        }
        try await Ledger(installation).watch([(held.address(of: 0), nil)])
        let (_, status) = try await installation.runUntilEnded { _, process in
            _ = await held.server.requests(1)
            // The first one alone would end it with 0.
            try await eventually {
                process.send(signal)
                return process.log.hasEnded
            }
        }
        #expect(status == .signaled(signal))
        held.gate.open()
    }

    /// Runs until `moment` with one alert under way, and tells the program to end.
    private func withAlert(
        on engine: Footing,
        _ door: MailDoor,
        _ prepare: () -> Void,
        until moment: () -> Bool
    ) async throws -> (Installation, Ledger) {
        let shop = try HeldShop()
        shop.gate.open()
        let installation = try await Installation.on(engine, Household.settings(mail: door.port))
        let ledger = Ledger(installation)
        try await installation.run { program in
            try await Household.moveIn(program).addMailChannel()
            prepare()
            try await ledger.watch([(shop.address(of: 0), 4200)])
            try await eventually { moment() }
        }
        #expect(try await ledger.jobs().allSatisfy { $0.attemptsMade == 0 })
        return (installation, ledger)
    }

    private func deliverRest(_ installation: Installation, _ ledger: Ledger) async throws {
        try await installation.run { _ in
            try await eventually {
                let delivered = try await ledger.look {
                    try $0.number("SELECT COUNT(*) AS n FROM message WHERE state = 'delivered'")
                }
                guard delivered == 1 else { return false }
                return try await ledger.jobs().isEmpty
            }
        }
    }
}

/// A shop that answers nobody until its gate is opened.
struct HeldShop {
    let gate = Gate()
    let server: TestServer

    init() throws {
        let gate = gate
        server = try TestServer { request in
            if request.path == "/robots.txt" { return .response(404) }
            var answer = TestAnswer.page(ShopPage(name: "Article", price: "42.00").html)
            answer.steps.insert(.wait(gate), at: 0)
            return answer
        }
    }

    func address(of number: Int) -> String { "\(server.url(host: Shop.host))/\(number)" }
}

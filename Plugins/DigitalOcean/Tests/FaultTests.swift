import Model
import PluginAPI
import TestSupport
import Testing

@testable import DigitalOceanPlugin

/// What the network and the service do to a request, each by its own.
@Suite(.timeLimit(.minutes(20)))
struct FaultTests {
    /// From now on, what is asked by `method` of `path` meets `trouble`, `times` times.
    private func suffer(
        _ account: Account,
        _ trouble: FakeDigitalOcean.Trouble,
        at method: HTTPRequest.Method = .get,
        _ path: String,
        times: Int = 1
    ) {
        let met = Recorder<Int>()
        account.fake.suffer { number, request in
            let target = request.url.dropFirst(FakeDigitalOcean.home.count).prefix { $0 != "?" }
            guard request.method == method, target == path, met.values.count < times else { return nil }
            met.record(number)
            return trouble
        }
    }

    private func error(_ account: Account) async throws -> ProviderError {
        try #require(await #expect(throws: ProviderError.self) { try await account.apply() })
    }

    @Test func `a wrong token is named and never shown`() async throws {
        let account = Account(["token": "wr0ng-t0ken-of-nobody"])
        let error = try await error(account)
        #expect(error.thing == "The DigitalOcean token")
        #expect(error.problem == "is refused (401)")
        // The deployer refuses the token itself in the settings.
        #expect(error.remedy.contains("environment variable that “secrets”"))
        #expect(error.retry == .never)
        #expect(account.fake.count == 1)
        #expect(!"\(error) \(String(reflecting: error))".contains("wr0ng"))
    }

    @Test func `a service that sends the token back does not bring it into an error`() async throws {
        let account = Account()
        let echo = "Who is \(FakeDigitalOcean.token)?"
        suffer(account, .answer(status: 403, message: echo), "/v2/regions")
        let error = try await error(account)
        #expect(error.problem == "may not list the regions (403): “Who is …?”")
    }

    @Test func `a full minute waits as long as retry-after says`() async throws {
        let account = Account()
        suffer(account, .answer(status: 429, headers: ["retry-after": "17"]), at: .post, "/v2/droplets", times: 2)
        #expect(try await account.apply().changes == [])
        #expect(account.clock.waits.filter { $0 == .seconds(17) }.count == 2)
        #expect(account.fake.cloud.livingDroplets.count == 1)
    }

    @Test func `a full hour waits until the reset, by the server's own clock`() async throws {
        let account = Account()
        let headers: HTTPHeaders = ["ratelimit-reset": "1795435242", "Date": "Mon, 23 Nov 2026 12:00:00 GMT"]
        suffer(account, .answer(status: 429, headers: headers), "/v2/sizes")
        _ = try await account.survey()
        #expect(account.clock.waits == [.seconds(42)])
    }

    @Test func `a wait that is too long is the caller's to decide on`() async throws {
        let account = Account()
        suffer(account, .answer(status: 429, headers: ["retry-after": "1800"]), "/v2/sizes")
        let error = try await error(account)
        #expect(error.retry == .later(after: .seconds(1800)))
        #expect(account.clock.waits == [])
    }

    @Test func `a service that fails is asked five times, with longer and longer waits, and no more`() async throws {
        let account = Account()
        suffer(account, .answer(status: 503), "/v2/regions", times: 99)
        let error = try await error(account)
        #expect(error.problem == "answered 503: “trouble” when asked to list the regions")
        #expect(error.retry == .later(after: nil))
        #expect(account.clock.waits == [1, 2, 4, 8].map { .seconds($0) })
        #expect(account.fake.count == 6)
    }

    @Test(arguments: [FakeDigitalOcean.Trouble.lostAfter, .doneButAnswers(status: 500), .doneButAnswers(status: 504)])
    func `a droplet whose answer is lost is found by its tag, never asked for twice`(
        trouble: FakeDigitalOcean.Trouble
    ) async throws {
        let account = Account()
        suffer(account, trouble, at: .post, "/v2/droplets", times: 9)
        #expect(try await account.apply().changes == [])
        #expect(account.fake.cloud.livingDroplets.count == 1)
        let posts = account.fake.requests.filter { $0.method == .post && $0.url.hasSuffix("/v2/droplets") }
        #expect(posts.count == 1)
        #expect(account.lines.values.contains("No clear answer came; the droplet is looked for by its tag."))
    }

    @Test(arguments: [FakeDigitalOcean.Trouble.lostBefore, .answer(status: 500)])
    func `a droplet that nobody can see is not asked for a second time in one run`(
        trouble: FakeDigitalOcean.Trouble
    ) async throws {
        let account = Account()
        suffer(account, trouble, at: .post, "/v2/droplets")
        let error = try await error(account)
        #expect(error.retry == .later(after: .seconds(60)))
        #expect(account.fake.cloud.livingDroplets.isEmpty)
        // A person, or a later run, does.
        #expect(try await account.apply().changes == [])
        #expect(account.fake.cloud.livingDroplets.count == 1)
    }

    @Test(arguments: ["/v2/tags", "/v2/account/keys", "/v2/firewalls", "/v2/projects"])
    func `what has a name of its own is asked for again, and there is one`(path: String) async throws {
        let account = Account(Account.everything)
        suffer(account, .lostAfter, at: .post, path, times: 2)
        #expect(try await account.apply().changes == [])
        #expect(account.faults() == [])
    }

    @Test func `a reserved IP whose answer is lost is waited for, never asked for twice`() async throws {
        let account = Account(Account.everything)
        suffer(account, .lostAfter, at: .post, "/v2/reserved_ips", times: 9)
        #expect(try await account.apply().changes == [])
        #expect(account.faults() == [])
    }

    @Test(arguments: ["power", "backups"])
    func `an action whose answer is lost is not done twice, and no reason to stop`(id: String) async throws {
        let account = Account()
        try await account.apply()
        if id == "power" { account.fake.change { $0.droplets[0].status = "off" } }
        let options = id == "power" ? [:] : ["backups": "yes"]
        let actions = "/v2/droplets/\(account.fake.cloud.droplets[0].id)/actions"
        #expect(try await account.survey(options).changes.map(\.id) == [id])
        suffer(account, .lostAfter, at: .post, actions)
        #expect(try await account.apply(options).changes == [])
        #expect(account.fake.refusals.filter { $0.contains(actions) }.count == 1)
    }

    @Test(arguments: [422, 409, 404, 400])
    func `what is refused is said in the service's words, and not tried again`(status: Int) async throws {
        let account = Account()
        suffer(account, .answer(status: status, message: "no\u{202e} room\nhere"), at: .post, "/v2/droplets", times: 9)
        let error = try await error(account)
        #expect(error.problem == "refused to make the droplet “pma-staging-1f3a9c” (\(status)): “no room here”")
        #expect(error.retry == .never)
        #expect(account.fake.requests.filter { $0.url.hasSuffix("/v2/droplets") && $0.method == .post }.count == 1)
    }

    @Test func `a droplet that never gets ready is given up after ten minutes, and found by the next run`() async throws
    {
        var cloud = FakeCloud()
        cloud.isStuck = true
        let account = Account(cloud: cloud)
        let error = try await error(account)
        #expect(error.problem == "is still new after ten minutes")
        #expect(error.retry == .later(after: nil))
        #expect(try await account.survey().changes.map(\.why) == ["It is still being made."])
        account.fake.change { $0.isStuck = false }
        #expect(try await account.apply().changes == [])
        #expect(account.fake.cloud.livingDroplets.count == 1)
    }

    @Test func `a droplet for which there is no room vanishes, and that is said`() async throws {
        var cloud = FakeCloud()
        cloud.isFull = true
        let error = try await error(Account(cloud: cloud))
        #expect(error.problem == "is gone again: DigitalOcean had no room for it, or somebody destroyed it")
    }

    @Test func `an answer that is no JSON is no reason to stop without a word`() async throws {
        let account = Account()
        let html = RecordingExchange(status: 200, body: "<html>Captive portal</html>")
        let values = ["token": "x", "sshFrom": "203.0.113.7"]
        let plugin = try DigitalOcean(PluginSetup(of: DigitalOcean.self, values, exchange: html))
        let error = await #expect(throws: ProviderError.self) { try await plugin.survey(account.request) }
        #expect(error?.problem == "was asked to show the account and gave an answer that cannot be read")
    }

    @Test func `an address that this installation forbids is not asked again`() async throws {
        let shut = RecordingExchange { _ in throw ExchangeError.refused("The address is private.") }
        let plugin = try DigitalOcean(
            PluginSetup(of: DigitalOcean.self, ["token": "x", "sshFrom": "203.0.113.7"], exchange: shut)
        )
        let error = await #expect(throws: ProviderError.self) { try await plugin.survey(SampleMachine.request()) }
        #expect(error?.retry == .never)
        #expect(shut.requests.count == 1)
    }

    @Test func `cancellation passes, as what it is`() async throws {
        let account = Account()
        account.fake.suffer { number, _ in number == 3 ? .endedBefore : nil }
        #expect(try await error(account) == .cancelled)
    }
}

import Model
import PluginAPI
import TestSupport
import Testing

/// The fake itself: what it must refuse, and whether what it takes is what DigitalOcean's own description says.
@Suite(.timeLimit(.minutes(20)))
struct FakeTests {
    private static let droplet = #""name":"a","size":"s-2vcpu-4gb","image":"ubuntu-22-04-x64""#
    private static let rule = #"{"protocol":"tcp","ports":"22","sources":{"addresses":["::/0"]}}"#

    @Test(arguments: [
        ("POST", "/v2/droplets", #"{"name":"a","image":"ubuntu-22-04-x64"}"#, 422),
        ("POST", "/v2/droplets", #"{"name":"a","size":"s-2vcpu-4gb"}"#, 422),
        ("POST", "/v2/droplets", #"{"size":"s-2vcpu-4gb","image":"ubuntu-22-04-x64"}"#, 422),
        ("POST", "/v2/droplets", "{\(droplet),\"sizes\":1}", 422),
        ("POST", "/v2/droplets", "{\(droplet),\"region\":\"mars1\"}", 422),
        ("POST", "/v2/droplets", "{\(droplet),\"ssh_keys\":[\"aa:bb\"]}", 422),
        ("POST", "/v2/droplets", "{\(droplet),\"tags\":[\"a b\"]}", 422),
        ("POST", "/v2/droplets", "{\(droplet),\"backups\":\"yes\"}", 422),
        ("POST", "/v2/droplets", "{\(droplet),\"backups\":true,\"backup_policy\":{\"hour\":1}}", 422),
        ("POST", "/v2/droplets", #"{"name":"a_b","size":"s-2vcpu-4gb","image":"ubuntu-22-04-x64"}"#, 422),
        ("POST", "/v2/droplets", "size=1", 400),
        ("GET", "/v2/droplets?per_page=201", "", 400),
        ("GET", "/v2/droplets?tags=x", "", 400),
        ("GET", "/v2/droplets", "{}", 400),
        ("DELETE", "/v2/droplets?tag_name=x", "", 403),
        ("GET", "/v2/droplets/1", "", 404),
        ("POST", "/v2/firewalls", #"{"name":"a"}"#, 422),
        ("POST", "/v2/firewalls", "{\"inbound_rules\":[\(rule)]}", 422),
        (
            "POST", "/v2/firewalls",
            #"{"name":"ab","inbound_rules":[{"protocol":"tcp","sources":{"addresses":["::/0"]}}]}"#, 422
        ),
        ("POST", "/v2/firewalls", #"{"name":"ab","inbound_rules":[{"protocol":"tcp","ports":"22"}]}"#, 422),
        (
            "POST", "/v2/firewalls", #"{"name":"ab","inbound_rules":[{"protocol":"tcp","ports":"22","sources":{}}]}"#,
            422
        ),
        ("POST", "/v2/firewalls", "{\"name\":\"ab\",\"inbound_rules\":[\(rule)],\"tags\":[\"nobody\"]}", 422),
        ("POST", "/v2/firewalls", "{\"name\":\"ab\",\"inbound_rules\":[\(rule)],\"tag\":[]}", 422),
        ("POST", "/v2/tags", #"{"name":"a b"}"#, 422),
        ("POST", "/v2/tags", #"{"name":"a","colour":"red"}"#, 422),
        ("POST", "/v2/account/keys", #"{"name":"a","public_key":"hello"}"#, 422),
        ("POST", "/v2/account/keys", #"{"public_key":"ssh-ed25519 AAAA"}"#, 422),
        ("POST", "/v2/projects", #"{"name":"a"}"#, 422),
        ("POST", "/v2/projects", #"{"name":"first-project","purpose":"a"}"#, 409),
        ("POST", "/v2/reserved_ips", #"{"droplet_id":1}"#, 422),
        ("POST", "/v2/reserved_ips", "{}", 422),
        ("GET", "/v2/volumes", "", 404),
        ("GET", "/v3/droplets", "", 404),
    ])
    func `it refuses what DigitalOcean refuses`(method: String, path: String, body: String, status: Int) async throws {
        let fake = FakeDigitalOcean()
        var request = HTTPRequest(
            method: try #require(HTTPRequest.Method(rawValue: method)),
            url: FakeDigitalOcean.home + path,
            headers: ["Authorization": "Bearer \(FakeDigitalOcean.token)", "Content-Type": "application/json"]
        )
        request.body = Array(body.utf8)
        let answer = try await fake.exchange.exchange(request)
        #expect(answer.status == status)
        request.headers["Authorization"] = "Bearer other"
        let stranger = try await fake.exchange.exchange(request)
        #expect(stranger.status == 401)
    }

    @Test func `asked twice, it makes two droplets: nothing but the plugin keeps them from being two`() async throws {
        let fake = FakeDigitalOcean()
        var request = HTTPRequest(method: .post, url: "\(FakeDigitalOcean.home)/v2/droplets")
        request.headers = ["Authorization": "Bearer \(FakeDigitalOcean.token)", "Content-Type": "application/json"]
        request.body = Array("{\(Self.droplet)}".utf8)
        for _ in 1...2 {
            let answer = try await fake.exchange.exchange(request)
            #expect(answer.status == 202)
        }
        #expect(fake.cloud.droplets.count == 2)
    }

    @Test func `it answers over a real connection too, and breaks it where it is told to`() async throws {
        let fake = FakeDigitalOcean()
        let server = try TestServer(fake.handler)
        let script = """
            import http.client, sys
            for token in sys.argv[2:]:
                connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
                headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
                try:
                    connection.request("POST", "/v2/tags", '{"name":"a"}', headers)
                    answer = connection.getresponse()
                    print(answer.status, answer.read().decode())
                except ConnectionError:
                    print("broken")
            """
        fake.suffer { number, _ in number == 3 ? .lostAfter : nil }
        let words = ["-c", script, "\(server.port)", FakeDigitalOcean.token, "other", FakeDigitalOcean.token]
        let result = try await TestCommands.runner(Command("python3", words))
        let lines = String(decoding: result.output + result.errors, as: UTF8.self).split(separator: "\n")
        #expect(
            lines == [
                #"201 {"tag":{"name":"a","resources":{"count":0,"droplets":{"count":0}}}}"#,
                #"401 {"id":"unauthorized","message":"Unable to authenticate you"}"#, "broken",
            ]
        )
        #expect(fake.cloud.tags == ["a"])
    }

    @Test(.enabled(Comment(rawValue: RequestJudge.missing)) { try await RequestJudge.isThere() })
    func `every request of a whole life is as DigitalOcean's own description has it`() async throws {
        let account = Account(Account.everything)
        try await account.apply()
        account.fake.change { cloud in
            cloud.droplets[0].status = "off"
            cloud.droplets[0].tags = []
            cloud.droplets[0].hasBackups = false
            cloud.firewalls[0].inbound = "[]"
        }
        try await account.apply()
        #expect(account.faults() == [])
        try await account.destroy()
        #expect(account.leftovers() == [])
        let verdict = try await RequestJudge("digitalocean").verdict(on: account.fake.recording)
        #expect(verdict.faults == [])
        #expect(verdict.judged > 40)
    }

    @Test(.enabled(Comment(rawValue: RequestJudge.missing)) { try await RequestJudge.isThere() })
    func `the judge of requests can fail`() async throws {
        let fake = FakeDigitalOcean()
        var request = HTTPRequest(method: .post, url: "\(FakeDigitalOcean.home)/v2/droplets")
        request.headers = ["Content-Type": "application/json"]
        request.body = Array(#"{"name":"a"}"#.utf8)
        _ = try await fake.exchange.exchange(request)
        let verdict = try await RequestJudge("digitalocean").verdict(on: fake.recording)
        #expect(verdict.faults.count == 1)
    }
}

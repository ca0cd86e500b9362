import Fetch
import FoundationEssentials
import Model
import Testing

@testable import Host

struct SiteEntriesTests {
    private func load(_ json: String, set: [String] = [], environment: [String: String] = [:]) throws -> LoadedSettings
    {
        var loader = SettingsLoader(file: "test.json", assignments: set, environment: environment)
        loader.readFile = { _ in Data(json.utf8) }
        return try loader.load()
    }

    @Test func `reads everything that can be said about a shop`() throws {
        let json = #"""
            {"sites": {"Shop.Example": {"proxy": "http://u:hunter2@proxy.example:3128", "proxyResolves": true,
              "headers": {"X-Key": "secret"}, "userAgent": "Me/1", "obeyRobots": false, "pauseMilliseconds": 0,
              "concurrency": 4}, "other.example:8080": {"proxy": "direct"}, "third.example": {}}}
            """#
        let sites = try Settings(load(json)).fetch.sites
        #expect(Set(sites.keys) == ["shop.example", "other.example:8080", "third.example"])
        let site = try #require(sites["shop.example"])
        #expect(site.proxy == .through(try ProxyAddress("http://u:hunter2@proxy.example:3128")))
        #expect(site.proxyResolves == true)
        #expect(site.headers == ["X-Key": "secret"])
        #expect(site.userAgent == "Me/1")
        #expect(site.obeyRobots == false)
        #expect(site.pause == .zero)
        #expect(site.concurrency == 4)
        #expect(sites["other.example:8080"]?.proxy == .direct)
        #expect(sites["third.example"] == SiteSettings())
    }

    @Test(arguments: [
        (#"{"sites": []}"#, "sites (test.json) must be an object with a host name for each shop, such as"),
        (
            #"{"sites": {"https://shop.example": {}}}"#,
            "“https://shop.example” under sites (test.json) is not a host name."
        ),
        (#"{"sites": {"shop.example/lamp": {}}}"#, "“shop.example/lamp” under sites (test.json) is not a host name."),
        (#"{"sites": {"shop.example": 5}}"#, "sites.shop.example (test.json) must be an object"),
        (#"{"sites": {"a.example": {}, "A.example": {}}}"#, "stands there twice, in small and in large letters."),
        (
            #"{"sites": {"a.example": {"pauseMilisecond": 5}}}"#,
            "“sites.a.example.pauseMilisecond” (test.json) is not a setting of a shop. The nearest is “pauseMilliseconds”;"
        ),
        (
            #"{"sites": {"a.example": {"pauseMilliseconds": "5"}}}"#,
            "sites.a.example.pauseMilliseconds (test.json) must be a whole number from 0 to 600000."
        ),
        (
            #"{"sites": {"a.example": {"concurrency": 0}}}"#,
            "sites.a.example.concurrency (test.json) must be a whole number from 1 to 1000."
        ),
        (
            #"{"sites": {"a.example": {"obeyRobots": "no"}}}"#,
            "sites.a.example.obeyRobots (test.json) must be true or false."
        ),
        (
            #"{"sites": {"a.example": {"headers": {"X": 5}}}}"#,
            "sites.a.example.headers (test.json) must hold a text for “X”."
        ),
        (
            #"{"sites": {"a.example": {"headers": {"Host": "x"}}}}"#,
            "sites.a.example.headers (test.json) names “Host”, which the program sets itself. Remove it."
        ),
        (
            #"{"sites": {"a.example": {"headers": {"X": "a\r\nY: b"}}}}"#,
            "The value of the header “X” holds a line end. Remove it."
        ),
        (
            #"{"sites": {"a.example": {"proxy": "ftp://u:hunter2@p.example"}}}"#,
            "sites.a.example.proxy (test.json) begins with “ftp://”; a proxy is http://, https://, socks5:// or socks5h://."
        ),
        (
            #"{"sites": {"a.example": {"proxy": "socks5h://u:hunter2@p.example"}}}"#,
            "sites.a.example.proxy (test.json) is a socks5h:// proxy, which resolves names itself"
        ),
        (#"{"sites": {"a.example": {"userAgent": ""}}}"#, "sites.a.example.userAgent (test.json) is empty"),
    ])
    func `names the shop and what is wrong with it, and no secret`(json: String, sentence: String) throws {
        let failure = try #require(throws: Failure.self) { try self.load(json) }
        #expect(failure.exit == .configuration)
        #expect(failure.message.contains(sentence), "\(failure.message)")
        #expect(!failure.message.contains("hunter2"))
    }

    @Test func `says where shops are set when somebody tries elsewhere`() throws {
        let failure = try #require(throws: Failure.self) { try self.load("{}", set: ["sites.a.example.proxy=x"]) }
        #expect(
            failure.message
                == "“sites.a.example.proxy” (--set) is about single shops, which only config.json can set, under “sites”."
        )
    }

    @Test func `shows what is set, and no secret`() throws {
        let json = #"""
            {"sites": {"a.example": {"proxy": "http://u:hunter2@p.example", "headers": {"X-Key": "hunter2"},
              "pauseMilliseconds": 5}}}
            """#
        let shown = try load(json).sites.shown.map { "\($0.key)=\($0.value)" }
        #expect(
            shown.sorted() == [
                "sites.a.example.headers.X-Key=[redacted]", "sites.a.example.pauseMilliseconds=5",
                "sites.a.example.proxy=[redacted]",
            ]
        )
    }

    @Test(arguments: [
        ("fetch.obeyRobots=maybe", "fetch.obeyRobots (--set) is “maybe”, but must be true or false."),
        ("fetch.proxy=hunter2", "fetch.proxy (--set) cannot be read as the address of a proxy."),
        ("fetch.proxy=socks5h://u:hunter2@p.example", "fetch.proxy is a socks5h:// proxy, which resolves names itself"),
    ])
    func `names what is wrong with the settings for all shops`(set: String, sentence: String) throws {
        let failure = try #require(throws: Failure.self) { _ = try Settings(self.load("{}", set: [set])) }
        #expect(failure.message.contains(sentence), "\(failure.message)")
        #expect(!failure.message.contains("hunter2"))
    }

    @Test func `the settings for all shops can be used`() throws {
        let set = ["fetch.obeyRobots=false", "fetch.proxy=socks5h://p.example", "fetch.proxyResolves=true"]
        let fetch = try Settings(load("{}", set: set)).fetch
        #expect(fetch.obeyRobots == false)
        #expect(fetch.proxy?.shown == "socks5h://p.example:1080")
    }
}

import Deploy
import FoundationEssentials
import Logging
import PluginAPI
import TestSupport
import Testing

@testable import Host

struct EnvironmentEntriesTests {
    private func read(_ json: String) throws -> EnvironmentEntries {
        EnvironmentEntries(try ConfigJSONParser.parse(Data(json.utf8)), path: "config.json")
    }

    @Test func `an environment is read, with the standard machine where nothing else is said`() throws {
        let entries = try read(
            #"""
            {"staging": {"provider": "multipass"},
             "production": {"provider": "digitalocean", "sshKey": "/k.pub", "options": {"region": "syd1", "backups": true},
              "secrets": {"token": "DIGITALOCEAN_TOKEN"},
              "machine": {"cpus": 4, "memoryMiB": 8192, "diskGiB": 80, "release": "24.04"}}}
            """#
        )
        #expect(entries.problems.isEmpty)
        let staging = try #require(entries.environments["staging"])
        #expect((staging.cpus, staging.memoryMiB, staging.diskGiB, staging.release) == (2, 4096, 40, "22.04"))
        #expect(staging.sshKey == "~/.ssh/id_ed25519.pub")
        let production = try #require(entries.environments["production"])
        #expect(
            (production.cpus, production.memoryMiB, production.diskGiB, production.release) == (4, 8192, 80, "24.04")
        )
        #expect(production.options == ["region": "syd1", "backups": "true"])
        #expect(production.secrets == ["token": "DIGITALOCEAN_TOKEN"])
        #expect(
            entries.shown.contains { $0 == ("environments.production.secrets.token", "variable DIGITALOCEAN_TOKEN") }
        )
    }

    @Test func `an image makes more of an environment than a machine`() throws {
        let entries = try read(
            #"""
            {"production": {"provider": "digitalocean", "domain": "prices.example.com",
              "coolify": {"adminEmail": "anna@example.com"},
              "image": {"name": "ghcr.io/anna/price-monitor", "user": "anna", "passwordVariable": "GHCR_TOKEN"},
              "databases": {"postgres": {"memory": "2g"}}, "applications": {"worker": {"memory": "768m"}},
              "variables": {"HOST_SMTP_FROM": "a@example.com"}, "secretVariables": {"HOST_SMTP_URL": "SMTP_URL"},
              "github": {"repository": "anna/price-monitor"}}}
            """#
        )
        #expect(entries.problems.isEmpty, "\(entries.problems)")
        let entry = try #require(entries.environments["production"])
        let wish = try #require(entry.wish { variable, _ in "value of \(variable)" })
        #expect(wish.image.login?.password == "value of GHCR_TOKEN")
        #expect(wish.image.registry == "ghcr.io" && wish.image.repository == "anna/price-monitor")
        #expect(wish.image.tag == "latest" && !wish.image.isPinned)
        #expect(wish.postgres == DatabaseWish(image: "postgres:15-alpine", memory: "2g"))
        #expect(wish.redis == .redis)
        #expect(wish.applications.map(\.memory) == ["512m", "768m", "256m"])
        #expect(wish.variables["HOST_SMTP_URL"] == .init("value of SMTP_URL", isSecret: true))
        #expect(wish.coolify.version == KnownCoolify.newest && wish.coolify.installerSHA256.count == 64)
        let shown = entries.shown.map { "\($0.key) = \($0.value)" }
        #expect(shown.contains("environments.production.secretVariables.HOST_SMTP_URL = variable SMTP_URL"))
        var none = EnvironmentEntry(name: "staging")
        none.provider = "multipass"
        #expect(none.wish { _, _ in nil } == nil)
    }

    @Test(arguments: [
        (#"{"a": {"provider": "x", "image": {"name": "ghcr.io/a/b"}}}"#, "adminEmail"),
        (#"{"a": {"provider": "x", "domain": "a.example"}}"#, "names no image"),
        (#"{"a": {"provider": "x", "image": {"name": "a/b"}}}"#, "with its registry"),
        (#"{"a": {"provider": "x", "image": {"name": "ghcr.io/A/b"}}}"#, "without capitals"),
        (#"{"a": {"provider": "x", "pinned": true}}"#, #"but of its “image”: "image": {"pinned": …}"#),
        (#"{"a": {"provider": "x", "cpus": 2}}"#, "but of its “machine”"),
        (#"{"a": {"provider": "x", "image": {"name": "ghcr.io/a/b:latest"}}}"#, "without a tag"),
        (#"{"a": {"provider": "x", "image": {"tag": "a b"}}}"#, "must be a tag"),
        (#"{"a": {"provider": "x", "image": {"user": "anna"}}}"#, "needs both"),
        (#"{"a": {"provider": "x", "coolify": {"version": "latest"}}}"#, "must be a version"),
        (#"{"a": {"provider": "x", "coolify": {"version": "4.0.0"}}}"#, "does not know"),
        (#"{"a": {"provider": "x", "coolify": {"adminEmail": "x'; rm -rf /"}}}"#, "must be an address of mail"),
        (#"{"a": {"provider": "x", "coolify": {"installer": "http://example.com/i.sh"}}}"#, "begins with https://"),
        (#"{"a": {"provider": "x", "domain": "https://a.example"}}"#, "without https://"),
        (#"{"a": {"provider": "x", "applications": {"wrker": {}}}}"#, "The nearest is “worker”"),
        (#"{"a": {"provider": "x", "applications": {"worker": {"memory": 1}}}}"#, "as Docker writes it"),
        (#"{"a": {"provider": "x", "databases": {"postgres": {"image": "postgres"}}}}"#, "with a tag"),
        (#"{"a": {"provider": "x", "variables": {"HOST_SMPT_URL": "1"}}}"#, "The nearest is “HOST_SMTP_URL”"),
        (
            #"{"a": {"provider": "x", "github": {"repository": "a/b"}}, "b": {"provider": "x", "github": {"repository": "a/b"}}}"#,
            "name the same repository"
        ),
        (
            #"{"a": {"provider": "x", "image": {"name": "ghcr.io/a/b", "pinned": true}, "github": {"repository": "a/b"}}}"#,
            "deploy the old image again"
        ),
        (
            #"{"staging": {"provider": "x", "image": {"name": "ghcr.io/a/b"}, "github": {"repository": "a/b"}}}"#,
            "no push would change anything"
        ),
        (#"{"a": {"provider": "x", "variables": {"DATABASE_URL": "sqlite:///a"}}}"#, "made for them"),
        (#"{"a": {"provider": "x", "secretVariables": {"HOST_DATABASE_URL": "A"}}}"#, "made for them"),
        (#"{"a": {"provider": "x", "variables": {"HOST_REDIS_URL": "redis://a"}}}"#, "made for them"),
        (#"{"a": {"provider": "x", "variables": {"HOST_WEB_PORT": 80}}}"#, "own port"),
        (#"{"a": {"provider": "x", "variables": {"HOST_HEALTH_PORT": 0}}}"#, "whether it is well"),
        (#"{"a": {"provider": "x", "variables": {"HOST_WEB_ADDRESS": "127.0.0.1"}}}"#, "listen everywhere"),
        (#"{"a": {"provider": "x", "variables": {"A B": "1"}}}"#, "no name of an environment variable"),
        (#"{"a": {"provider": "x", "secretVariables": {"A": "not a name"}}}"#, "does not belong into the file"),
        (#"{"a": {"provider": "x", "variables": {"A": "1"}, "secretVariables": {"A": "B"}}}"#, "Keep one"),
        (#"{"a": {"provider": "x", "github": {"repository": "https://github.com/a/b"}}}"#, "owner/name"),
    ])
    func `what cannot run there is named, with what to do`(json: String, words: String) throws {
        let problems = try read(json).problems
        #expect(problems.contains { $0.contains(words) && $0.contains("config.json") }, "\(problems)")
    }

    @Test(arguments: [
        (#"[]"#, "must be an object"), (#"{"a": 1}"#, "environments.a"), (#"{"a": {}}"#, "names no provider"),
        (#"{"Prod": {"provider": "x"}}"#, "is not a name"), (#"{"a--b": {"provider": "x"}}"#, "is not a name"),
        (#"{"a-rather-long-name-here": {"provider": "x"}}"#, "is not a name"),
        (#"{"a": {"provider": "x", "provder": "y"}}"#, "The nearest is “provider”"),
        (#"{"a": {"provider": ""}}"#, "must be a text"), (#"{"a": {"provider": 3}}"#, "must be a text"),
        (#"{"a": {"provider": "x", "machine": {"cpu": 2}}}"#, "The nearest is “cpus”"),
        (#"{"a": {"provider": "x", "machine": {"cpus": 0}}}"#, "from 1 to 64"),
        (#"{"a": {"provider": "x", "machine": {"cpus": "2"}}}"#, "from 1 to 64"),
        (#"{"a": {"provider": "x", "machine": {"release": "jammy"}}}"#, "22.04"),
        (#"{"a": {"provider": "x", "options": {"size": ["a"]}}}"#, "“size”"),
        (#"{"a": {"provider": "x", "options": {"t": "1"}, "secrets": {"t": "T"}}}"#, "Keep one"),
    ])
    func `what cannot be is named, with what to do`(json: String, words: String) throws {
        let problems = try read(json).problems
        #expect(problems.count >= 1)
        #expect(problems.contains { $0.contains(words) && $0.contains("config.json") }, "\(problems)")
    }

    @Test(arguments: [
        ("HOST_SMTP_URL", "smtp://mail.example:25", "which is a secret"),
        ("HOST_FETCH_PROXY", "http://anna:hunter22@proxy.example", "which is a secret"),
        ("ERRORS_AT", "https://anna:hunter22@errors.example/1", "an address with a password in it"),
    ])
    func `a secret among the open variables is refused, and not repeated`(name: String, value: String, why: String)
        throws
    {
        let entries = try read(
            #"""
            {"a": {"provider": "x", "coolify": {"adminEmail": "a@example.com"}, "image": {"name": "ghcr.io/a/b"},
             "variables": {"\#(name)": "\#(value)", "HOST_SMTP_FROM": "a@example.com", "DOCS": "https://a.example/b"}}}
            """#
        )
        #expect(entries.problems.count == 1, "\(entries.problems)")
        #expect(entries.problems.first?.contains(why) == true)
        #expect(entries.problems.first?.contains(#""secretVariables": {"\#(name)": "VARIABLE"}"#) == true)
        #expect(!"\(entries.problems) \(entries.shown)".contains(value))
    }

    @Test func `an image is pinned where “apply” alone deploys, and not where a push does`() throws {
        let image = #""provider": "x", "coolify": {"adminEmail": "a@example.com"}, "image": {"name": "ghcr.io/a/b"}"#
        let free =
            #""provider": "x", "coolify": {"adminEmail": "a@example.com"}, "image": {"name": "ghcr.io/a/b", "pinned": false}"#
        let entries = try read(
            #"{"a": {\#(image)}, "b": {\#(image), "github": {"repository": "a/b"}}, "c": {\#(free)}}"#
        )
        #expect(entries.problems == [])
        #expect(entries.environments.mapValues(\.isPinned) == ["a": true, "b": false, "c": false])
    }

    @Test func `an image with a name that cannot be is not said to be missing`() throws {
        let entries = try read(
            #"{"a": {"provider": "x", "domain": "a.example", "image": {"name": "ghcr.io/Anna/b"}}}"#
        )
        #expect(entries.problems.count == 1, "\(entries.problems)")
    }

    @Test func `a secret in place of the variable's name is refused and not repeated`() throws {
        let entries = try read(#"{"a": {"provider": "x", "secrets": {"token": "dop_v1 secret-value"}}}"#)
        #expect(entries.problems.count == 1)
        #expect(!"\(entries.problems) \(entries.shown)".contains("secret-value"))
    }

    @Test func `only the file can hold them`() throws {
        var loader = SettingsLoader(assignments: ["environments.staging.provider=x"], environment: [:])
        loader.readFile = { _ in nil }
        let failure = try #require(throws: Failure.self) { try loader.load() }
        #expect(failure.message.contains("only config.json can set"))
    }

    @Test func `they are read beside the other settings`() throws {
        var loader = SettingsLoader(environment: [:])
        loader.readFile = { _ in Data(#"{"web": {"port": 81}, "environments": {"a": {"provider": "x"}}}"#.utf8) }
        let loaded = try loader.load()
        #expect(loaded.environments.environments.keys.sorted() == ["a"])
        loader.readFile = { _ in Data(#"{"environments": {"A": {"provider": "x"}}}"#.utf8) }
        #expect(throws: Failure.self) { try loader.load() }
    }

    /// What is shown to be copied has to work, but for the secrets.
    @Test func `the example in the documentation makes its providers`() throws {
        let guide = try TextFile.read(TextFile.path("../../../docs/deploying.md", besides: #filePath))
        let example = try #require(CodeBlock.all(in: guide).first { $0.language == "json" })
        var loader = SettingsLoader(environment: [:])
        loader.readFile = { _ in Data(example.text.utf8) }
        let environments = try loader.load().environments.environments
        #expect(environments.keys.sorted() == ["production", "staging"])
        for environment in environments.values {
            let plugin = try #require(try InstalledPlugins.registry().provider(PluginID(environment.provider)))
            let secrets = environment.secrets.mapValues { _ in "secret" }
            let setup = try PluginSetup(
                options: plugin.options,
                values: environment.options.merging(secrets) { first, _ in first },
                exchange: { _ in throw ExchangeError.refused("Nobody is asked.") },
                mail: { _ in throw Refused("Nobody is written to.") },
                logger: Logger(label: "test")
            )
            _ = try plugin.init(setup)
        }
    }
}

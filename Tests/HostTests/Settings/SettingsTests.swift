import Configuration
import Fetch
import FoundationEssentials
import Monitoring
import Testing
import Web

@testable import Host

struct SettingsTests {
    /// Settings as a process with this file, these `--set` and this environment would load them.
    private func load(
        json: String? = nil,
        set: [String] = [],
        environment: [String: String] = [:],
        files: [String: String] = [:]
    ) throws -> LoadedSettings {
        var loader = SettingsLoader(file: json == nil ? nil : "test.json", assignments: set, environment: environment)
        loader.readFile = { path in
            let text = path == "test.json" ? json : files[path]
            return text.map { Data($0.utf8) }
        }
        return try loader.load()
    }

    private func message(_ load: () throws -> Void) throws -> String {
        let failure = try #require(throws: Failure.self, performing: load)
        #expect(failure.exit == .configuration)
        return failure.message
    }

    @Test func `without anything set the defaults hold and can be used`() throws {
        let settings = try Settings(load())
        #expect(settings.web.port == 8080)
        #expect(settings.web.publicURL == nil)
        #expect(settings.data.backupBase == "data/prices.sqlite")
        #expect(settings.roles == Set(Role.allCases))
        #expect(settings.monitoring.standardInterval == .seconds(21600))
        #expect(settings.mail == nil)
    }

    @Test func `the command line wins over the environment, that over the platform's, that over the file`() throws {
        let json = #"{"web": {"port": 1}}"#
        #expect(try Settings(load(json: json)).web.port == 1)
        let platform = ["PORT": "2"]
        #expect(try Settings(load(json: json, environment: platform)).web.port == 2)
        let both = ["PORT": "2", "HOST_WEB_PORT": "3"]
        #expect(try Settings(load(json: json, environment: both)).web.port == 3)
        #expect(try Settings(load(json: json, set: ["web.port=4"], environment: both)).web.port == 4)
        #expect(try Settings(load(set: ["web.port=4", "web.port=5"])).web.port == 5)
    }

    @Test func `every key says where its value came from`() throws {
        let loaded = try load(
            json: #"{"log": {"level": "debug"}}"#,
            set: ["role=web"],
            environment: ["HOST_WEB_PUBLIC_URL": "https://prices.example", "PORT": "80"]
        )
        let origins = ["log.level", "role", "web.publicURL", "web.port", "data.folder"].map { name in
            SettingKeys.key(name).map { loaded.shown($0).origin }
        }
        #expect(
            origins == [
                "test.json", "--set", "environment variable HOST_WEB_PUBLIC_URL", "environment variable PORT",
                "default",
            ]
        )
    }

    @Test(arguments: [
        (#"{"web": {"prot": 1}}"#, "“web.prot” (test.json) is not a setting. The nearest is “web.port”."),
        (#"{"web.port.x": 1}"#, "“web.port.x” (test.json) is not a setting. The nearest is “web.port”."),
        (
            #"{"fetch": {"UserAgent": "x"}}"#,
            "“fetch.UserAgent” (test.json) is not a setting. The nearest is “fetch.userAgent”."
        ),
    ])
    func `an unknown key in the file is refused with the nearest known one`(json: String, words: String) throws {
        #expect(try message { _ = try load(json: json) }.hasPrefix(words))
    }

    @Test func `an unknown key on the command line or in the environment is refused too`() throws {
        #expect(
            try message { _ = try load(set: ["worker.concurency=3"]) }
                .hasPrefix("“worker.concurency” (--set) is not a setting. The nearest is “worker.concurrency”.")
        )
        #expect(
            try message { _ = try load(environment: ["HOST_WEB_PROT": "3"]) }
                .hasPrefix("The environment variable HOST_WEB_PROT is not a setting. The nearest is HOST_WEB_PORT.")
        )
        #expect(throws: Never.self) { try load(environment: ["HOSTNAME": "box", "HOST": "x"]) }
    }

    @Test(arguments: [
        ("web.port", "many", "a whole number from 0 to 65535"), ("web.port", "70000", "a whole number from 0 to 65535"),
        ("web.port", "", "a whole number from 0 to 65535"), ("check.tolerance", "x", "a number from 0.0 to 10.0"),
        ("check.tolerance", "nan", "a number from 0.0 to 10.0"),
        ("log.format", "xml", "one of text, json"), ("role", "webb", "a list of web, worker, scheduler, all"),
        ("role", "deployer", "a list of web, worker, scheduler, all"),
    ])
    func `a value of the wrong type or out of its range is refused`(key: String, value: String, wanted: String) throws {
        let text = try message { _ = try load(set: ["\(key)=\(value)"]) }
        #expect(text == "\(key) (--set) is “\(value)”, but must be \(wanted).")
    }

    @Test func `a role of the command line is named by its own word`() {
        let error = #expect(throws: Failure.self) {
            try SettingsLoader(role: "worker,foo", environment: [:], readFile: { _ in nil }).load()
        }
        #expect(error.map { "\($0)".hasPrefix("role (--role) is “worker,foo”, but must be a list of web") } == true)
    }

    @Test(arguments: [#""80""#, "80.5", "true", "[80]", #"{"a": 1}"#])
    func `the file's types count: a number in quotes is no number`(value: String) throws {
        #expect(try message { _ = try load(json: #"{"web": {"port": \#(value)}}"#) }.contains("web.port"))
    }

    @Test func `all problems are told at once`() throws {
        let text = try message { _ = try load(json: #"{"web": {"port": "x"}}"#, set: ["log.level=loud", "nonsense"]) }
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test func `lists are JSON arrays or texts with commas`() throws {
        let json = #"{"fetch": {"allowPrivateHosts": ["NAS.local", "ntfy.home:8080"]}}"#
        #expect(try Settings(load(json: json)).fetch.allowPrivateHosts == ["nas.local", "ntfy.home:8080"])
        let environment = ["HOST_WEB_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"]
        #expect(try Settings(load(environment: environment)).web.trustedProxies == ["127.0.0.1", "10.0.0.0/8"])
        #expect(try Settings(load(set: ["role=web,worker"])).roles == [.web, .worker])
    }

    @Test func `a null and an empty variable are as good as nothing`() throws {
        #expect(try Settings(load(json: #"{"web": {"port": null}}"#)).web.port == 8080)
        #expect(try Settings(load(environment: ["HOST_WEB_PORT": "", "REDIS_URL": ""])).web.port == 8080)
    }

    @Test func `a secret can come from a file, without the line's end`() throws {
        let loaded = try load(
            set: ["smtp.from=me@example.org"],
            environment: ["HOST_SMTP_URL_FILE": "/run/secrets/smtp"],
            files: ["/run/secrets/smtp": "smtp://u:hunter2@mail.example:587\n"]
        )
        #expect(try Settings(loaded).mail?.host == "mail.example")
    }

    @Test func `a secret's file that is missing is named with its key`() throws {
        let text = try message { _ = try load(environment: ["HOST_SMTP_URL_FILE": "/nowhere"]) }
        #expect(text.hasPrefix("The file “/nowhere”, which HOST_SMTP_URL_FILE names for smtp.url, cannot be read."))
    }

    @Test func `a secret that is set twice is refused`() throws {
        let environment = ["HOST_SMTP_URL_FILE": "/a", "HOST_SMTP_URL": "smtp://b"]
        #expect(
            try message { _ = try load(environment: environment, files: ["/a": "x"]) }
                == "HOST_SMTP_URL and HOST_SMTP_URL_FILE are both set. Keep one of them."
        )
    }

    @Test func `only secrets can be read from a file`() throws {
        #expect(
            try message { _ = try load(environment: ["HOST_WEB_PORT_FILE": "/a"], files: ["/a": "80"]) }
                .contains("HOST_WEB_PORT_FILE is not a setting")
        )
    }

    @Test func `secrets are not shown, and not told in errors`() throws {
        let loaded = try load(environment: ["HOST_SMTP_URL": "smtp://u:hunter2@mail.example:587"])
        let key = try #require(SettingKeys.key("smtp.url"))
        #expect(loaded.shown(key).value == "[redacted]")
        let problem = try message { _ = try Settings(loaded) }
        #expect(problem.contains("smtp.from"))
        let mixed = try load(set: ["smtp.url=ftp://u:hunter2@x", "smtp.from=a@b.example"])
        let failure = #expect(throws: Failure.self) { try Settings(mixed) }
        #expect(failure?.message.contains("hunter2") == false)
        let database = try load(set: ["database.url=mysql://u:hunter2@x"])
        #expect(#expect(throws: Failure.self) { try Settings(database) }?.message.contains("hunter2") == false)
    }

    @Test(arguments: [
        ("database.url=postgres://u:p@[::1/x", "must look like postgres://user:password@host:5432/database"),
        ("database.url=mysql://u:p@db/x", "must look like sqlite:///absolute/path"),
        ("redis.url=rediss://db", "without TLS only"), ("queue.name=a:b", "none of them “:”"),
        ("database.url=sqlite://relative", "must look like sqlite:///absolute/path"),
        ("web.publicURL=https://x.example/prices", "must have no path"),
        ("web.publicURL=prices", "cannot be used"),
        ("check.standardIntervalSeconds=10", "shorter than check.minimumIntervalSeconds"),
        ("data.folder=", "must not be empty"), ("smtp.from=a@b.example", "smtp.url is not"),
    ])
    func `what cannot be used together or yet is refused in words that help`(assignment: String, words: String) throws {
        let loaded = try load(set: [assignment])
        let text = try message { _ = try Settings(loaded) }
        #expect(text.contains(words))
        #expect(text.hasPrefix(assignment.prefix { $0 != "=" }))
    }

    @Test func `the database can be any file`() throws {
        let loaded = try load(environment: ["DATABASE_URL": "sqlite:///srv/prices/a.sqlite"])
        #expect(try Settings(loaded).data.backupBase == "/srv/prices/a.sqlite")
    }

    @Test(arguments: [
        ("web.port", "HOST_WEB_PORT"), ("fetch.allowPrivateHosts", "HOST_FETCH_ALLOW_PRIVATE_HOSTS"),
        ("web.publicURL", "HOST_WEB_PUBLIC_URL"), ("role", "HOST_ROLE"), ("smtp.url", "HOST_SMTP_URL"),
    ])
    func `environment variables are the keys in upper snake case`(key: String, variable: String) {
        #expect(SettingKeys.key(key)?.environmentName == variable)
    }

    @Test func `every key is described by a sentence, has a default of its own kind, and a variable of its own`() {
        for key in SettingKeys.all {
            #expect(key.summary.hasSuffix("."), "\(key.name)")
            #expect(key.content(of: key.standard.written) != nil || key.standard.written.isEmpty, "\(key.name)")
        }
        #expect(Set(SettingKeys.names).count == SettingKeys.names.count)
        #expect(Set(SettingKeys.all.map(\.environmentName)).count == SettingKeys.names.count)
    }

    @Test func `a file that is named must be there`() throws {
        var loader = SettingsLoader(file: "/nowhere/at/all.json", environment: [:])
        loader.assignments = []
        let text = try message { _ = try loader.load() }
        #expect(text == "The settings file “/nowhere/at/all.json” cannot be read: there is no such file.")
    }
}

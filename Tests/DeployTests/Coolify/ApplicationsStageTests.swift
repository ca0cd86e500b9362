import Model
import TestSupport
import Testing

@testable import Deploy

/// The applications when another hand changed them, or when something else is wished for.
@Suite(.timeLimit(.minutes(20)))
struct ApplicationsStageTests {
    /// Each field that matters, as another hand would change it.
    static let drifts: [(ApplicationRole, [String: CoolifyValue])] = [
        (.web, ["docker_registry_image_name": "ghcr.io/eve/prices@sha256"]),
        (.web, ["docker_registry_image_tag": .text(String(repeating: "c", count: 64))]),
        (.web, ["ports_exposes": "3000"]),
        (.web, ["domains": "https://eve.example.org"]),
        (.worker, ["limits_memory": "64m"]),
        (.worker, ["health_check_enabled": false]),
        (.worker, ["health_check_type": "http"]),
        (.worker, ["health_check_command": "true"]),
        (.worker, ["health_check_interval": 50]),
        (.worker, ["health_check_timeout": 1]),
        (.worker, ["health_check_retries": 1]),
        (.worker, ["health_check_start_period": 0]),
        (.scheduler, ["is_consistent_container_name_enabled": false]),
    ]

    @Test func `what another hand changed is shown by field, set back and deployed`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let wanted = Dictionary(try site.applications.targets().map { ($0.role, $0.settings) }) { first, _ in first }
        for (role, fields) in Self.drifts {
            let (id, field) = (try await site.id(role), fields.keys.joined())
            try await site.api.changeApplication(id, fields)
            let changes = try await site.applications.survey().changes
            #expect(changes.map(\.id) == ["settings-\(role.rawValue)", "deploy-\(role.rawValue)"], "\(field)")
            let word = fields.values.compactMap(\.word).joined()
            #expect(changes.first?.why.hasPrefix("\(field) is \(word) and should be ") == true, "\(field)")
            let own = try #require(wanted[role]?[field])
            try await site.api.changeApplication(id, [field: own])
        }
        #expect(try await site.changes() == [])
        // All of it at once.
        for (role, fields) in Self.drifts { try await site.api.changeApplication(try await site.id(role), fields) }
        try await site.apply()
        #expect(try await site.changes() == [])
        #expect(try bed.coolify.state.deployments.count == 6)
        await bed.close()
    }

    @Test func `another image is rolled out to all, and the one before is remembered`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let newer = site.wishing({ _ in }, digest: CoolifyBed.newer)
        let changes = try await newer.changes()
        let roles = ApplicationRole.allCases.map(\.rawValue)
        #expect(changes.map(\.id) == roles.map { "settings-\($0)" } + roles.map { "deploy-\($0)" })
        #expect(changes.last?.why == "It runs sha256:aaaaaaaaaaaa and should run sha256:bbbbbbbbbbbb.")
        #expect(changes.last?.what.contains("ghcr.io/anna/prices:dev (sha256:bbbbbbbbbbbb)") == true)
        try await newer.apply()
        #expect(try await newer.changes() == [])
        for application in try bed.coolify.state.applications {
            let note = try #require(CoolifyNote(application.description ?? ""))
            #expect(note[.image] == String(CoolifyBed.newer.dropFirst(7)))
            #expect(note[.before] == String(CoolifyBed.digest.dropFirst(7)))
        }
        await bed.close()
    }

    @Test func `a tag that a pipeline moves and deploys is no drift`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site(
            "staging",
            CoolifyBed.wish(ImageWish(name: "ghcr.io/anna/prices", tag: "dev", isPinned: false))
        )
        let planned = site.applications.outlook().map(\.what)
        #expect(
            planned.contains { $0.contains("(sha256:aaaaaaaaaaaa now, and whatever the tag is moved to and deployed)") }
        )
        try await site.apply()
        #expect(try bed.coolify.state.applications.map(\.imageTag) == ["dev", "dev", "dev"])
        // What runs after a push is not what was written down here.
        let facts = try await site.applications.survey().facts
        #expect(facts.first { $0.name == "worker" }?.value == "running:healthy, dev, not pinned")
        #expect(try await site.wishing({ _ in }, digest: CoolifyBed.newer).changes() == [])
        await bed.close()
    }

    @Test func `another address of the machine is another name, everywhere`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        site.work.discoveries.note { $0.address = "203.0.113.9" }
        let changes = try await site.changes()
        #expect(changes.map(\.id).prefix(2) == ["settings-web", "variables-web"])
        #expect(
            changes.first?.why == "domains is https://203.0.113.7.sslip.io and should be https://203.0.113.9.sslip.io."
        )
        try await site.apply()
        #expect(try bed.coolify.state.applications[0].fqdn == "https://203.0.113.9.sslip.io")
        #expect(
            try bed.coolify.state.applications[2].container?.variables["HOST_WEB_PUBLIC_URL"]
                == "https://203.0.113.9.sslip.io"
        )
        await bed.close()
    }

    @Test func `variables are compared by key; ours that nobody wants go, others stay`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let web = try await site.id(.web)
        try await site.api.setVariables(
            ["HOST_OLD": "x", "SENTRY": "theirs", "HOST_SMTP_FROM": "eve@example.org", "HOST_SMTP_URL": "smtp://eve"],
            of: web
        )
        let changes = try await site.changes()
        #expect(changes.map(\.id) == ["variables-web", "deploy-web"])
        #expect(changes[0].what == "variables of web: - HOST_OLD, ~ HOST_SMTP_FROM, ~ HOST_SMTP_URL")
        #expect(
            changes[0].why == "HOST_OLD is wanted no more. HOST_SMTP_FROM is “eve@example.org” and should be “Prices "
                + "<prices@example.org>”. HOST_SMTP_URL differs."
        )
        #expect(try await site.applications.survey().facts.contains(.init("web, variables of others", "SENTRY")))
        let lines = try await VariableList(site.work).lines().filter { $0.role == .web }
        #expect(lines.filter { !$0.isFine }.map(\.key) == ["HOST_OLD", "HOST_SMTP_FROM", "HOST_SMTP_URL"])
        #expect(lines.first { $0.key == "HOST_ROLE" }?.value == "web")
        #expect(lines.allSatisfy { !["HOST_SMTP_URL", "DATABASE_URL", "SENTRY"].contains($0.key) || $0.value == nil })
        try await site.apply()
        let variables = try bed.coolify.state.applications[0].container?.variables ?? [:]
        #expect(variables["HOST_OLD"] == nil && variables["SENTRY"] == "theirs")
        #expect(variables["HOST_SMTP_FROM"] == "Prices <prices@example.org>")
        await bed.close()
    }

    @Test func `values that Coolify hides are taken for those that were set last`() async throws {
        let bed = try await CoolifyBed()
        let secrets = GeneratedSecrets()
        let site = bed.site(secrets: secrets)
        try await site.apply()
        #expect(try await bed.site(secrets: secrets, token: .read).changes() == [])
        // When what was set last is not what is wanted now, they are set anew.
        let other = bed.site("staging", CoolifyBed.wish(variables: [:]), secrets: secrets, token: .read)
        let web = try #require(try await other.changes().first { $0.id == "variables-web" })
        #expect(web.what.contains("~ DATABASE_URL") && web.what.contains("- HOST_SMTP_URL"))
        await bed.close()
    }

    @Test func `a role that is reached from outside though nobody needs it is for a person`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        try await site.api.changeApplication(try await site.id(.worker), ["domains": "https://worker.example.org"])
        let changes = try await site.changes()
        #expect(changes.map(\.id) == ["domain-worker"])
        #expect(changes.map(\.kind) == [.person])
        await bed.close()
    }

    @Test func `two with the same mark, and one that lost it, are for a person`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let (web, worker) = (try await site.id(.web), try await site.id(.worker))
        try await site.api.changeApplication(worker, ["description": .text("\(site.mark) web")])
        let twins = try await site.applications.survey()
        #expect(twins.changes.map(\.kind) == [.obstacle])
        #expect(twins.changes.first?.why.contains(web) == true && twins.changes.first?.why.contains(worker) == true)
        try await site.api.changeApplication(worker, ["description": "mine"])
        let lost = try await site.applications.survey()
        #expect(lost.changes.map(\.id) == ["person-worker"])
        #expect(lost.changes.first?.why.contains(worker) == true)
        await bed.close()
    }

    @Test func `one that was removed by hand is made again`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let call = CoolifyAPI.Call(
            method: .delete,
            path: "/applications/\(try await site.id(.scheduler))?delete_volumes=true",
            purpose: "remove it"
        )
        _ = try await site.api.answer(to: call)
        _ = try await site.api.projects()
        #expect(try await site.apply() == ["create-scheduler", "variables-scheduler", "deploy-scheduler"])
        #expect(try await site.changes() == [])
        await bed.close()
    }

    @Test(arguments: [
        ("HOST_ROLE", "web", "a role of its own"), ("DATABASE_URL", "x", "made for them"),
        ("HOST_DATABASE_URL", "x", "made for them"), ("HOST_REDIS_URL_FILE", "/x", "made for them"),
        ("HOST_WEB_PORT", "80", "own port"), ("PORT", "80", "own port"),
        ("HOST_HEALTH_PORT", "0", "whether it is well"),
        ("HOST_WEB_ADDRESS", "127.0.0.1", "listen everywhere"), ("1BAD", "x", "another one"),
        ("HOST-DASH", "x", "another one"), ("HOST_A", "it's", "apostrophe"), ("HOST_A", "a\nb", "line end"),
        ("HOST_A", " a", "space"), ("HOST_A", "{{team.X}}", "shared variables"),
    ])
    func `what can't be carried is said before anything is made`(key: String, value: String, why: String) async throws {
        let bed = try await CoolifyBed()
        let site = bed.site("staging", CoolifyBed.wish(variables: [key: .init(value, isSecret: true)]))
        let early = try await site.applications.precheck()
        #expect(early.map(\.kind) == [.obstacle])
        #expect(early.first?.what == "variable \(key)")
        #expect(early.first?.why.contains(why) == true)
        #expect(try await site.applications.survey().changes == early)
        await bed.close()
    }

    @Test func `values with dollars, quotes, equal signs and other letters arrive as they are`() async throws {
        let bed = try await CoolifyBed()
        let value = #"a$HOME "b" =c #d \e ü 🛒 %20"#
        let site = bed.site("staging", CoolifyBed.wish(variables: ["HOST_ODD": .init(value), "HOST_EMPTY": .init("")]))
        try await site.apply()
        #expect(try bed.coolify.state.applications[1].container?.variables["HOST_ODD"] == value)
        #expect(try await site.changes() == [])
        await bed.close()
    }

    @Test func `without the image's digest nothing is pinned`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        site.work.discoveries.note { $0.digest = nil }
        let error = await #expect(throws: DeployError.self) { try await site.applications.survey() }
        #expect(error?.description.contains("The digest of ghcr.io/anna/prices:dev is not known") == true)
        await bed.close()
    }
}

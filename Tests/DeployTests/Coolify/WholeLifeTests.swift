import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// From nothing to three applications that run, at a Coolify that is strict and slow.
@Suite(.timeLimit(.minutes(20)))
struct WholeLifeTests {
    @Test func `from nothing to all of it, and then there is nothing to do`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        #expect(try await site.databases.survey().isBeforeAll)
        let outlook = site.databases.outlook() + site.applications.outlook()
        let done = try await site.apply()
        #expect(done == outlook.map(\.id))
        #expect(try await site.changes() == [])
        #expect(try await site.apply() == [])
        let state = try bed.coolify.state
        #expect(state.projects.map(\.name) == ["Price monitor (staging)"])
        #expect(state.databases.map(\.status) == ["running:healthy", "running:healthy"])
        #expect(state.databases.map(\.image) == ["postgres:15-alpine", "redis:7-alpine"])
        #expect(state.applications.map(\.status) == ["running:healthy", "running:healthy", "running:healthy"])
        #expect(state.deployments.count == 3)
        await bed.close()
    }

    @Test func `each container has its role, its databases and the operator's variables`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let state = try bed.coolify.state
        for (application, role) in zip(state.applications, ["web", "worker", "scheduler"]) {
            let container = try #require(application.container)
            #expect(container.image == "ghcr.io/anna/prices@sha256:\(CoolifyBed.digest.dropFirst(7))")
            let variables = container.variables
            #expect(variables["HOST_ROLE"] == role)
            #expect(variables["DATABASE_URL"] == state.databases[0].url)
            #expect(variables["REDIS_URL"] == state.databases[1].url)
            #expect(variables["HOST_WEB_PUBLIC_URL"] == "https://203.0.113.7.sslip.io")
            #expect(variables["HOST_SMTP_URL"] == "smtp://anna:very-secret@mail.example.org")
            #expect(variables["PORT"] == (role == "web" ? "8080" : nil))
            #expect(application.fqdn == (role == "web" ? "https://203.0.113.7.sslip.io" : nil))
        }
        await bed.close()
    }

    @Test func `what a plan for a new environment says is what the stages say when their turn comes`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site(
            "production",
            {
                var wish = CoolifyBed.wish()
                wish.domain = "prices.example.org"
                return wish
            }()
        )
        #expect(try await site.databases.survey().changes == site.databases.outlook())
        for change in site.databases.outlook() { try await site.databases.perform(change, say: site.say) }
        #expect(try await site.databases.survey().changes == [])
        let survey = try await site.applications.survey()
        #expect(survey.isBeforeAll && survey.obstacle != nil)
        // What is wanted is known by its stamp only where there is a machine to keep it.
        func told(_ changes: [PlannedChange]) -> [[String]] { changes.map { [$0.id, "\($0.kind)", $0.what, $0.why] } }
        #expect(told(survey.changes) == told(site.applications.outlook()))
        // Coolify makes it with each project.
        #expect(!site.databases.outlook().contains { $0.id == "create-environment" })
        try await site.apply()
        #expect(try bed.coolify.state.applications.first?.fqdn == "https://prices.example.org")
        await bed.close()
    }

    @Test func `the stages tell those after them where everything is`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let found = site.work.discoveries.found
        let state = try bed.coolify.state
        #expect(found.place?.project == state.projects[0].uuid)
        #expect(found.postgresURL == state.databases[0].url)
        #expect(found.redisURL == state.databases[1].url)
        #expect(ApplicationRole.allCases.map { found.applications[$0] } == state.applications.map(\.uuid))
        let addresses = Webhooks.addresses("https://coolify.example.org", found.applications)
        #expect(
            addresses[.web]
                == "https://coolify.example.org/api/v1/deploy?uuid=\(state.applications[0].uuid)&force=false"
        )
        await bed.close()
    }

    @Test func `two environments at one Coolify leave each other alone`() async throws {
        let bed = try await CoolifyBed()
        let (staging, production) = (bed.site(), bed.site("production", address: "203.0.113.8"))
        try await staging.apply()
        try await production.apply()
        #expect(try await staging.changes() == [])
        #expect(try bed.coolify.state.applications.count == 6)
        await bed.close()
    }

    @Test func `no description is longer than Coolify keeps or has what it refuses`() async throws {
        let bed = try await CoolifyBed()
        // The longest mark there is: 60 characters.
        let site = bed.site(String(repeating: "s", count: 49))
        #expect(site.mark.count == 60)
        try await site.apply()
        try await site.wishing({ _ in }, digest: CoolifyBed.newer).apply()
        try await Rollback(site.work).perform(try await Rollback(site.work).plan(), say: site.say)
        let state = try bed.coolify.state
        let descriptions = state.applications.map(\.description) + state.databases.map(\.description)
        for description in descriptions {
            let text = try #require(description)
            #expect(text.count <= 255)
            #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " ,-".contains($0)) }, "\(text)")
        }
        #expect(descriptions.contains { ($0?.count ?? 0) > 220 })
        await bed.close()
    }

    @Test func `no secret is in a plan or in what is said`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        let outlook = site.databases.outlook() + site.applications.outlook()
        try await site.apply()
        let other = site.wishing { $0.variables["HOST_SMTP_URL"] = .init("smtp://other-secret@x", isSecret: true) }
        let texts = (outlook + (try await other.changes())).flatMap { [$0.what, $0.why] } + bed.said
        let secrets = site.work.secrets.all + ["very-secret", "other-secret"]
        for secret in secrets { #expect(!texts.contains { $0.contains(secret) }) }
        #expect(texts.contains { $0.contains("HOST_SMTP_URL differs.") })
        await bed.close()
    }

    @Test(.enabled(Comment(rawValue: RequestJudge.missing)) { try await RequestJudge.isThere() })
    func `each request is one that Coolify's description takes`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        try await site.wishing(
            { wish in
                wish.redis.memory = "1g"
                wish.variables["HOST_SMTP_FROM"] = nil
            },
            digest: CoolifyBed.newer
        ).apply()
        try await ApplicationSwitch(site.work).stop(say: site.say)
        try await ApplicationSwitch(site.work).start(say: site.say)
        try await Rollback(site.work).perform(try await Rollback(site.work).plan(), say: site.say)
        _ = try await ApplicationLogs(site.work).last(10, of: .web)
        _ = try await VariableList(site.work).lines()
        let verdict = try await RequestJudge("coolify").verdict(on: try TextFile.read(bed.coolify.recording))
        #expect(verdict.faults == [])
        #expect(verdict.judged > 30)
        await bed.close()
    }
}

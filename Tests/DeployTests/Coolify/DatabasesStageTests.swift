import TestSupport
import Testing

@testable import Deploy

/// The databases when somebody or something comes between.
@Suite(.timeLimit(.minutes(20)))
struct DatabasesStageTests {
    /// Each field that matters, as another hand would change it.
    static let drifts: [(DatabaseKind, [String: CoolifyValue], why: String)] = [
        (
            .postgres, ["image": "postgres:15.4-alpine"],
            "image is postgres:15.4-alpine and should be postgres:15-alpine."
        ),
        (.postgres, ["limits_memory": "2g"], "limits_memory is 2g and should be 1g."),
        (.postgres, ["is_public": true, "public_port": 5433], "is_public is true and should be false."),
        (.redis, ["image": "redis:7.0-alpine"], "image is redis:7.0-alpine and should be redis:7-alpine."),
        (.redis, ["redis_conf": "bWF4bWVtb3J5IDE="], "redis_conf differs."),
    ]

    @Test(arguments: drifts.indices)
    func `what another hand changed is shown, and set back with a restart`(index: Int) async throws {
        let (kind, fields, why) = Self.drifts[index]
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let id = try await site.id(kind)
        try await site.api.changeDatabase(id, fields)
        let changes = try await site.changes()
        #expect(changes.map(\.id) == ["settings-\(kind.rawValue)"])
        #expect(changes.first?.why == why)
        let before = try bed.coolify.requests.count
        try await site.apply()
        #expect(try await site.changes() == [])
        let asked = try bed.coolify.requests.dropFirst(before).filter { $0.method == "POST" }.map(\.path)
        #expect(asked == ["/databases/\(id)/stop?docker_cleanup=false", "/databases/\(id)/start"])
        await bed.close()
    }

    @Test func `one that was stopped is started`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        try await site.api.stopDatabase(try await site.id(.redis))
        let changes = try await site.changes()
        #expect(changes.map(\.id) == ["start-redis"])
        #expect(changes.first?.why == "It is exited:unhealthy.")
        try await site.apply()
        #expect(try await site.changes() == [])
        await bed.close()
    }

    @Test func `one that Coolify forgot to start is started by hand`() async throws {
        var control = CoolifyControl()
        control.lazyDatabases = ["price-monitor-postgres"]
        let bed = try await CoolifyBed(control)
        let site = bed.site()
        try await site.apply()
        #expect(try await site.changes() == [])
        #expect(try bed.coolify.requests.contains { $0.path.hasSuffix("/start") })
        #expect(bed.said.contains { $0.hasPrefix("PostgreSQL is ") })
        await bed.close()
    }

    @Test func `one that never runs ends the run with its last words and what to do`() async throws {
        var control = CoolifyControl()
        control.deadDatabases = ["price-monitor-redis"]
        let bed = try await CoolifyBed(control)
        let site = bed.site()
        let error = await #expect(throws: DeployError.self) { try await site.apply() }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("Redis does not get healthy: after 15 minutes it is exited:unhealthy."))
        #expect(text.contains("host --role deployer apply --environment staging"))
        // Once it can, the next run goes on.
        try bed.coolify.change { $0.deadDatabases = [] }
        try await site.apply()
        #expect(try await site.changes() == [])
        #expect(try bed.coolify.state.databases.count == 2)
        await bed.close()
    }

    @Test func `another major version is for a person`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let survey = try await site.wishing { $0.postgres.image = "postgres:16-alpine" }.databases.survey()
        #expect(survey.changes.map(\.kind) == [.obstacle])
        #expect(survey.changes.first?.why.contains("Its data are those of PostgreSQL 15, which 16 can't read.") == true)
        // The applications can be looked at all the same.
        #expect(survey.obstacle == nil)
        await bed.close()
    }

    @Test(
        arguments: [
            (DatabaseKind.postgres, "postgres:15-alpine", "postgres:15.4-alpine3.20", nil),
            (.postgres, "postgres:15-alpine", "postgres:15-bookworm", "sort texts differently"),
            (.postgres, "postgres:15", "postgres:14", "PostgreSQL 15, which 14 can't read"),
            (.postgres, "postgres:15", "registry.example:5000/postgres:latest", "can't be told"),
            (.redis, "redis:7-alpine", "redis:8-alpine", nil),
            (.redis, "redis:7-alpine", "redis:6.2", "Redis 7, which 6 can't read"),
        ] as [(DatabaseKind, String, String, String?)]
    )
    func `which images read each other's data`(kind: DatabaseKind, old: String, new: String, problem: String?) {
        let said = DatabaseUpgrade.problem(kind, from: old, to: new)
        #expect(
            said == nil ? problem == nil : problem.map { said?.contains($0) == true } == true,
            "\(said ?? "nothing")"
        )
    }

    @Test func `another password than this machine's is for a person`() async throws {
        let bed = try await CoolifyBed()
        try await bed.site().apply()
        // The same environment, whose records were lost.
        let survey = try await bed.site().databases.survey()
        #expect(survey.changes.map(\.id) == ["person-postgres", "person-redis"])
        #expect(survey.changes.allSatisfy { $0.kind == .obstacle && $0.why.contains("another password") })
        await bed.close()
    }

    @Test func `two with the same mark are for a person, who is told both`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let place = try #require(site.work.discoveries.found.place)
        let description = CoolifyNote(mark: site.mark, kind: "redis").text
        _ = try await site.api.makeDatabase(
            "redis",
            [
                "project_uuid": .text(place.project), "environment_uuid": .text(place.environment),
                "environment_name": "staging", "server_uuid": .text(place.server), "description": .text(description),
            ]
        )
        let redis = try bed.coolify.state.databases.filter { $0.kind == "redis" }
        let survey = try await site.databases.survey()
        #expect(survey.changes.map(\.kind) == [.obstacle])
        #expect(redis.count == 2 && redis.allSatisfy { survey.changes.first?.why.contains($0.uuid) == true })
        _ = try await site.api.makeProject(name: "Again", description: "\(site.mark) project")
        let projects = try bed.coolify.state.projects
        let change = try #require(try await site.databases.survey().changes.first)
        #expect(projects.allSatisfy { change.why.contains($0.uuid) })
        await bed.close()
    }

    @Test func `one that lost its mark is not made again`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let id = try await site.id(.postgres)
        try await site.api.changeDatabase(id, ["description": "mine"])
        let change = try #require(try await site.databases.survey().changes.first)
        #expect(change.kind == .obstacle)
        #expect(change.why.contains(id) && change.why.contains("“\(site.mark) postgres”"))
        await bed.close()
    }

    @Test func `one whose secrets are hidden is taken as it is`() async throws {
        let bed = try await CoolifyBed()
        let secrets = GeneratedSecrets()
        try await bed.site(secrets: secrets).apply()
        let blind = bed.site(secrets: secrets, token: .read)
        #expect(try await blind.changes() == [])
        await bed.close()
    }
}

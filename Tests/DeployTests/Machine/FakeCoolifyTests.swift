import FoundationEssentials
import TestSupport
import Testing

/// What Coolify does after it has answered, and what it does not do.
@Suite(.timeLimit(.minutes(20)))
struct FakeCoolifyTests {
    private static let finished = #""status": "finished""#

    @Test func `databases come some looks after they were made, each with its volume`() async throws {
        let world = try await CoolifyWorld()
        #expect(try world.fake.state.databases.allSatisfy { $0.status == "starting:unknown" })
        let path = "/databases/\(world.postgres)"
        #expect(try await world.look(at: path, until: "running:healthy").contains("running:healthy"))
        #expect(
            try world.fake.state.volumes.sorted() == [
                "postgres-data-\(world.postgres)", "redis-data-\(world.redis)",
            ]
        )
        #expect(try await world.caller.ask("POST", "\(path)/start")?.status == 400)
        let seen = try await world.caller.ask("GET", path)?.body ?? ""
        #expect(seen.contains("postgres://pma:s3cret@\(world.postgres):5432/pma"))
        let hidden = try await world.caller.ask("GET", path, token: FakeCoolify.plain(.read))?.body ?? ""
        #expect(hidden.contains("pma-postgres") && !hidden.contains("s3cret"))
        let sensitive = try await world.caller.ask("GET", path, token: FakeCoolify.plain(.sensitive))?.body ?? ""
        #expect(sensitive.contains("s3cret"))
        #expect(!seen.contains("project_uuid") && !seen.contains("server_uuid"))
    }

    @Test func `a database that did not come comes when it is started by hand`() async throws {
        var control = CoolifyControl()
        control.lazyDatabases = ["pma-postgres"]
        let world = try await CoolifyWorld(control)
        let path = "/databases/\(world.postgres)"
        #expect(try await world.look(at: path, until: "exited").contains("exited:unhealthy"))
        #expect(try await world.caller.ask("POST", "\(path)/start")?.status == 200)
        #expect(try await world.look(at: path, until: "running:healthy").contains("running:healthy"))
    }

    @Test func `a deployment takes its time, and asked for twice it names one that never is`() async throws {
        let world = try await CoolifyWorld()
        let deploy = "/deploy?uuid=\(world.application)&force=false"
        let first = try #require(try await world.caller.ask("POST", deploy))
        #expect(first.body.contains("deployment queued."))
        let real = try #require(try world.fake.state.deployments.first).uuid
        #expect(first.body.contains(real))
        let second = try #require(try await world.caller.ask("POST", deploy))
        #expect(second.body.contains("already queued for this commit"))
        let made = try #require(second.body.firstMatch(of: /"deployment_uuid": "([a-z0-9]+)"/)).output.1
        #expect(try await world.caller.ask("GET", "/deployments/\(made)")?.status == 404)
        let start = try #require(try await world.caller.ask("POST", "/applications/\(world.application)/start"))
        #expect(!start.body.contains("deployment_uuid"))
        #expect(try await world.look(at: "/deployments/\(real)", until: Self.finished).contains(Self.finished))
        #expect(
            try await world.look(at: "/applications/\(world.application)", until: "running:healthy")
                .contains("running:healthy")
        )
        let history = try #require(
            try await world.caller.ask("GET", "/deployments/applications/\(world.application)?skip=0&take=10")
        )
        #expect(history.body.contains(#""count": 1"#))
        let read =
            try await world.caller.ask("GET", "/deployments/\(real)", token: FakeCoolify.plain(.read))?.body ?? ""
        #expect(!read.contains(#""logs""#))
        let container = try #require(try world.fake.state.applications.first?.container)
        #expect(container.variables["PORT"] == "8080" && container.variables["HOST"] == "0.0.0.0")
    }

    @Test func `one that never gets healthy fails, and the old one keeps serving`() async throws {
        let world = try await CoolifyWorld()
        let path = "/applications/\(world.application)"
        _ = try await world.caller.ask("POST", "/deploy?uuid=\(world.application)")
        _ = try await world.look(at: path, until: "running:healthy")
        let old = try #require(try world.fake.state.applications.first?.container).name
        try world.fake.change { $0.neverHealthy = ["v2"] }
        #expect(try await world.caller.ask("PATCH", path, #"{"docker_registry_image_tag":"v2"}"#)?.status == 200)
        _ = try await world.caller.ask("POST", "/deploy?uuid=\(world.application)")
        let failed = try #require(try world.fake.state.deployments.last).uuid
        let last = try await world.look(at: "/deployments/\(failed)", until: "failed")
        #expect(last.contains(#""status": "failed""#) && last.contains("not healthy"))
        let now = try #require(try world.fake.state.applications.first)
        #expect(now.container?.name == old && now.container?.image == "ghcr.io/anna/pma:latest")
        #expect(now.status == "running:healthy")
    }

    @Test func `two are built at a time, and running ones are no list`() async throws {
        let world = try await CoolifyWorld()
        var ids = [world.application]
        for name in ["pma-worker", "pma-scheduler"] {
            ids.append(
                try await world.caller.make(
                    "/applications/dockerimage",
                    CoolifyWorld.application(world.place, name)
                )
            )
        }
        _ = try await world.caller.ask("POST", "/deploy?uuid=\(ids.joined(separator: ","))")
        #expect(try world.fake.state.deployments.map(\.status) == ["in_progress", "in_progress", "queued"])
        let running = try #require(try await world.caller.ask("GET", "/deployments"))
        #expect(running.body.hasPrefix(#"{"2": "#))
        for id in ids { _ = try await world.look(at: "/applications/\(id)", until: "running:healthy") }
        #expect(try world.fake.state.deployments.allSatisfy { $0.status == "finished" })
        #expect(try await world.caller.ask("GET", "/deployments")?.body == "[]")
        let tagged = try #require(try await world.caller.ask("POST", "/deploy?tag=pma"))
        #expect(tagged.body.hasPrefix(#"{"message": ["#) && tagged.body.contains(#""details""#))
    }

    @Test(arguments: [("it's", true), ("a\\nb", true), ("plain", false)])
    func `a literal value that ends its quotes breaks the deployment`(value: String, isBroken: Bool) async throws {
        let world = try await CoolifyWorld()
        let body = #"{"data":[{"key":"NOTE","value":"\#(value)","is_literal":true}]}"#
        #expect(
            try await world.caller.ask("PATCH", "/applications/\(world.application)/envs/bulk", body)?.status == 201
        )
        _ = try await world.caller.ask("POST", "/deploy?uuid=\(world.application)")
        let id = try #require(try world.fake.state.deployments.last).uuid
        let end = isBroken ? #""status": "failed""# : Self.finished
        #expect(try await world.look(at: "/deployments/\(id)", until: end).contains(end))
    }

    @Test func `values are written over by key, never taken away, and forget what is left out`() async throws {
        let world = try await CoolifyWorld()
        let path = "/applications/\(world.application)/envs"
        func set(_ item: String) async throws -> Int? {
            try await world.caller.ask("PATCH", "\(path)/bulk", #"{"data":[\#(item)]}"#)?.status
        }
        #expect(try await set(#"{"key":"A","value":"1","is_literal":true},{"key":"B","value":"2"}"#) == 201)
        #expect(try await set(#"{"key":"A","value":"3"}"#) == 201)
        #expect(try world.fake.state.applications.first?.variables == ["A": "3", "B": "2"])
        let list = try #require(try await world.caller.ask("GET", path)).body
        // What is left is the copy for previews, which nobody wrote over.
        #expect(list.ranges(of: #""is_literal": true"#).count == 1)
        let hidden = try #require(try await world.caller.ask("GET", path, token: FakeCoolify.plain(.read))).body
        #expect(hidden.contains(#""key": "A""#) && !hidden.contains(#""value""#))
    }

    @Test func `what is deleted goes later, with its volume unless told otherwise`() async throws {
        let world = try await CoolifyWorld()
        _ = try await world.look(at: "/databases/\(world.redis)", until: "running:healthy")
        #expect(
            try await world.caller.ask("DELETE", "/databases/\(world.postgres)?delete_volumes=false")?.status == 200
        )
        #expect(try await world.caller.ask("DELETE", "/databases/\(world.redis)")?.status == 200)
        #expect(try await world.caller.ask("DELETE", "/applications/\(world.application)")?.status == 200)
        #expect(try world.fake.state.databases.count == 2)
        #expect(try await world.caller.ask("DELETE", "/projects/\(world.project)")?.status == 400)
        _ = try await world.look(at: "/databases", until: "[]")
        #expect(try world.fake.state.databases.isEmpty && world.fake.state.applications.isEmpty)
        #expect(try world.fake.state.volumes == ["postgres-data-\(world.postgres)"])
        #expect(try await world.caller.ask("DELETE", "/projects/\(world.project)")?.status == 200)
    }

    @Test func `nothing is made once because it was asked for twice`() async throws {
        let world = try await CoolifyWorld()
        _ = try await world.caller.make("/projects", #"{"name":"pma-staging"}"#)
        _ = try await world.caller.make("/applications/dockerimage", CoolifyWorld.application(world.place, "pma-web"))
        #expect(try world.fake.state.projects.map(\.name) == ["pma-staging", "pma-staging"])
        #expect(try world.fake.state.applications.map(\.name) == ["pma-web", "pma-web"])
    }

    @Test func `a domain belongs to one application`() async throws {
        let world = try await CoolifyWorld()
        let path = "/applications/\(world.application)"
        #expect(try await world.caller.ask("PATCH", path, #"{"domains":"https://a.example.org"}"#)?.status == 200)
        let body = #"{\#(world.place),"docker_registry_image_name":"a/b","domains":"https://a.example.org"}"#
        let refused = try await world.caller.ask("POST", "/applications/dockerimage", body)
        #expect(refused?.status == 409)
        #expect(refused?.body.contains(#""conflicts""#) == true)
        #expect(try await world.caller.ask("PATCH", path, #"{"domains":""}"#)?.status == 200)
        #expect(try world.fake.state.applications.first?.fqdn == "https://a.example.org")
    }

    @Test func `answers are lost before or after, fail so many times, and others are not touched`() async throws {
        let world = try await CoolifyWorld()
        try world.fake.change { control in
            control.troubles = [
                .init("POST", "^/projects$", how: .lostAfter), .init("POST", "^/projects$", how: .lostBefore),
                .init("POST", "^/projects$", status: 502, body: ["message": "Bad Gateway"]),
            ]
        }
        let body = #"{"name":"another"}"#
        #expect(try await world.caller.ask("POST", "/projects", body) == nil)
        #expect(try world.fake.state.projects.count == 2)
        #expect(try await world.caller.ask("POST", "/projects", body) == nil)
        #expect(try await world.caller.ask("POST", "/projects", body)?.status == 502)
        #expect(try world.fake.state.projects.count == 2)
        #expect(try await world.caller.ask("POST", "/projects", body)?.status == 201)
        #expect(try await world.caller.ask("GET", "/projects")?.status == 200)
        #expect(try world.fake.requests.count { $0.path == "/projects" && $0.method == "POST" } == 5)
        #expect(try world.fake.requests.allSatisfy { $0.headers["Authorization"] == "Bearer hidden" })
    }
}

import TestSupport
import Testing

/// What the real Coolify does not take, the fake does not take either.
@Suite(.timeLimit(.minutes(20)))
struct CoolifyRefusalTests {
    /// A request that must be refused; `PLACE`, `PROJECT`, `SERVER`, `APP`, `POSTGRES` and `REDIS` stand for what there is.
    struct Row: Sendable {
        let method: String
        let path: String
        let body: String?
        let status: Int
        /// What the answer says.
        let words: String
        var token: String? = FakeCoolify.plain(.root)
        var kind: String? = "application/json"

        init(_ method: String, _ path: String, _ status: Int, _ words: String) {
            self.init(method, path, nil, status, words)
        }

        init(_ method: String, _ path: String, _ body: String?, _ status: Int, _ words: String) {
            (self.method, self.path, self.body, self.status, self.words) = (method, path, body, status, words)
        }

        func by(_ token: String?) -> Row {
            var row = self
            row.token = token
            return row
        }

        func of(_ kind: String?) -> Row {
            var row = self
            row.kind = kind
            return row
        }
    }

    private static let app = "/applications/dockerimage"
    private static let pg = "/databases/postgresql"

    /// A new application with these fields besides what it needs.
    private static func application(_ fields: String, _ words: String) -> Row {
        Row("POST", app, #"{PLACE,"docker_registry_image_name":"ghcr.io/a/b",\#(fields)}"#, 422, words)
    }

    private static func database(_ fields: String, _ words: String) -> Row {
        Row("POST", pg, "{PLACE,\(fields)}", 422, words)
    }

    private static func variable(_ item: String, _ words: String) -> Row {
        Row("PATCH", "/applications/APP/envs/bulk", #"{"data":[\#(item)]}"#, 422, words)
    }

    private static let notAllowed = "This field is not allowed."

    private static let tokens: [Row] = [
        Row("GET", "/projects", 401, "Unauthenticated.").by(nil),
        Row("GET", "/projects", 401, "Unauthenticated.").by("a-token-that-nobody-has"),
        Row("GET", "/projects", 401, "Unauthenticated.").by("999|\(FakeCoolify.plain(.root))"),
        Row("GET", "/version", 401, "Unauthenticated.").by(nil),
        Row("POST", "/projects", #"{"name":"abc"}"#, 403, "permissions: write").by(FakeCoolify.plain(.read)),
        Row("POST", "/projects", #"{"name":"abc"}"#, 403, "permissions: write").by(FakeCoolify.plain(.deploy)),
        Row("GET", "/projects", 403, "permissions: read").by(FakeCoolify.plain(.deploy)),
        Row("GET", "/projects", 403, "permissions: read").by(FakeCoolify.plain(.write)),
        Row("POST", "/deploy?uuid=APP", 403, "permissions: deploy").by(FakeCoolify.plain(.read)),
        Row("POST", "/deploy?uuid=APP", 403, "permissions: deploy").by(FakeCoolify.plain(.write)),
        Row("POST", "/applications/APP/start", 403, "permissions: deploy").by(FakeCoolify.plain(.write)),
        Row("DELETE", "/applications/APP", 403, "permissions: write").by(FakeCoolify.plain(.deploy)),
        Row("POST", "/enable", 403, "permissions: write").by(FakeCoolify.plain(.read)),
    ]

    private static let forms: [Row] = [
        Row("POST", "/projects", #"{"name":"abc"}"#, 400, "must be application").of("text/plain"),
        Row("POST", "/projects", #"{"name":"abc"}"#, 400, "must be application").of(nil),
        Row("POST", "/projects", 400, "must be application"),
        Row("POST", "/projects", "{", 400, "Invalid JSON."),
        Row("POST", "/projects", "{}", 400, "Empty JSON."),
        Row("POST", "/projects", "[]", 400, "Empty JSON."),
        Row("PATCH", "/applications/APP", "{}", 400, "Empty JSON."),
        Row("POST", app, "", 400, "Invalid JSON."),
        Row("GET", "/deploy?uuid=APP", 405, "changed to a POST request"),
        Row("GET", "/enable", 405, "changed to a POST request"),
        Row("GET", "/applications/APP/start", 405, "changed to a POST request"),
        Row("GET", "/applications/APP/stop", 405, "changed to a POST request"),
        Row("GET", "/databases/POSTGRES/restart", 405, "changed to a POST request"),
        Row("PUT", "/projects", #"{"name":"abc"}"#, 405, "not supported"),
        Row("GET", "/nothing", 404, "Not found."),
        Row("GET", "/applications/nobody", 404, "Application not found."),
        Row("GET", "/databases/nobody", 404, "Database not found."),
        Row("GET", "/projects/nobody", 404, "Project not found."),
        Row("GET", "/projects/PROJECT/nowhere", 404, "Environment not found."),
        Row("GET", "/servers/nobody", 404, "Server not found."),
        Row("GET", "/deployments/nobody", 404, "Deployment not found."),
        Row("GET", "/deployments/applications/nobody", 404, "Application not found."),
        Row("GET", "/deployments/applications/APP?take=0", 422, "at least 1"),
        Row("POST", "/deploy", 400, "You must provide uuid or tag."),
        Row("POST", "/deploy?uuid=APP&tag=pma", 400, "not both"),
        Row("POST", "/deploy?uuid=nobody", 404, "No resources found."),
        Row("POST", "/deploy?tag=none-has-it", 404, "No resources found with this tag."),
    ]

    private static let places: [Row] = [
        Row("POST", "/projects", #"{"name":"ab"}"#, 422, "at least 3"),
        Row("POST", "/projects", #"{"description":"x"}"#, 422, "name field is required"),
        Row("POST", "/projects", #"{"name":"a<b>c"}"#, 422, "format is invalid"),
        Row("POST", "/projects", #"{"name":7}"#, 422, "must be a string"),
        Row("POST", "/projects", #"{"name":"abc","description":"a {brace}"}"#, 422, "format is invalid"),
        Row("POST", "/projects", #"{"name":"abc","color":"red"}"#, 422, notAllowed),
        Row("POST", "/projects/PROJECT/environments", #"{"name":"production"}"#, 409, "already exists"),
        Row("POST", "/projects/PROJECT/environments", #"{"name":"abc","description":"x"}"#, 422, notAllowed),
        Row("DELETE", "/projects/PROJECT", 400, "has resources"),
        Row("DELETE", "/projects/PROJECT/environments/production", 400, "has resources"),
        Row("POST", app, #"{"server_uuid":"SERVER","docker_registry_image_name":"a/b"}"#, 422, "project uuid"),
        Row(
            "POST",
            app,
            #"{"server_uuid":"SERVER","project_uuid":"PROJECT","docker_registry_image_name":"a/b"}"#,
            422,
            "at least one of environment_name"
        ),
        Row(
            "POST",
            pg,
            #"{"server_uuid":"SERVER","project_uuid":"PROJECT","environment_name":"nowhere"}"#,
            422,
            "valid environment_name"
        ),
        Row(
            "POST",
            pg,
            #"{"server_uuid":"nobody","project_uuid":"PROJECT","environment_name":"production"}"#,
            404,
            "Server not found."
        ),
        Row(
            "POST",
            pg,
            #"{"server_uuid":"SERVER","project_uuid":"nobody","environment_name":"production"}"#,
            404,
            "Project not found."
        ),
    ]

    private static let applications: [Row] = [
        Row("POST", app, "{PLACE}", 422, "docker registry image name field is required"),
        application(#""command":"run""#, notAllowed),
        application(#""docker_registry_image_tag":"a b""#, "format is invalid"),
        application(#""docker_registry_image_tag":"sha256:abc""#, "format is invalid"),
        application(#""docker_registry_image_tag":"","x":1"#, notAllowed),
        Row("POST", app, #"{PLACE,"docker_registry_image_name":"ghcr.io/Anna/B"}"#, 422, "format is invalid"),
        Row("POST", app, #"{PLACE,"docker_registry_image_name":"https://ghcr.io/a/b"}"#, 422, "format is invalid"),
        application(#""name":"a;b""#, "format is invalid"),
        application(#""health_check_enabled":"yes""#, "must be true or false"),
        application(#""health_check_type":"tcp""#, "is invalid"),
        application(#""health_check_command":"a && b""#, "format is invalid"),
        application(#""health_check_command":"a 'b'""#, "format is invalid"),
        application(#""health_check_port":"8080""#, "must be an integer"),
        application(#""health_check_interval":0"#, "at least 1"),
        application(#""health_check_retries":2.5"#, "must be an integer"),
        application(#""limits_memory":1024"#, "must be a string"),
        application(#""ports_exposes":8080"#, "must be a string"),
        application(#""ports_exposes":"http""#, "format is invalid"),
        application(#""domains":"app.example.com""#, "Invalid URL"),
        application(#""domains":"https://a.example.com;b""#, "invalid characters"),
        application(#""domains":"ftp://a.example.com""#, "Invalid URL"),
        application(#""tags":"pma""#, "array of strings"),
        application(#""tags":["x"]"#, "at least 2"),
        application(#""custom_docker_run_options":"--entrypoint $(id)""#, "format is invalid"),
        application(#""instant_deploy":null"#, "must be true or false"),
        application(#""max_restart_count":-1"#, "at least 0"),
        Row("PATCH", "/applications/APP", #"{"project_uuid":"PROJECT"}"#, 422, notAllowed),
        Row("PATCH", "/applications/APP", #"{"autogenerate_domain":false}"#, 422, notAllowed),
        Row("PATCH", "/applications/APP", #"{"docker_registry_image_tag":"-x"}"#, 422, "format is invalid"),
        Row("GET", "/applications/APP/logs", 400, "not running"),
        Row("POST", "/applications/APP/storages", #"{"type":"persistent","name":"a"}"#, 422, "mount path field"),
        Row("POST", "/applications/APP/storages", #"{"type":"persistent","mount_path":"/a"}"#, 422, "name field"),
        Row(
            "POST",
            "/applications/APP/storages",
            #"{"type":"volume","name":"a","mount_path":"/a"}"#,
            422,
            "is invalid"
        ),
        Row("POST", "/applications/APP/storages", #"{"type":"file","mount_path":"a"}"#, 422, "format is invalid"),
        Row("POST", "/applications/APP/tags", #"{"name":"pma"}"#, 422, notAllowed),
        Row("DELETE", "/applications/APP?delete_volumes=maybe", 422, "must be true or false"),
    ]

    private static let variables: [Row] = [
        variable(#"{"value":"x"}"#, "key field is required"),
        variable(#"{"key":"A-B","value":"x"}"#, "format is invalid"),
        variable(#"{"key":"1A","value":"x"}"#, "format is invalid"),
        variable(#"{"key":"A","value":7}"#, "must be a string"),
        variable(#"{"key":"A","value":"x","is_literal":"yes"}"#, "must be true or false"),
        variable(#"{"key":"A","value":"x","is_secret":true}"#, notAllowed),
        Row("PATCH", "/applications/APP/envs/bulk", #"{"envs":[]}"#, 400, "Bulk data is required."),
        Row("PATCH", "/applications/APP/envs/bulk", #"{"data":[]}"#, 400, "Bulk data is required."),
        Row("POST", "/applications/APP/envs", #"{"key":"GIVEN","value":"x"}"#, 409, "already exists"),
        Row("PATCH", "/applications/APP/envs", #"{"key":"UNKNOWN","value":"x"}"#, 404, "not found"),
        Row("DELETE", "/applications/APP/envs/nobody", 404, "Environment variable not found."),
    ]

    private static let databases: [Row] = [
        database(#""redis_password":"x""#, notAllowed),
        database(#""password":"x""#, notAllowed),
        database(#""postgres_password":"with space""#, "format is invalid"),
        database(#""postgres_password":"a'b""#, "format is invalid"),
        database(#""postgres_user":"1st""#, "format is invalid"),
        database(#""postgres_db":"a-b""#, "format is invalid"),
        database(#""postgres_conf":"max_connections=20!""#, "base64"),
        database(#""public_port":80"#, "at least 1024"),
        database(#""is_public":"no""#, "must be true or false"),
        Row("POST", "/databases/redis", #"{PLACE,"postgres_user":"x"}"#, 422, notAllowed),
        Row("PATCH", "/databases/POSTGRES", #"{"server_uuid":"SERVER"}"#, 422, notAllowed),
        Row("PATCH", "/databases/REDIS", #"{"postgres_password":"x"}"#, 422, notAllowed),
        Row("POST", "/databases/POSTGRES/backups", #"{"enabled":true}"#, 422, "frequency field is required"),
        Row("POST", "/databases/POSTGRES/backups", #"{"frequency":"often"}"#, 422, "Invalid cron"),
        Row("POST", "/databases/POSTGRES/backups", #"{"frequency":"daily","timeout":1}"#, 422, "at least 60"),
        Row("POST", "/databases/POSTGRES/backups", #"{"frequency":"daily","save_s3":true}"#, 422, "s3_storage_uuid"),
        Row("POST", "/databases/REDIS/backups", #"{"frequency":"daily"}"#, 422, "not supported"),
        Row("GET", "/databases/POSTGRES/backups/nobody/executions", 404, "Backup config not found."),
    ]

    @Test func `each request that Coolify refuses is refused, and changes nothing`() async throws {
        let world = try await CoolifyWorld()
        _ = try await world.caller.ask(
            "PATCH",
            "/applications/\(world.application)/envs/bulk",
            #"{"data":[{"key":"GIVEN","value":"x"}]}"#
        )
        let before = try Self.facts(world)
        let rows =
            Self.tokens + Self.forms + Self.places + Self.applications + Self.variables + Self.databases
        #expect(rows.count >= 60)
        for row in rows {
            let names = [
                ("PLACE", world.place), ("PROJECT", world.project), ("SERVER", world.server),
                ("APP", world.application),
                ("POSTGRES", world.postgres), ("REDIS", world.redis),
            ]
            let path = names.reduce(row.path) { $0.replacing($1.0, with: $1.1) }
            let body = row.body.map { names.reduce($0) { $0.replacing($1.0, with: $1.1) } }
            let reply = try await world.caller.ask(row.method, path, body, token: row.token, kind: row.kind)
            #expect(reply?.status == row.status, "\(row.method) \(row.path) \(row.body ?? ""): \(reply?.body ?? "")")
            #expect(reply?.body.contains(row.words) == true, "\(row.path) \(row.body ?? ""): \(reply?.body ?? "")")
        }
        #expect(try Self.facts(world) == before)
    }

    /// What a refused request must not change; databases go on starting meanwhile.
    private static func facts(_ world: CoolifyWorld) throws -> [String] {
        let state = try world.fake.state
        return state.projects.map(\.name) + state.environments.map(\.name) + state.databases.map(\.name)
            + state.applications.map { "\($0.name) \($0.imageName) \($0.variables)" } + state.backups.map(\.uuid)
            + state.deployments.map(\.uuid)
    }

    @Test func `while the API is off nothing but its switch works`() async throws {
        let fake = try await FakeCoolify(isEnabled: false)
        let caller = CoolifyCaller(port: fake.port)
        for (method, path) in [("GET", "/version"), ("GET", "/servers"), ("POST", "/projects"), ("POST", "/deploy")] {
            let reply = try await caller.ask(method, path, method == "POST" ? #"{"name":"abc"}"# : nil)
            #expect(reply?.status == 403)
            #expect(reply?.body.contains("API is disabled.") == true)
        }
        #expect(try await caller.ask("POST", "/enable", token: FakeCoolify.plain(.read))?.status == 403)
        #expect(try await caller.ask("POST", "/enable")?.status == 200)
        let version = try await caller.ask("GET", "/version")
        #expect(version?.body == "4.3.10")
        #expect(version?.headers["content-type"]?.hasPrefix("text/html") == true)
    }

    @Test func `who asks too often is told when to come again`() async throws {
        var control = CoolifyControl()
        control.rateLimit = 5
        let fake = try await FakeCoolify(control)
        let caller = CoolifyCaller(port: fake.port)
        var statuses: [Int] = []
        for _ in 0..<7 { statuses.append(try await caller.ask("GET", "/servers")?.status ?? 0) }
        #expect(statuses.prefix(5).allSatisfy { $0 == 200 })
        #expect(statuses.contains(429))
        let refused = try await caller.ask("GET", "/servers")
        let wait = try #require(refused?.headers["retry-after"].flatMap { Int($0) })
        #expect((1...60).contains(wait))
    }
}

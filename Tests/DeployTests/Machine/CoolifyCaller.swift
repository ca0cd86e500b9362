import FoundationEssentials
import TestSupport
import Testing

/// Asks a fake Coolify, each request on a connection of its own.
struct CoolifyCaller {
    let port: Int

    struct Reply: Equatable {
        let status: Int
        /// By lowercase names.
        let headers: [String: String]
        let body: String

        /// The field `name` of the object that it is, where that is a text.
        func text(_ name: String) throws -> String? {
            try JSONDecoder().decode([String: Loose].self, from: Data(body.utf8))[name]?.text
        }
    }

    /// A value of JSON of which only texts matter.
    private struct Loose: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    /// The answer; nil where the connection ended without one.
    func ask(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        token: String? = FakeCoolify.plain(.root),
        kind: String? = "application/json",
        base: String = "/api/v1"
    ) async throws -> Reply? {
        var lines = ["\(method) \(base)\(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        lines.append("Accept: application/json")
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        if body != nil, let kind { lines.append("Content-Type: \(kind)") }
        let text = lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
        let answer = try await RawConnection.send(text, to: port)
        guard let end = answer.firstRange(of: "\r\n\r\n") else { return nil }
        let head = answer[..<end.lowerBound].split(separator: "\r\n")
        let status = try #require(head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        let headers = head.dropFirst().map { line in
            let mark = line.firstIndex(of: ":") ?? line.endIndex
            return (line[..<mark].lowercased(), String(line[mark...].dropFirst(2)))
        }
        return Reply(
            status: status,
            headers: Dictionary(headers) { first, _ in first },
            body: String(answer[end.upperBound...])
        )
    }

    /// The id of what it makes.
    func make(_ path: String, _ body: String) async throws -> String {
        let reply = try #require(try await ask("POST", path, body))
        try #require(reply.status == 201, "\(path): \(reply.status) \(reply.body)")
        return try #require(try reply.text("uuid"))
    }
}

/// One project with all that the deployer makes, on a fake Coolify.
struct CoolifyWorld {
    let fake: FakeCoolify
    let caller: CoolifyCaller
    let server: String
    let project: String
    let environment: String
    let postgres: String
    let redis: String
    let application: String

    init(_ control: CoolifyControl = CoolifyControl()) async throws {
        fake = try await FakeCoolify(control)
        caller = CoolifyCaller(port: fake.port)
        let servers = try #require(try await caller.ask("GET", "/servers"))
        let ids = try JSONDecoder().decode([[String: CoolifyWorld.Id]].self, from: Data(servers.body.utf8))
        server = try #require(ids.first?["uuid"]?.text)
        project = try await caller.make("/projects", #"{"name":"pma-staging","description":"managed-by:pma deployer"}"#)
        environment = try #require(try fake.state.environments.first { $0.name == "production" }).uuid
        let place = """
            "server_uuid":"\(server)","project_uuid":"\(project)","environment_name":"production",\
            "environment_uuid":"\(environment)"
            """
        postgres = try await caller.make(
            "/databases/postgresql",
            """
            {\(place),"name":"pma-postgres","image":"postgres:15-alpine","postgres_user":"pma",\
            "postgres_password":"s3cret","postgres_db":"pma","is_public":false,"instant_deploy":true,\
            "limits_memory":"1g"}
            """
        )
        redis = try await caller.make(
            "/databases/redis",
            #"{\#(place),"name":"pma-redis","image":"redis:7-alpine","redis_password":"s3cret","instant_deploy":true}"#
        )
        application = try await caller.make("/applications/dockerimage", Self.application(place, "pma-web"))
    }

    /// The body of a new one, with health checks and without a domain.
    static func application(_ place: String, _ name: String) -> String {
        """
        {\(place),"name":"\(name)","docker_registry_image_name":"ghcr.io/anna/pma","docker_registry_image_tag":"latest",\
        "ports_exposes":"8080","autogenerate_domain":false,"health_check_enabled":true,"health_check_type":"cmd",\
        "health_check_command":"/app/host health","tags":["pma"]}
        """
    }

    var place: String {
        """
        "server_uuid":"\(server)","project_uuid":"\(project)","environment_name":"production",\
        "environment_uuid":"\(environment)"
        """
    }

    /// Looks at a path until the text is in the answer, or so often.
    func look(at path: String, until text: String, atMost: Int = 12) async throws -> String {
        var last = ""
        for _ in 0..<atMost {
            last = try #require(try await caller.ask("GET", path)).body
            if last.contains(text) { return last }
        }
        return last
    }

    private struct Id: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }
}

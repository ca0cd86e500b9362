import Model

extension CoolifyAPI {
    package func projects() async throws -> [CoolifyProject] {
        try await list("/projects", "list its projects").compactMap { CoolifyProject($0) }
    }

    /// The server on which things are made; throws where there is none, or where it can't be told which.
    package func ownServer() async throws -> CoolifyServer {
        let servers = try await list("/servers", "list its servers").compactMap { CoolifyServer($0) }
        if let own = servers.first(where: \.isOwn) { return own }
        guard let only = servers.first, servers.count == 1 else {
            throw DeployError(
                "Coolify has \(servers.count) servers, of which none is the machine that it runs on. Add “localhost” "
                    + "under Servers in the dashboard."
            )
        }
        return only
    }

    package func environments(of project: String) async throws -> [CoolifyEnvironment] {
        try await list("/projects/\(project)/environments", "list the project's environments")
            .compactMap { CoolifyEnvironment($0) }
    }

    package func holdings(of project: String, _ environment: String) async throws -> CoolifyHoldings {
        CoolifyHoldings(try await read("/projects/\(project)/\(environment)", "say what is in the environment"))
    }

    /// Look for it first, and look again where this is `unknown`: Coolify makes as many as are asked for.
    func makeProject(name: String, description: String) async throws -> Outcome {
        try await outcome(
            of: Call(
                method: .post,
                path: "/projects",
                purpose: "make the project “\(name)”",
                body: .object(["name": .text(name), "description": .text(description)]),
                isRepeatable: false
            )
        )
    }

    /// One that is there already is fine.
    func makeEnvironment(_ name: String, in project: String) async throws {
        _ = try await answer(
            to: Call(
                method: .post,
                path: "/projects/\(project)/environments",
                purpose: "make the environment “\(name)”",
                body: .object(["name": .text(name)]),
                // Its name is the only one in the project.
                accepted: [409]
            )
        )
    }
}

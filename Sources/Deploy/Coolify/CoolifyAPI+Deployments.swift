import Model

extension CoolifyAPI {
    /// Asks for a deployment, which happens later.
    ///
    /// Look again where this is `unknown`. The id may be one that never existed, which Coolify gives where another
    /// deployment of the application waits or runs.
    func deploy(_ application: String) async throws -> Outcome {
        try await outcome(
            of: Call(
                method: .post,
                path: "/deploy?uuid=\(application)&force=false",
                purpose: "deploy an application",
                isRepeatable: false
            )
        )
    }

    /// nil where there is none of that id.
    func deployment(_ id: String) async throws -> CoolifyDeployment? {
        let purpose = "say how far a deployment is"
        guard let value = try await find("/deployments/\(id)", purpose) else { return nil }
        guard let deployment = CoolifyDeployment(value) else { throw CoolifyTrouble.unreadable(purpose) }
        return deployment
    }

    /// The last ones, the newest first.
    func deployments(of application: String) async throws -> [CoolifyDeployment] {
        let value = try await read(
            "/deployments/applications/\(application)?skip=0&take=10",
            "list an application's deployments"
        )
        return (value["deployments"] ?? value).elements.compactMap { CoolifyDeployment($0) }
    }
}

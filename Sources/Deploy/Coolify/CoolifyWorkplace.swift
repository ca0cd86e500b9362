import PluginAPI

/// What everybody shares who works on an environment by Coolify's API.
package struct CoolifyWorkplace: Sendable {
    /// The name of the environment: `staging`.
    package let environment: String
    /// What everything of the environment carries.
    package let mark: String
    package let wish: EnvironmentWish
    package let secrets: GeneratedSecrets
    package let discoveries: Discoveries
    package let api: CoolifyAPI
    package let patience: Patience

    package init(
        environment: String,
        mark: String,
        wish: EnvironmentWish,
        secrets: GeneratedSecrets,
        discoveries: Discoveries,
        api: CoolifyAPI,
        patience: Patience = Patience()
    ) {
        self.environment = environment
        self.mark = mark
        self.wish = wish
        self.secrets = secrets
        self.discoveries = discoveries
        self.api = api
        self.patience = patience
    }

    /// Everything of a wish that nobody may see, for `CoolifyAPI`.
    package static func hidden(_ wish: EnvironmentWish, _ secrets: GeneratedSecrets) -> [String] {
        secrets.all + [wish.image.login?.password].compactMap { $0 }
            + wish.variables.values.filter(\.isSecret).map(\.value)
    }

    /// The command that goes on from what is there.
    var resumption: String { command("apply") }
    func command(_ verb: String) -> String { "host --role deployer \(verb) --environment \(environment)" }

    // MARK: - Finding

    /// The project that carries the mark; nil where there is none yet.
    ///
    /// Throws where there are two.
    func project() async throws -> CoolifyProject? {
        try only(
            try await api.projects().filter { CoolifyNote($0.description)?.isOf(mark, "project") == true },
            "projects",
            id: \.id
        )
    }

    /// Where things are made; nil where the project or its environment is not there yet.
    ///
    /// Noted in the discoveries.
    func place() async throws -> Discoveries.Place? {
        guard let project = try await project() else { return nil }
        return try await place(in: project)
    }

    func place(in project: CoolifyProject) async throws -> Discoveries.Place? {
        guard let own = try await api.environments(of: project.id).first(where: { $0.name == environment }) else {
            return nil
        }
        let server = try await api.ownServer()
        let place = Discoveries.Place(project: project.id, environment: own.id, server: server.id)
        discoveries.note { $0.place = place }
        return place
    }

    /// Each application that is there, by role, as it says itself.
    package func applications() async throws -> [ApplicationRole: CoolifyApplication] {
        guard let place = try await place() else { return [:] }
        let holdings = try await holdings(at: place)
        var found: [ApplicationRole: CoolifyApplication] = [:]
        for wish in wish.applications {
            if let listed = try application(wish.role, in: holdings) {
                found[wish.role] = try await api.application(listed.id)
            }
        }
        return found
    }

    /// One of them; throws where it is not there.
    func application(_ role: ApplicationRole) async throws -> CoolifyApplication {
        guard let place = try await place(), let listed = try application(role, in: try await holdings(at: place))
        else {
            throw DeployError("There is no application \(role.rawValue) yet. Run “\(resumption)”.")
        }
        return try await api.application(listed.id)
    }

    /// What is at that place.
    func holdings(at place: Discoveries.Place) async throws -> CoolifyHoldings {
        try await api.holdings(of: place.project, place.environment)
    }

    /// Makes something that Coolify would make twice, unless `find` finds it; where the answer is lost, looks again.
    func make(
        _ what: String,
        find: () async throws -> Bool,
        ask: () async throws -> CoolifyAPI.Outcome
    ) async throws {
        var trouble: DeployError?
        for _ in 1...4 {
            if try await find() { return }
            switch try await ask() {
            case .answer: return
            case .unknown(let error): trouble = error
            }
            // What was asked for may be on its way.
            try await patience.pause(for: .seconds(5))
        }
        if try await find() { return }
        throw trouble ?? DeployError("Coolify did not make \(what).")
    }

    /// The only one, or nil; throws where there are more, for each may hold what is dear to somebody.
    func only<Thing>(_ found: [Thing], _ what: String, id: (Thing) -> String) throws -> Thing? {
        guard found.count > 1 else { return found.first }
        throw TwinError(
            what: what,
            problem:
                "Coolify has \(found.count) \(what) with the mark \(mark): \(found.map(id).joined(separator: ", ")). "
                + "Look in the dashboard which of them is in use, and take the mark out of the other's description or "
                + "remove it."
        )
    }
}

/// There is more than one thing where there should be one.
struct TwinError: Error, CustomStringConvertible {
    /// `projects`.
    let what: String
    let problem: String

    var description: String { problem }

    /// As it stands in a plan.
    var obstacle: PlannedChange { PlannedChange(id: "twins-\(what)", kind: .obstacle, what: what, why: problem) }
}

extension CoolifyWorkplace {
    /// A line that another program wrote, without secrets and fit for a terminal.
    func line(_ foreign: String, limit: Int = 120) -> String { OneLine.text(api.blot(foreign), limit: limit) }
}

import Model

/// One deployment of one application, from asking for it to the application being healthy.
struct Rollout: Sendable {
    /// How long a deployment may take; the image may be large and the way to its registry slow.
    private static let deploymentLimit = Duration.seconds(1800)
    /// How long Coolify may take to hear that the new container is healthy.
    private static let healthLimit = Duration.seconds(300)

    private let work: CoolifyWorkplace
    /// The command that goes on from what is there.
    private let resumption: String
    private let say: @Sendable (String) -> Void

    init(_ work: CoolifyWorkplace, verb: String = "apply", _ say: @escaping @Sendable (String) -> Void) {
        self.work = work
        resumption = work.command(verb)
        self.say = say
    }

    /// `replaces` says whether an older version of it ran before.
    func run(_ role: ApplicationRole, _ id: String, replaces: Bool) async throws {
        for _ in 1...5 {
            let known = try await settle(role, id)
            guard let begun = try await begin(id, known: known) else { continue }
            let end = try await follow(begun, role)
            guard end.isFinished else { throw try await failure(of: end, role, id, replaces: replaces) }
            return try await awaitHealth(role, id)
        }
        throw DeployError(
            "Coolify takes no deployment of \(role.rawValue): it says that there is one, and has none. Look at Deployments of "
                + "the application in the dashboard, cancel what is stuck there, then run “\(resumption)”."
        )
    }

    /// Waits for what is under way, which may have begun with older settings; gives the ids of all that there were.
    private func settle(_ role: ApplicationRole, _ id: String) async throws -> Set<String> {
        let known = try await work.patience.wait(atMost: Self.deploymentLimit) { _ -> Set<String>? in
            let deployments = try await work.api.deployments(of: id)
            guard let busy = deployments.first(where: { !$0.isOver }) else { return Set(deployments.map(\.id)) }
            say("\(role.rawValue): another deployment is \(busy.words)")
            return nil
        }
        guard let known else { throw stuck(role, "another deployment of it") }
        return known
    }

    /// nil where none began, so that it has to be asked for again.
    private func begin(_ id: String, known: Set<String>) async throws -> CoolifyDeployment? {
        switch try await work.api.deploy(id) {
        case .answer(let response):
            let told = CoolifyValue(json: response.body)?["deployments"]?.elements.first?["deployment_uuid"]?.word
            if let told, let deployment = try await work.api.deployment(told) { return deployment }
        case .unknown:
            // It may be on its way.
            try await work.patience.pause(for: .seconds(5))
        }
        // The id was never one, or never came. What is new began after all settings were made, whoever asked for it.
        return try await work.api.deployments(of: id).first { !known.contains($0.id) }
    }

    private func follow(_ begun: CoolifyDeployment, _ role: ApplicationRole) async throws -> CoolifyDeployment {
        var last = begun
        let end = try await work.patience.wait(atMost: Self.deploymentLimit) { waited -> CoolifyDeployment? in
            if waited > .zero {
                // The history of an application outlives no cleaning, and one that is gone can't be waited for.
                guard let now = try await work.api.deployment(begun.id) else { throw stuck(role, "its deployment") }
                last = now
            }
            if last.isOver { return last }
            say("\(role.rawValue): \(last.words)\(last.log.last.map { ", \(work.line($0))" } ?? "")")
            return nil
        }
        guard let end else { throw stuck(role, "its deployment") }
        return end
    }

    private func awaitHealth(_ role: ApplicationRole, _ id: String) async throws {
        var last = CoolifyStatus(nil)
        let isHealthy = try await work.patience.wait(atMost: Self.healthLimit) { waited -> Bool? in
            last = try await work.api.application(id).status
            if last.isHealthy { return true }
            if waited > .seconds(1) { say("\(role.rawValue) is \(last)") }
            return nil
        }
        guard isHealthy == nil else { return }
        throw DeployError(
            "\(role.rawValue) was deployed and does not get healthy: it is \(last)."
                + (try await tail("The last lines of its log:", work.api.applicationLog(id, lines: 20) ?? []))
                + "\nThen run “\(resumption)”: it goes on from here."
        )
    }

    // MARK: - What goes wrong

    private func failure(
        of end: CoolifyDeployment,
        _ role: ApplicationRole,
        _ id: String,
        replaces: Bool
    ) async throws -> DeployError {
        let log = try await work.api.applicationLog(id, lines: 20) ?? []
        let effect =
            switch (replaces, role) {
            case (false, _): "Nothing of it runs yet."
            case (true, .scheduler):
                "There may be only one scheduler, so the old one was stopped for it: nothing is scheduled until it runs again."
            case (true, _): "The version that ran before keeps serving."
            }
        let what = end.status == "failed" ? "failed" : "ended as “\(end.status)”, by another hand"
        return DeployError(
            "The deployment of \(role.rawValue) \(what)."
                + tail("The last lines of the deployment:", Array(end.log.suffix(15)))
                + tail("The last lines of the application that runs:", log)
                + "\n\(effect) Mend what is wrong, then run “\(resumption)”: it goes on from here."
        )
    }

    private func stuck(_ role: ApplicationRole, _ what: String) -> DeployError {
        DeployError(
            "\(role.rawValue) waits for \(what), and that for more than \(Self.deploymentLimit.components.seconds / 60) "
                + "minutes. Coolify's queue may be stuck: look at Deployments of the application in the dashboard and cancel it "
                + "there, or restart Coolify, then run “\(resumption)”."
        )
    }

    private func tail(_ title: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        return "\n\(title)\n" + lines.map { "  \(work.line($0, limit: 300))" }.joined(separator: "\n")
    }
}

extension CoolifyDeployment {
    fileprivate var words: String { status.replacing("_", with: " ") }
}

/// Stops the applications and starts them again, as a restore of the data needs it.
package struct ApplicationSwitch: Sendable {
    private let work: CoolifyWorkplace

    package init(_ work: CoolifyWorkplace) { self.work = work }

    /// Returns when all of them are down, the last one of the wish first; those that are not there are fine.
    package func stop(say: @escaping @Sendable (String) -> Void) async throws {
        let found = try await work.applications()
        for role in work.wish.applications.map(\.role).reversed() {
            guard let application = found[role], !application.status.isDown else { continue }
            try await work.api.stopApplication(application.id)
            let isDown = try await work.patience.wait(atMost: .seconds(180)) { waited -> Bool? in
                let status = try await work.api.application(application.id).status
                if status.isDown { return true }
                if waited > .seconds(1) { say("\(role.rawValue) is still \(status)") }
                return nil
            }
            guard isDown != nil else {
                throw DeployError(
                    "\(role.rawValue) does not stop. Stop it in Coolify's dashboard, then give the command again."
                )
            }
        }
    }

    /// Returns when each is healthy, in the order of the wish, with the image and the settings that it had.
    package func start(say: @escaping @Sendable (String) -> Void) async throws {
        let found = try await work.applications()
        for role in work.wish.applications.map(\.role) {
            guard let application = found[role], !application.status.isHealthy else { continue }
            // What ran before was stopped.
            try await Rollout(work, say).run(role, application.id, replaces: false)
        }
    }
}

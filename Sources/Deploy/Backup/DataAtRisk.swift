/// Looks whether an environment has a database whose data would go with its machine.
///
/// What can't be looked at counts as there where the journal knows of it: a machine that does not answer at the moment may
/// hold all that matters.
package struct DataAtRisk: Sendable {
    private let record: DatabaseRecord
    private let stages: [any Stage]
    private let discoveries: Discoveries
    private let obstacle: String?

    /// `stages` are the environment's; `obstacle` is why those after its machine can't be looked at from here, as a
    /// sentence, and nil where they can.
    package init(_ record: DatabaseRecord, _ stages: [any Stage], _ discoveries: Discoveries, obstacle: String?) {
        self.record = record
        self.stages = stages
        self.discoveries = discoveries
        self.obstacle = obstacle
    }

    /// Throws `DeployError` where there may be one that can't be reached, with why and what to do.
    package func isThere() async throws -> Bool {
        if let machine = try await survey(MachineStage.name) {
            // Without a machine nothing is left that holds data.
            if machine.isBeforeAll { return false }
            if discoveries.found.addresses.isEmpty, record != .none {
                throw unreachable("Its machine can't be signed in to\(Self.reason(of: machine)) “apply” brings it up.")
            }
        }
        if let obstacle {
            guard record != .none else { return false }
            throw unreachable(obstacle)
        }
        if let signIn = try await survey(SignInStage.name), discoveries.found.address == nil {
            guard signIn.isBeforeAll else {
                throw DeployError(signIn.changes.first?.why ?? "It can't be signed in to.")
            }
            guard record != .none else { return false }
            throw unreachable(
                "Its machine's host key is not known here any more, so nobody signs in to it. Put the known_hosts file back, or "
                    + "let “apply” sign in anew."
            )
        }
        if let coolify = try await survey(CoolifyStage.name), coolify.isBeforeAll {
            guard record != .none else { return false }
            throw unreachable(
                "Coolify is not seen on its machine; Docker may be down. Look there at “systemctl status docker”."
            )
        }
        guard let databases = try await survey(DatabasesStage.name) else { return false }
        if discoveries.found.postgresURL != nil { return true }
        if let first = databases.changes.first(where: { $0.kind == .obstacle }) { throw unreachable(first.why) }
        guard record == .made else { return false }
        throw unreachable(
            "Coolify has nothing any more that carries the environment's mark; it may be there without it. Write the mark back "
                + "into the project's description, if somebody took it out."
        )
    }

    private func survey(_ name: String) async throws -> StageSurvey? {
        try await stages.first { $0.name == name }?.survey()
    }

    private static func reason(of survey: StageSurvey) -> String { survey.changes.first.map { ": \($0.why)" } ?? "." }

    private func unreachable(_ why: String) -> DeployError {
        DeployError("There is a database, by the journal, and it can't be reached. \(why)")
    }
}

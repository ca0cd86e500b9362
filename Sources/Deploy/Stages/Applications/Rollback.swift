/// Brings every application back to the image that it ran before.
package struct Rollback: Sendable {
    private let work: CoolifyWorkplace

    package init(_ work: CoolifyWorkplace) { self.work = work }

    /// What would be done; changes nothing.
    ///
    /// Throws where nothing ran before.
    package func plan() async throws -> RollbackPlan {
        guard work.wish.image.isPinned else {
            throw DeployError(
                "“\(work.environment)” follows a tag (“pinned” is false), and what a pipeline deployed is not known here. Go "
                    + "back in the repository, so that the pipeline deploys that; or set “pinned” to true and “tag” to the "
                    + "version that shall run, such as sha-…, and run “\(work.resumption)”."
            )
        }
        let found = try await work.applications()
        let all = work.wish.applications.compactMap { wish in
            found[wish.role].map { Standing(role: wish.role, application: $0, work.mark) }
        }
        guard let digits = Self.target(all) else {
            throw DeployError(
                "The applications of “\(work.environment)” ran nothing else before, as far as the deployer knows, so there is "
                    + "nothing to go back to. Set the image's tag to an older version and run “\(work.resumption)”."
            )
        }
        return RollbackPlan(
            environment: work.environment,
            image: "\(work.wish.image.name):\(work.wish.image.tag)",
            digits: digits,
            steps: all.filter { !$0.runs(digits) }.map { .init(role: $0.role, id: $0.application.id, note: $0.note) }
        )
    }

    /// Deploys one after the other; each has to be healthy before the next one's turn.
    ///
    /// A run that was cut short is gone on from by a new plan.
    package func perform(_ plan: RollbackPlan, say: @escaping @Sendable (String) -> Void) async throws {
        let image = ApplicationImage(work.wish.image, digits: plan.digits)
        for step in plan.steps {
            var note = step.note.undeployed
            // From here on it is known whither, so that a second run does not go forth.
            note[.back] = "yes"
            try await work.api.changeApplication(
                step.id,
                image.fields.merging(["description": .text(note.text)]) { first, _ in first }
            )
            try await Rollout(work, verb: "rollback", say).run(step.role, step.id, replaces: note[.image] != nil)
            // What it was deployed with is looked at by the next apply.
            note = step.note.deployed(nil, digits: plan.digits, isBack: true)
            try await work.api.changeApplication(step.id, ["description": .text(note.text)])
        }
    }

    /// The digits of the digest to go back to.
    private static func target(_ all: [Standing]) -> String? {
        // Somebody is on the way back already.
        if let back = all.first(where: { $0.note[.back] != nil }), let digits = back.named,
            !all.allSatisfy({ $0.runs(digits) })
        {
            return digits
        }
        // Somebody is on the way forth and did not get there: what ran before is what still runs.
        if let begun = all.first(where: { $0.isUnfinished }) { return begun.note[.image] }
        return all.lazy.compactMap { $0.note[.before] }.first
    }

    /// One application, with what it runs and what it would run after the next deployment.
    private struct Standing {
        let role: ApplicationRole
        let application: CoolifyApplication
        let note: CoolifyNote
        /// The digits of the digest that its settings name; nil where they name a tag.
        let named: String?

        init(role: ApplicationRole, application: CoolifyApplication, _ mark: String) {
            self.role = role
            self.application = application
            note = CoolifyNote(application.description) ?? CoolifyNote(mark: mark, kind: role.rawValue)
            let isPinned = application.word("docker_registry_image_name")?.hasSuffix("@sha256") == true
            named = isPinned ? application.word("docker_registry_image_tag") : nil
        }

        func runs(_ digits: String) -> Bool {
            note[.image] == digits && named == digits && application.status.isHealthy
        }

        var isUnfinished: Bool { note[.image] != nil && named != nil && named != note[.image] }
    }
}

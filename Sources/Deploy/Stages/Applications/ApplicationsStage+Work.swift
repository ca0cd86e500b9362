extension ApplicationsStage {
    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        for (wish, target) in zip(work.wish.applications, try targets()) {
            switch change.id {
            case "create-\(wish.role.rawValue)": try await make(target)
            case "settings-\(wish.role.rawValue)": try await changeSettings(try await existing(target))
            case "variables-\(wish.role.rawValue)": try await changeVariables(try await existing(target))
            case "deploy-\(wish.role.rawValue)": try await deploy(try await existing(target), say)
            default: break
            }
        }
    }

    private func make(_ target: ApplicationTarget) async throws {
        let place = try await place()
        var fields = target.settings
        fields["project_uuid"] = .text(place.project)
        fields["environment_uuid"] = .text(place.environment)
        fields["environment_name"] = .text(work.environment)
        fields["server_uuid"] = .text(place.server)
        fields["name"] = .text(target.role.applicationName)
        fields["description"] = .text(CoolifyNote(mark: work.mark, kind: target.role.rawValue).text)
        // Else each role would be reached from outside, and no later request could end that.
        fields["autogenerate_domain"] = false
        fields["instant_deploy"] = false
        fields["tags"] = .list(["price-monitor"])
        try await work.make("the application \(target.role.rawValue)") {
            try work.application(target.role, in: try await work.holdings(at: place)) != nil
        } ask: {
            try await work.api.makeApplication(target.role.applicationName, fields)
        }
    }

    private func changeSettings(_ state: ApplicationState) async throws {
        var fields = Dictionary(state.drift.map { ($0.field, $0.to) }) { first, _ in first }
        guard !fields.isEmpty else { return }
        fields["description"] = .text(state.note.undeployed.text)
        try await work.api.changeApplication(state.application.id, fields)
    }

    private func changeVariables(_ state: ApplicationState) async throws {
        let id = state.application.id
        guard !state.variables.isNone else { return }
        // First, for a run that ends between the two must not leave a note that is not true any more.
        if state.note[.deployed] != nil {
            try await work.api.changeApplication(id, ["description": .text(state.note.undeployed.text)])
        }
        if !state.variables.toSet.isEmpty { try await work.api.setVariables(state.variables.toSet, of: id) }
        for variable in state.variables.toRemove { try await work.api.removeVariable(variable, of: id) }
    }

    private func deploy(_ state: ApplicationState, _ say: @escaping @Sendable (String) -> Void) async throws {
        guard state.needsDeployment != nil else { return }
        guard state.preparations.allSatisfy(\.isForPerson) else {
            throw DeployError(
                "\(state.target.role.rawValue) was changed while it was to be deployed. Run “\(work.resumption)” again."
            )
        }
        try await Rollout(work, say).run(state.target.role, state.application.id, replaces: state.note[.image] != nil)
        let note = state.note.deployed(state.target.stamp, digits: state.target.digits)
        try await work.api.changeApplication(state.application.id, ["description": .text(note.text)])
    }

    private func existing(_ target: ApplicationTarget) async throws -> ApplicationState {
        guard let state = try await state(of: target, in: try await work.holdings(at: try await place())) else {
            throw DeployError(
                "The application \(target.role.rawValue) is not there any more. Run “\(work.resumption)” to see what is left."
            )
        }
        return state
    }
}

extension CoolifyNote {
    /// Before anything is changed of which a deployment takes notice.
    var undeployed: CoolifyNote {
        var note = self
        note[.deployed] = nil
        note[.back] = nil
        return note
    }

    /// After a deployment whose application is healthy.
    func deployed(_ stamp: String?, digits: String?, isBack: Bool = false) -> CoolifyNote {
        var note = self
        note[.deployed] = stamp
        if let digits, digits != self[.image] {
            note[.before] = self[.image]
            note[.image] = digits
        }
        note[.back] = isBack ? "yes" : nil
        return note
    }
}

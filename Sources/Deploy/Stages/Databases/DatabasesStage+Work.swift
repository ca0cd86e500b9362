extension DatabasesStage {
    /// How long a database may take until it is healthy; the first time its image is fetched.
    private static let patience = Duration.seconds(900)

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        switch change.id {
        case "create-project": try await makeProject()
        case "create-environment": try await makeEnvironment()
        default:
            for kind in DatabaseKind.allCases {
                switch change.id {
                case "create-\(kind.rawValue)": try await make(kind, say)
                case "settings-\(kind.rawValue)": try await changeSettings(of: kind, say)
                case "start-\(kind.rawValue)": try await start(try await existing(kind).database.id, kind, say)
                default: break
                }
            }
        }
    }

    private func makeProject() async throws {
        let description = CoolifyNote(mark: work.mark, kind: "project").text
        try await work.make("the project") {
            try await work.project() != nil
        } ask: {
            try await work.api.makeProject(name: projectName, description: description)
        }
    }

    private func makeEnvironment() async throws {
        guard let project = try await work.project() else { throw missing("The project") }
        try await work.api.makeEnvironment(work.environment, in: project.id)
    }

    private func make(_ kind: DatabaseKind, _ say: @escaping @Sendable (String) -> Void) async throws {
        guard let place = try await work.place() else { throw missing("The environment in Coolify's project") }
        let wish = kind.wish(in: work.wish)
        var note = CoolifyNote(mark: work.mark, kind: kind.rawValue)
        // It starts with what it is made with.
        note[.started] = DatabaseState.stamp(kind, wish)
        var fields: [String: CoolifyValue] = [
            "project_uuid": .text(place.project), "environment_uuid": .text(place.environment),
            "environment_name": .text(work.environment), "server_uuid": .text(place.server),
            "name": .text(kind.name), "description": .text(note.text), "instant_deploy": true,
        ]
        for (field, value) in kind.settings(wish) { fields[field] = DatabaseKind.sent(field, value) }
        for (field, value) in kind.credentials(work.secrets) { fields[field] = value }
        try await work.make(kind.title) {
            try await state(of: kind, in: try await work.holdings(at: place)) != nil
        } ask: {
            try await work.api.makeDatabase(kind.path, fields)
        }
        guard let made = try await state(of: kind, in: try await work.holdings(at: place)) else {
            throw missing("The new \(kind.title)")
        }
        try await awaitHealth(of: made.database.id, kind, say)
    }

    /// A database takes new settings when it starts.
    private func changeSettings(of kind: DatabaseKind, _ say: @escaping @Sendable (String) -> Void) async throws {
        let state = try await existing(kind)
        if let problem = state.problem { throw DeployError("\(kind.title) was left as it is. \(problem)") }
        var note = state.note
        note[.started] = nil
        var fields: [String: CoolifyValue] = ["description": .text(note.text)]
        for (field, _, wanted) in state.drift { fields[field] = DatabaseKind.sent(field, wanted) }
        try await work.api.changeDatabase(state.database.id, fields)
        try await stop(state.database.id, kind, say)
        try await start(state.database.id, kind, say)
        note[.started] = DatabaseState.stamp(kind, state.wish)
        try await work.api.changeDatabase(state.database.id, ["description": .text(note.text)])
    }

    private func existing(_ kind: DatabaseKind) async throws -> DatabaseState {
        guard let place = try await work.place(),
            let state = try await state(of: kind, in: try await work.holdings(at: place))
        else { throw missing(kind.title) }
        return state
    }

    // MARK: - Starting and stopping

    private func start(
        _ id: String,
        _ kind: DatabaseKind,
        _ say: @escaping @Sendable (String) -> Void
    ) async throws {
        // One that runs and is not well is started already, as Coolify sees it.
        if try await work.api.database(id).status.isDown {
            try await work.api.startDatabase(id)
        } else {
            try await work.api.restartDatabase(id)
        }
        try await awaitHealth(of: id, kind, say)
    }

    /// Coolify forgets to start some databases; one that is down for half a minute is started again.
    private func awaitHealth(
        of id: String,
        _ kind: DatabaseKind,
        _ say: @escaping @Sendable (String) -> Void
    ) async throws {
        var (last, asked) = (CoolifyStatus(nil), Duration.zero)
        let isHealthy = try await work.patience.wait(atMost: Self.patience) { waited -> Bool? in
            last = try await work.api.database(id).status
            if last.isHealthy { return true }
            if waited > .seconds(1) { say("\(kind.title) is \(last)") }
            if last.isDown, waited - asked > .seconds(30) {
                asked = waited
                try await work.api.startDatabase(id)
            }
            return nil
        }
        guard isHealthy == nil else { return }
        let log = try await work.api.databaseLog(id, lines: 20).map { "  \(work.api.blot($0))" }
        throw DeployError(
            "\(kind.title) does not get healthy: after \(Self.patience.components.seconds / 60) minutes it is \(last)."
                + (log.isEmpty
                    ? " It wrote nothing; look on the machine at “docker logs \(id)” and at the free space of the disk."
                    : " The last lines of its log:\n\(log.joined(separator: "\n"))")
                + "\nThen run “\(work.resumption)”: it goes on from here."
        )
    }

    private func stop(_ id: String, _ kind: DatabaseKind, _ say: @escaping @Sendable (String) -> Void) async throws {
        try await work.api.stopDatabase(id)
        let isDown = try await work.patience.wait(atMost: .seconds(180)) { waited -> Bool? in
            let status = try await work.api.database(id).status
            if status.isDown { return true }
            if waited > .seconds(1) { say("\(kind.title) is still \(status)") }
            return nil
        }
        guard isDown != nil else {
            throw DeployError(
                "\(kind.title) does not stop, so that its settings can't take effect. Stop it in the dashboard, then run "
                    + "“\(work.resumption)”."
            )
        }
    }

    private func missing(_ what: String) -> DeployError {
        DeployError("\(what) is not there any more. Run “\(work.resumption)” to see what is left.")
    }
}

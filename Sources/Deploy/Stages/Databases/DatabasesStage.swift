/// PostgreSQL and Redis, in a project of Coolify's that carries the environment's mark.
package struct DatabasesStage: Stage {
    package static let name = "databases"
    package var name: String { Self.name }
    let work: CoolifyWorkplace

    package init(_ work: CoolifyWorkplace) { self.work = work }

    // MARK: - Looking

    package func outlook() -> [PlannedChange] {
        // Each project has an environment “production” from the start.
        let environment = work.environment == "production" ? [] : [environmentChange]
        return [projectChange] + environment + DatabaseKind.allCases.map(creation(of:))
    }

    package func survey() async throws -> StageSurvey {
        do { return try await look() } catch let twins as TwinError {
            return StageSurvey(changes: [twins.obstacle], obstacle: "looked at once each thing is there once")
        }
    }

    private func look() async throws -> StageSurvey {
        work.discoveries.note {
            $0.place = nil
            $0.postgresURL = nil
            $0.redisURL = nil
        }
        let later = "looked at once both databases are there"
        guard let project = try await work.project() else {
            return StageSurvey(changes: outlook(), obstacle: later, isBeforeAll: true)
        }
        guard let place = try await work.place(in: project) else {
            return StageSurvey(
                facts: [.init("project", project.name)],
                changes: [environmentChange] + DatabaseKind.allCases.map(creation(of:)),
                obstacle: later,
                isBeforeAll: true
            )
        }
        var (facts, changes) = ([StageSurvey.Fact("project", project.name)], [PlannedChange]())
        if let unusable = try await serverProblem() { changes.append(unusable) }
        let holdings = try await work.holdings(at: place)
        var isComplete = true
        for kind in DatabaseKind.allCases {
            guard let state = try await state(of: kind, in: holdings) else {
                isComplete = false
                changes.append(stranger(kind, in: holdings) ?? creation(of: kind))
                continue
            }
            let database = state.database
            facts.append(.init(kind.rawValue, "\(database.image), \(database.status)"))
            let address = kind.address(database.id, work.secrets)
            work.discoveries.note { kind == .postgres ? ($0.postgresURL = address) : ($0.redisURL = address) }
            if let problem = state.problem {
                changes.append(obstacle(kind, problem))
            } else if let change = state.change {
                changes.append(change)
            }
        }
        return StageSurvey(
            facts: facts,
            changes: changes,
            obstacle: isComplete ? nil : later,
            isBeforeAll: !isComplete
                && !holdings.applications.contains { CoolifyNote($0.description)?.mark == work.mark }
        )
    }

    /// The database that carries the mark; nil where there is none.
    func state(of kind: DatabaseKind, in holdings: CoolifyHoldings) async throws -> DatabaseState? {
        let found = kind.found(in: holdings).filter {
            CoolifyNote($0.description)?.isOf(work.mark, kind.rawValue) == true
        }
        guard let listed = try work.only(found, "\(kind.title) databases", id: \.id) else { return nil }
        // The list may say less of it than it says itself.
        let database = try await work.api.database(listed.id)
        return DatabaseState(
            kind: kind,
            wish: kind.wish(in: work.wish),
            secrets: work.secrets,
            database: database,
            note: CoolifyNote(database.description) ?? CoolifyNote(mark: work.mark, kind: kind.rawValue)
        )
    }

    /// One with our name and without our mark is nobody else's in a project of ours: to make a second one would leave the
    /// data behind.
    private func stranger(_ kind: DatabaseKind, in holdings: CoolifyHoldings) -> PlannedChange? {
        guard let one = kind.found(in: holdings).first(where: { $0.name == kind.name }) else { return nil }
        return obstacle(
            kind,
            "The database \(one.id) has the name \(kind.name) and not the mark. Write “\(CoolifyNote(mark: work.mark, kind: kind.rawValue).text)” "
                + "into its description if it is the right one; give it another name if not."
        )
    }

    private func serverProblem() async throws -> PlannedChange? {
        let server = try await work.api.ownServer()
        guard !server.isUsable else { return nil }
        return PlannedChange(
            id: "server",
            kind: .obstacle,
            what: "server \(server.name)",
            why:
                "Coolify can't sign in to it or can't use its Docker. Open Servers, \(server.name) in the dashboard and "
                + "choose “Validate Server”; it says what is missing."
        )
    }

    // MARK: - As it stands in a plan

    private var projectChange: PlannedChange {
        PlannedChange(
            id: "create-project",
            kind: .create,
            what: "project “\(projectName)” in Coolify",
            why: "There is none with the environment's mark."
        )
    }

    private var environmentChange: PlannedChange {
        PlannedChange(
            id: "create-environment",
            kind: .create,
            what: "environment “\(work.environment)” in the project",
            why: "The project has none of that name."
        )
    }

    var projectName: String { "Price monitor (\(work.environment))" }

    private func creation(of kind: DatabaseKind) -> PlannedChange {
        let wish = kind.wish(in: work.wish)
        return PlannedChange(
            id: "create-\(kind.rawValue)",
            kind: .create,
            what: "\(kind.title) \(wish.image) with \(wish.memory) of memory, reached by the applications alone",
            why: "There is none.",
            wanted: kind.wanted(wish)
        )
    }

    private func obstacle(_ kind: DatabaseKind, _ why: String) -> PlannedChange {
        PlannedChange(id: "person-\(kind.rawValue)", kind: .obstacle, what: kind.title, why: why)
    }
}

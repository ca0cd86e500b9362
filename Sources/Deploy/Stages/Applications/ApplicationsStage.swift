/// The applications, each the same image in another role.
package struct ApplicationsStage: Stage {
    package static let name = "applications"
    package var name: String { Self.name }
    let work: CoolifyWorkplace

    package init(_ work: CoolifyWorkplace) { self.work = work }

    // MARK: - Looking

    package func outlook() -> [PlannedChange] {
        let wanted = ApplicationVariables.plain(work.wish.variables)
        return work.wish.applications.flatMap { making($0, wanted) }
            + work.wish.applications.map { deployment(of: $0, "It was never deployed.", wanted) }
    }

    package func precheck() async throws -> [PlannedChange] {
        ApplicationVariables.refusals(work.wish.variables).map { key, why in
            PlannedChange(id: "variable-\(key)", kind: .obstacle, what: "variable \(key)", why: why)
        }
    }

    package func survey() async throws -> StageSurvey {
        do { return try await look() } catch let twins as TwinError {
            return StageSurvey(changes: [twins.obstacle], obstacle: "looked at once each thing is there once")
        }
    }

    private func look() async throws -> StageSurvey {
        work.discoveries.note { $0.applications = [:] }
        let refused = try await precheck()
        guard refused.isEmpty else {
            return StageSurvey(changes: refused, obstacle: "looked at once the variables can be carried")
        }
        let targets = try targets()
        let holdings = try await work.holdings(at: try await place())
        var (facts, making, deploying) = ([StageSurvey.Fact](), [PlannedChange](), [PlannedChange]())
        for (wish, target) in zip(work.wish.applications, targets) {
            let role = wish.role
            guard let state = try await state(of: target, in: holdings) else {
                if let stranger = stranger(role, in: holdings) {
                    making.append(stranger)
                } else {
                    making += self.making(wish, target.stamp)
                    deploying.append(deployment(of: wish, "It was never deployed.", target.stamp))
                }
                continue
            }
            work.discoveries.note { $0.applications[role] = state.application.id }
            facts += self.facts(state)
            making += state.preparations
            if let why = state.needsDeployment { deploying.append(deployment(of: wish, why, target.stamp)) }
        }
        let found = work.discoveries.found.applications.count
        return StageSurvey(
            facts: facts,
            changes: making + deploying,
            obstacle: found == targets.count ? nil : "looked at once each application is there",
            isBeforeAll: found == 0
        )
    }

    private func facts(_ state: ApplicationState) -> [StageSurvey.Fact] {
        let role = state.target.role.rawValue
        // What a pipeline deployed since then nobody wrote down.
        let image =
            work.wish.image.isPinned
            ? state.note[.image].map(ApplicationImage.short) : "\(work.wish.image.tag), not pinned"
        let runs = image.map { ", \($0)" } ?? ""
        let isBack = state.note[.back] == nil ? "" : ", rolled back"
        var facts = [StageSurvey.Fact(role, "\(state.application.status)\(runs)\(isBack)")]
        if state.target.role == .web { facts.append(.init("address", state.application.domains)) }
        if !state.variables.foreign.isEmpty {
            let keys = state.variables.foreign.joined(separator: ", ")
            facts.append(.init("\(role), variables of others", keys))
        }
        return facts
    }

    // MARK: - What should be there

    /// In the order of the wish; throws where something is not known yet.
    func targets() throws -> [ApplicationTarget] {
        let found = work.discoveries.found
        guard let machine = found.address ?? found.addresses.first else {
            throw DeployError("The machine's address is not known. Look at it with “status”.")
        }
        guard let postgres = found.postgresURL, let redis = found.redisURL else {
            throw DeployError("The databases are not there yet. Run “\(work.resumption)”.")
        }
        guard let image = ApplicationImage(work.wish.image, digest: found.digest) else {
            throw DeployError(
                "The digest of \(work.wish.image.name):\(work.wish.image.tag) is not known, so the applications can't be "
                    + "pinned to it. Look at the image with “plan”."
            )
        }
        let address = PublicAddress(domain: work.wish.domain, address: machine).web
        return work.wish.applications.map { wish in
            ApplicationTarget(
                wish,
                image: image,
                digits: ApplicationImage.digits(found.digest),
                address: address,
                variables: ApplicationVariables(
                    wish.role,
                    address: address,
                    postgres: postgres,
                    redis: redis,
                    work.wish.variables
                )
            )
        }
    }

    /// The application that carries the mark; nil where there is none.
    func state(of target: ApplicationTarget, in holdings: CoolifyHoldings) async throws -> ApplicationState? {
        guard let listed = try work.application(target.role, in: holdings) else { return nil }
        // The list says less of it than it says itself.
        let application = try await work.api.application(listed.id)
        return ApplicationState(
            target,
            application,
            CoolifyNote(application.description) ?? CoolifyNote(mark: work.mark, kind: target.role.rawValue),
            try await work.api.variables(of: application.id)
        )
    }

    func place() async throws -> Discoveries.Place {
        if let place = work.discoveries.found.place { return place }
        guard let place = try await work.place() else {
            throw DeployError("The environment is not in Coolify yet. Run “\(work.resumption)”.")
        }
        return place
    }

    // MARK: - As it stands in a plan

    private func making(_ wish: ApplicationWish, _ wanted: String) -> [PlannedChange] {
        let role = wish.role.rawValue
        let reach =
            switch (wish.role, work.wish.domain) {
            case (.web, let domain?): "reached at \(domain)"
            // The machine's address is in it, which a plan for a new machine can't know.
            case (.web, nil): "reached at a name of sslip.io"
            default: "reached by nobody"
            }
        return [
            PlannedChange(
                id: "create-\(role)",
                kind: .create,
                what: "application \(role) with \(wish.memory) of memory, \(reach)",
                why: "There is none.",
                wanted: wanted
            ),
            PlannedChange(
                id: "variables-\(role)",
                kind: .create,
                what: "variables of \(role): \(ApplicationVariables.keys(work.wish.variables).joined(separator: ", "))",
                why: "A new application has none.",
                wanted: wanted
            ),
        ]
    }

    /// What becomes of a digest that nobody pins.
    private var follows: String {
        guard !work.wish.image.isPinned else { return "" }
        return " now, and whatever the tag is moved to and deployed"
    }

    private func deployment(of wish: ApplicationWish, _ why: String, _ wanted: String) -> PlannedChange {
        let digits = ApplicationImage.digits(work.discoveries.found.digest)
        let digest = digits.map { " (\(ApplicationImage.short($0))\(follows))" } ?? ""
        return PlannedChange(
            id: "deploy-\(wish.role.rawValue)",
            kind: .change,
            what:
                "deploy \(wish.role.rawValue) with \(work.wish.image.name):\(work.wish.image.tag)\(digest) and wait until it "
                + "is healthy",
            why: why,
            wanted: wanted
        )
    }

    /// One with our name and without our mark: a second one beside it would do everything twice.
    private func stranger(_ role: ApplicationRole, in holdings: CoolifyHoldings) -> PlannedChange? {
        guard let one = holdings.applications.first(where: { $0.name == role.applicationName }) else { return nil }
        let text = CoolifyNote(mark: work.mark, kind: role.rawValue).text
        return PlannedChange(
            id: "person-\(role.rawValue)",
            kind: .obstacle,
            what: "application \(role.rawValue)",
            why:
                "The application \(one.id) has the name \(role.applicationName) and not the mark. Write “\(text)” into its "
                + "description if it is the right one; give it another name if not."
        )
    }
}

extension CoolifyWorkplace {
    /// The one that carries the mark; throws where there are two.
    func application(_ role: ApplicationRole, in holdings: CoolifyHoldings) throws -> CoolifyApplication? {
        try only(
            holdings.applications.filter { CoolifyNote($0.description)?.isOf(mark, role.rawValue) == true },
            "\(role.rawValue) applications",
            id: \.id
        )
    }
}

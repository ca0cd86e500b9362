/// One application of the environment as it is, against what it should be.
struct ApplicationState: Sendable {
    let target: ApplicationTarget
    let application: CoolifyApplication
    let note: CoolifyNote
    let variables: VariableDrift

    init(
        _ target: ApplicationTarget,
        _ application: CoolifyApplication,
        _ note: CoolifyNote,
        _ found: [CoolifyVariable]
    ) {
        self.target = target
        self.application = application
        self.note = note
        variables = VariableDrift(found, target.variables, isTrusted: note[.deployed] == target.stamp)
    }

    /// By field, what it is and what it should be.
    var drift: [(field: String, from: String?, to: CoolifyValue)] {
        target.settings.sorted { $0.key < $1.key }.compactMap { field, wanted in
            let live = application.word(field)
            let isSame =
                switch wanted {
                case .flag(let flag): CoolifyValue.text(live ?? "false").isTrue == flag
                default: live == wanted.word
                }
            return isSame ? nil : (field, live, wanted)
        }
    }

    // MARK: - As it stands in a plan

    /// What is to be done before it is deployed.
    var preparations: [PlannedChange] {
        var changes: [PlannedChange] = []
        let role = target.role.rawValue
        if target.role != .web, !application.domains.isEmpty {
            changes.append(
                PlannedChange(
                    id: "domain-\(role)",
                    kind: .person,
                    what: "domain of \(role)",
                    why:
                        "It is reached from outside at \(application.domains), which nothing needs. Coolify's API can't "
                        + "take a domain away: do it in the dashboard."
                )
            )
        }
        let drift = drift
        if !drift.isEmpty {
            let reasons = drift.map { "\($0.field) is \($0.from ?? "nothing") and should be \($0.to.word ?? "")." }
            changes.append(
                PlannedChange(
                    id: "settings-\(role)",
                    kind: .change,
                    what: "settings of \(role)",
                    why: reasons.joined(separator: " "),
                    wanted: target.stamp
                )
            )
        }
        if !variables.isNone {
            changes.append(
                PlannedChange(
                    id: "variables-\(role)",
                    kind: .change,
                    what: "variables of \(role): \(variables.keys)",
                    why: variables.reasons,
                    wanted: target.stamp
                )
            )
        }
        return changes
    }

    /// Why it has to be deployed; nil where it runs as it should.
    var needsDeployment: String? {
        guard note[.deployed] != nil || note[.image] != nil else { return "It was never deployed." }
        if let runs = note[.image], let digits = target.digits, runs != digits, !drift.isEmpty {
            return "It runs \(ApplicationImage.short(runs)) and should run \(ApplicationImage.short(digits))."
        }
        if note[.deployed] != target.stamp || !preparations.allSatisfy(\.isForPerson) {
            return "What runs was started with other settings or variables."
        }
        return application.status.isHealthy ? nil : "It is \(application.status)."
    }
}

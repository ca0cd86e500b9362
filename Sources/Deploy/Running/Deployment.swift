package import Model

/// One environment and what it consists of: plans it, brings it about, takes it away.
package struct Deployment: Sendable {
    package let environment: String
    /// Where journal and lock are.
    package let folder: String
    /// Who is at work, for others who look: `anna@laptop, process 4711`.
    package let operatorName: String
    package let now: @Sendable () -> Timestamp
    /// Makes the stages, given the mark that everything of the environment carries.
    package let stages: @Sendable (_ mark: String, _ secrets: GeneratedSecrets) throws -> [any Stage]
    /// A new mark.
    package let makeMark: @Sendable () -> String

    package init(
        environment: String,
        folder: String,
        operatorName: String,
        now: @escaping @Sendable () -> Timestamp,
        makeMark: @escaping @Sendable () -> String,
        stages: @escaping @Sendable (_ mark: String, _ secrets: GeneratedSecrets) throws -> [any Stage]
    ) {
        self.environment = environment
        self.folder = folder
        self.operatorName = operatorName
        self.now = now
        self.makeMark = makeMark
        self.stages = stages
    }

    package var journalPath: String { "\(folder)/\(environment).journal" }
    /// The generated passwords and tokens, for their owner's eyes.
    package var secretsPath: String { "\(folder)/\(environment).secrets.json" }
    private var lockPath: String { "\(folder)/\(environment).lock" }

    /// What would be done; changes nothing, not even the journal.
    package func plan() async throws -> Plan {
        // Nothing carries the mark of an environment that was never begun.
        let mark = try currentMark() ?? makeMark()
        // Before the first run nothing has been given one of these.
        let secrets = try SecretFile(secretsPath).secrets(of: mark) ?? GeneratedSecrets()
        return try await Plan.survey(try stages(mark, secrets), of: environment, mark: mark)
    }

    /// What everything of the environment carries; nil before the first run.
    package func currentMark() throws -> String? { Journal.mark(in: try Journal.entries(of: journalPath)) }

    /// The generated passwords and tokens; nil before the first run.
    package func currentSecrets() throws -> GeneratedSecrets? {
        try currentMark().flatMap { try SecretFile(secretsPath).secrets(of: $0) }
    }

    /// Who is at work, as the lock has it; nil where nobody is.
    package func holder() -> String? { RunLock.holder(of: lockPath) }

    /// Brings about what is wanted.
    ///
    /// `agree` is shown the plan and says whether to go on; what was agreed to must still be so when the work begins.
    /// Gives the plan of what is left, which is empty but for what only people can do; nil where it was not agreed to.
    package func apply(agree: (Plan) async throws -> Bool, tell: any RunListener) async throws -> Plan? {
        let (journal, lock) = try begin("apply")
        defer { withExtendedLifetime(lock) {} }
        if let cut = Journal.unfinished(in: journal.entries) { tell.resumes(at: cut.what, of: cut.stage) }
        let mark = try mark(in: journal)
        let stages = try stages(mark, try SecretFile(secretsPath).keep(for: mark))
        let shown = try await Plan.survey(stages, of: environment, mark: mark)
        try refuse(shown.obstacles, "Nothing was done")
        var still = shown
        if !shown.isDone {
            guard try await agree(shown) else { return nil }
            still = try await Plan.survey(stages, of: environment, mark: mark)
            guard still.fingerprint == shown.fingerprint else {
                throw DeployError(
                    "Something changed since the plan was shown, so nothing was done. Look at the new plan and give the "
                        + "command again."
                )
            }
        }
        return try await onRecord("apply", in: journal, isDone: \.isDone) {
            try await bringAbout(stages, from: still, mark, journal, agree: agree, tell)
        }
    }

    /// Works on one stage after the other; gives the plan of what is left.
    private func bringAbout(
        _ stages: [any Stage],
        from still: Plan,
        _ mark: String,
        _ journal: Journal,
        agree: (Plan) async throws -> Bool,
        _ tell: any RunListener
    ) async throws -> Plan {
        var isTouched = false
        var agreed = still.ids
        for (place, stage) in stages.enumerated() {
            // While nothing was touched, all is as it was a moment ago.
            let isKnown = !isTouched && still.parts.indices.contains(place)
            var survey = isKnown ? still.parts[place].survey : try await stage.survey()
            try refuse(survey.changes.filter { $0.kind == .obstacle }, "\(stage.name) was left as it is")
            var done: Set<String> = []
            // What is done may show what else is to be done.
            while case let changes = survey.changes.filter({ !$0.isForPerson }), !changes.isEmpty {
                if let stuck = changes.first(where: { done.contains($0.id) }) { throw endless(stuck, of: stage) }
                // What could not be looked at before may want more than was known then.
                if !changes.allSatisfy({ agreed.contains("\(stage.name)/\($0.id)") }) {
                    let plan = try await Plan.survey(stages, of: environment, mark: mark)
                    guard try await agree(plan) else { return plan }
                    agreed.formUnion(plan.ids)
                    agreed.formUnion(changes.map { "\(stage.name)/\($0.id)" })
                }
                isTouched = true
                for change in changes {
                    try await perform(change, of: stage, journal, tell)
                    done.insert(change.id)
                }
                survey = try await stage.survey()
                try refuse(survey.changes.filter { $0.kind == .obstacle }, "\(stage.name) is not done")
            }
            if survey.obstacle != nil { break }
        }
        return isTouched ? try await Plan.survey(stages, of: environment, mark: mark) : still
    }

    private func endless(_ change: PlannedChange, of stage: any Stage) -> DeployError {
        DeployError(
            "\(stage.name): “\(change.what)” was done and is to be done again: \(change.why) Somebody else may be changing "
                + "it. Look at it with “status”, then apply again."
        )
    }

    private func refuse(_ obstacles: [PlannedChange], _ end: String) throws {
        guard !obstacles.isEmpty else { return }
        throw DeployError(
            (["\(end), for only a person can solve this:"] + obstacles.map { "\($0.what): \($0.why)" })
                .joined(separator: "\n")
        )
    }

    /// What `destroy` would take away, the last stage's first.
    package func removal() async throws -> [(stage: any Stage, change: PlannedChange)] {
        guard let mark = try currentMark() else { return [] }
        let secrets = try SecretFile(secretsPath).secrets(of: mark) ?? GeneratedSecrets()
        var list: [(stage: any Stage, change: PlannedChange)] = []
        for stage in try stages(mark, secrets).reversed() {
            list += try await stage.removal().map { (stage, $0) }
        }
        return list
    }

    /// Takes away everything that carries the environment's mark.
    package func destroy(tell: any RunListener) async throws {
        let (journal, lock) = try begin("destroy")
        defer { withExtendedLifetime(lock) {} }
        try await onRecord("destroy", in: journal) {
            for (stage, change) in try await removal() where !change.isForPerson {
                try await perform(change, of: stage, journal, tell)
            }
            let left = try await removal()
            guard left.isEmpty else {
                let names = left.map(\.change.what).joined(separator: ", ")
                throw DeployError("There is still something left: \(names). Give the command again.")
            }
            // What is made next is another environment, which nothing of this one may be taken for.
            try journal.append(.mark(makeMark()), at: now())
        }
    }

    /// Does something else with what is there, alone and on record.
    package func work<Result>(
        _ verb: String,
        isDone: (Result) -> Bool = { _ in true },
        _ body: (_ mark: String, _ secrets: GeneratedSecrets) async throws -> Result
    ) async throws -> Result {
        guard let mark = try currentMark() else { throw DeployError.nothingThere(environment) }
        let (journal, lock) = try begin(verb)
        defer { withExtendedLifetime(lock) {} }
        return try await onRecord(verb, in: journal, isDone: isDone) {
            try await body(mark, try SecretFile(secretsPath).keep(for: mark))
        }
    }

    /// Writes down that a run began, and how it ended; `isDone` says whether that was all.
    private func onRecord<Result>(
        _ verb: String,
        in journal: Journal,
        isDone: (Result) -> Bool = { _ in true },
        _ body: () async throws -> Result
    ) async throws -> Result {
        try journal.append(.began(verb: verb, by: operatorName), at: now())
        do {
            let result = try await body()
            try journal.append(.ended(isDone: isDone(result)), at: now())
            return result
        } catch {
            // What failed in a step was written down there.
            if case .failure = journal.entries.last?.event { throw error }
            try journal.append(.failure(stage: verb, change: verb, why: "\(error)"), at: now())
            throw error
        }
    }

    private func begin(_ verb: String) throws -> (Journal, RunLock) {
        try Folder.make(folder)
        let lock = try RunLock(lockPath, holder: "\(verb) by \(operatorName)", now: now())
        return (try Journal(journalPath), lock)
    }

    /// Written before anything is made that carries it.
    private func mark(in journal: Journal) throws -> String {
        if let mark = journal.mark { return mark }
        let mark = makeMark()
        try journal.append(.mark(mark), at: now())
        return mark
    }

    private func perform(
        _ change: PlannedChange,
        of stage: any Stage,
        _ journal: Journal,
        _ tell: any RunListener
    ) async throws {
        try journal.append(.intent(stage: stage.name, change: change.id, what: change.what), at: now())
        tell.begins(change, of: stage.name)
        do {
            try await stage.perform(change) { tell.waits($0) }
        } catch {
            try journal.append(.failure(stage: stage.name, change: change.id, why: "\(error)"), at: now())
            throw error
        }
        try journal.append(.result(stage: stage.name, change: change.id), at: now())
        tell.ends(change, of: stage.name)
    }
}

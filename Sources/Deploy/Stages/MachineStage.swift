import Model
package import PluginAPI

/// The machine, as its provider sees it.
package struct MachineStage: Stage {
    package static let name = "machine"
    package var name: String { Self.name }
    private let provider: any InfrastructureProvider
    private let request: MachineRequest
    private let discoveries: Discoveries
    private let pins: HostKeyPins?

    /// `pins` are forgotten when there is no machine: the next one has other keys.
    package init(
        _ provider: any InfrastructureProvider,
        _ request: MachineRequest,
        _ discoveries: Discoveries = Discoveries(),
        pins: HostKeyPins? = nil
    ) {
        self.pins = pins
        self.provider = provider
        self.request = request
        self.discoveries = discoveries
    }

    package func survey() async throws -> StageSurvey {
        let found = try await provider.survey(request)
        discoveries.note { $0.addresses = found.machine?.addresses ?? [] }
        var facts: [StageSurvey.Fact] = []
        if let machine = found.machine {
            facts = [.init("name", machine.id)]
            // Most providers have a word of their own for it.
            if !machine.facts.contains(where: { $0.name.lowercased() == "state" }) {
                facts.append(.init("state", machine.state.words))
            }
            if !machine.addresses.isEmpty {
                facts.append(.init("addresses", machine.addresses.joined(separator: ", ")))
            }
            facts += machine.facts.map { .init($0.name.lowercased(), $0.value) }
        }
        facts += found.findings.filter { $0.weight == .note }.map { .init("note", $0.description) }
        let people = found.findings.filter { $0.weight != .note }.map { finding in
            PlannedChange(
                id: finding.thing,
                kind: finding.weight == .blocking ? .obstacle : .person,
                what: finding.thing,
                why: "It \(finding.problem). \(finding.remedy)"
            )
        }
        let isReady =
            found.changes.isEmpty && found.machine?.state == .running && found.machine?.addresses.isEmpty == false
        return StageSurvey(
            facts: facts,
            changes: people + found.changes.map(planned),
            obstacle: isReady ? nil : "looked at once the machine runs and has an address",
            isBeforeAll: found.machine == nil
        )
    }

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        // Looked for afresh: what a plan says is for people, and the provider's own words are for itself.
        let listed: [MachineChange]
        if change.kind == .destroy {
            listed = try await provider.removal(of: request)
        } else {
            let found = try await provider.survey(request)
            if found.machine == nil { try pins?.forget() }
            listed = found.changes
        }
        guard let own = listed.first(where: { $0.id == change.id }) else { return }
        try await provider.perform(own, for: request, progress: say)
    }

    package func removal() async throws -> [PlannedChange] {
        try await provider.removal(of: request).map(planned)
    }

    private func planned(_ change: MachineChange) -> PlannedChange {
        let drift = change.drift.map { " It is \($0.from), and should be \($0.to)." } ?? ""
        let kind: PlannedChange.Kind =
            switch change.kind {
            case .create: .create
            case .change: .change
            case .destroy: .destroy
            }
        return PlannedChange(
            id: change.id,
            kind: kind,
            what: change.what,
            why: change.why + drift,
            cost: change.monthly.map { "about \($0) a month" },
            // Whoever gets in is chosen when it is made.
            wanted: change.kind == .create ? "\(change.wanted) \(request.key.essence)" : change.wanted
        )
    }
}

extension Machine.State {
    fileprivate var words: String {
        switch self {
        case .starting: "starting"
        case .running: "running"
        case .stopped: "stopped"
        case .other(let word): word
        }
    }
}

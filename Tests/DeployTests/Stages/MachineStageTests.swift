import Model
import PluginAPI
import Synchronization
import Testing

@testable import Deploy

/// What becomes of a provider's words in a plan.
@Suite struct MachineStageTests {
    private func stage(_ survey: MachineSurvey) throws -> (stage: MachineStage, provider: Scripted) {
        let key = try #require(
            SSHPublicKey(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
                md5: { _ in [0] }
            )
        )
        let mark = try #require(MachineMark("pma-staging-1"))
        let provider = Scripted(survey)
        return (MachineStage(provider, MachineRequest(environment: "staging", mark: mark, key: key)), provider)
    }

    private static let droplet = MachineChange("droplet", .create, what: "the droplet", why: "There is none.")

    @Test func `what blocks is an obstacle, a warning is for a person, a note is a fact`() async throws {
        let findings = [ProviderFinding.Weight.blocking, .warning, .note].map { weight in
            ProviderFinding(weight, "The \(weight.rawValue)", "is there", remedy: "Look at it.")
        }
        let stage = try stage(MachineSurvey(changes: [Self.droplet], findings: findings)).stage
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.kind) == [.obstacle, .person, .create])
        #expect(survey.changes.first?.why == "It is there. Look at it.")
        #expect(survey.facts.map(\.value) == ["The note is there. Look at it."])
        #expect(survey.obstacle != nil)
    }

    @Test func `a machine that runs and has an address lets the rest be looked at, and each fact is said once`()
        async throws
    {
        var machine = Machine(id: "m", state: .running, addresses: ["10.0.0.2"], facts: [.init("State", "Running")])
        let survey = try await stage(MachineSurvey(machine: machine)).stage.survey()
        #expect(survey.obstacle == nil)
        #expect(survey.facts.map(\.name) == ["name", "addresses", "state"])
        machine = Machine(id: "m", state: .running, addresses: [])
        #expect(try await stage(MachineSurvey(machine: machine)).stage.survey().obstacle != nil)
    }

    @Test func `a plan is told apart by what the provider wants, not by what is there`() async throws {
        func fingerprint(_ from: String, _ to: String, _ wanted: String? = nil) async throws -> String {
            let change = MachineChange(
                "firewall",
                .change,
                what: "the firewall",
                why: "It is open.",
                drift: .init(from: from, to: to),
                wanted: wanted
            )
            let stage = try stage(MachineSurvey(changes: [change])).stage
            return try await Plan.survey([stage], of: "staging", mark: "pma-staging-1").fingerprint
        }
        let plan = try await fingerprint("nothing", "22 from a")
        #expect(try await fingerprint("something", "22 from a") == plan)
        #expect(try await fingerprint("nothing", "22 from b") != plan)
        #expect(try await fingerprint("22 from a", "nothing", "b") != fingerprint("22 from b", "nothing", "a"))
    }

    @Test func `the provider makes its own change, and one that is done already is not asked for`() async throws {
        let (stage, provider) = try stage(MachineSurvey(changes: [Self.droplet]))
        let change = try #require(try await stage.survey().changes.first)
        try await stage.perform(change) { _ in }
        #expect(provider.made.withLock { $0 } == ["droplet"])
        try await stage.perform(PlannedChange(id: "key", kind: .create, what: "the key", why: "Old.")) { _ in }
        #expect(provider.made.withLock { $0 } == ["droplet"])
    }
}

/// Finds what it was told to find.
private final class Scripted: InfrastructureProvider {
    static let id: PluginID = "scripted"
    static let title = "Scripted"
    static let summary = "Finds what it was told to find."

    let found: MachineSurvey
    let made = Mutex<[String]>([])

    init(_ found: MachineSurvey) { self.found = found }
    init(_ setup: PluginSetup) throws(SetupError) { found = MachineSurvey() }

    func survey(_ request: MachineRequest) async throws(ProviderError) -> MachineSurvey { found }

    func perform(
        _ change: MachineChange,
        for request: MachineRequest,
        progress: @escaping @Sendable (String) -> Void
    ) async throws(ProviderError) { made.withLock { $0.append(change.id) } }

    func removal(of request: MachineRequest) async throws(ProviderError) -> [MachineChange] { [] }
    func diagnose() async -> [ProviderFinding] { [] }
}

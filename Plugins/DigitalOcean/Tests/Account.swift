import Model
import PluginAPI
import TestSupport
import Testing

@testable import DigitalOceanPlugin

/// An account at the fake, and what is wanted in it.
struct Account {
    static let everything = ["backups": "yes", "reservedIP": "new", "project": "price-monitor"]

    let fake: FakeDigitalOcean
    let clock = ImpatientClock()
    let request: MachineRequest
    let lines = Recorder<String>()
    private let values: [String: String]

    init(_ values: [String: String] = [:], cpus: Int = 2, cloud: FakeCloud = FakeCloud()) {
        fake = FakeDigitalOcean(cloud)
        request = SampleMachine.request(cpus: cpus)
        let needed = ["token": FakeDigitalOcean.token, "sshFrom": "203.0.113.7", "server": FakeDigitalOcean.home]
        self.values = needed.merging(values) { _, new in new }
    }

    /// A new one each time, as a new process would have; `more` are options that changed in the meantime.
    func plugin(_ more: [String: String] = [:]) throws -> DigitalOcean {
        let values = values.merging(more) { _, new in new }
        return try DigitalOcean(PluginSetup(of: DigitalOcean.self, values, exchange: fake.exchange, clock: clock))
    }

    func survey(_ more: [String: String] = [:]) async throws -> MachineSurvey {
        try await plugin(more).survey(request)
    }

    /// Looks, makes each change, and looks again.
    @discardableResult
    func apply(_ more: [String: String] = [:]) async throws -> MachineSurvey {
        let plugin = try plugin(more)
        for change in try await plugin.survey(request).changes { try await perform(change, more) }
        return try await plugin.survey(request)
    }

    func perform(_ change: MachineChange, _ more: [String: String] = [:]) async throws {
        let lines = lines
        try await plugin(more).perform(change, for: request) { lines.record($0) }
    }

    func destroy(_ more: [String: String] = [:]) async throws {
        for change in try await plugin(more).removal(of: request) { try await perform(change, more) }
    }

    /// What is not as it should be after everything was made.
    func faults() -> [String] {
        let cloud = fake.cloud
        let mark = request.mark.text
        var faults: [String] = []
        func expect(_ count: Int, _ what: String) { if count != 1 { faults.append("There are \(count) \(what).") } }
        expect(cloud.livingDroplets.count, "droplets")
        expect(cloud.livingDroplets.filter { $0.tags == [mark] && $0.status == "active" }.count, "tagged droplets")
        expect(cloud.firewalls.filter { $0.name == mark && $0.tags == [mark] }.count, "firewalls")
        expect(cloud.keys.count, "keys")
        expect(cloud.tags.count, "tags")
        expect(cloud.reservedIPs.count, "reserved IPs")
        expect(cloud.projects.filter { $0.name == "price-monitor" && $0.resources.count == 1 }.count, "projects")
        if !fake.refusals.allSatisfy({ Self.isExpected($0) }) { faults.append("It refused: \(fake.refusals)") }
        return faults
    }

    /// A request whose answer was lost is sent again, and a droplet that is made cannot be destroyed yet.
    private static func isExpected(_ refusal: String) -> Bool {
        ["409 POST /v2/firewalls", "409 POST /v2/projects", "422 POST /v2/account/keys", "422 DELETE /v2/droplets"]
            .contains { refusal.hasPrefix($0) }
            || refusal.contains("already enabled")
    }

    /// What is left after everything was taken away.
    func leftovers() -> [String] {
        let cloud = fake.cloud
        return cloud.livingDroplets.map(\.name) + cloud.firewalls.map(\.name) + cloud.keys.map(\.name) + cloud.tags
            + cloud.reservedIPs.map(\.ip) + cloud.projects.dropFirst().map(\.name)
    }
}

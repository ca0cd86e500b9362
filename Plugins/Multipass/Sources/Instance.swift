import Model
import PluginAPI

/// `multipass list --format json`; deleted ones too.
struct InstanceList: Decodable {
    struct Row: Decodable {
        let name: String
        let state: String
        let ipv4: [String]
        let release: String
    }

    let list: [Row]
}

/// `multipass info NAME --format json`; keys that are not needed are not read.
struct InstanceInfo: Decodable {
    struct Detail: Decodable {
        struct Memory: Decodable { let total: Int? }

        /// A text, as Multipass writes it.
        struct Disk: Decodable { let total: String? }

        let state: String
        /// A text; empty while it does not run.
        let cpus: String?
        let snapshots: String?
        let memory: Memory?
        let disks: [String: Disk]?
        let ipv4: [String]?
        let image: String?
        let release: String?

        private enum CodingKeys: String, CodingKey {
            case state, memory, disks, ipv4, release
            case cpus = "cpu_count"
            case snapshots = "snapshot_count"
            case image = "image_release"
        }
    }

    let info: [String: Detail]
}

/// `multipass networks --format json`.
struct NetworkList: Decodable {
    struct Network: Decodable { let name: String }

    let list: [Network]
}

/// One virtual machine.
struct Instance: Sendable {
    let name: String
    /// `Running`, `Stopped`, `Deleted`, `Starting`, `Restarting`, `Delayed Shutdown`, `Suspending`, `Suspended` or
    /// `Unknown`.
    let state: String
    let addresses: [String]
    let release: String
    /// These three only while it runs.
    let cpus: Int?
    let memory: Int?
    let disk: Int?
    let snapshots: Int

    init(name: String, row: InstanceList.Row, detail: InstanceInfo.Detail?) {
        self.name = name
        state = detail?.state ?? row.state
        // The list may show an address of before; the instance's own answer is newer.
        addresses = detail?.ipv4 ?? row.ipv4
        release = [detail?.release, detail?.image, row.release].compactMap { $0 }.first { !$0.isEmpty } ?? "unknown"
        cpus = detail?.cpus.flatMap { Int($0) }
        memory = detail?.memory?.total
        disk = detail?.disks?.values.compactMap { $0.total.flatMap { Int($0) } }.max()
        snapshots = detail?.snapshots.flatMap { Int($0) } ?? 0
    }

    var isOff: Bool { state == "Stopped" || state == "Suspended" }

    /// Where others reach it, the most likely first; `network` is that which it joins besides, empty for none.
    func reachable(on network: String) -> [String] {
        network.isEmpty ? Array(addresses.prefix(1)) : Self.withoutBridges(addresses)
    }

    /// Those of an instance that can be its own alone, as Multipass lists them: that of its own network comes first.
    ///
    /// It lists all that the system in it has. Docker's bridges are the same in every machine that runs Docker, so on this
    /// computer they may be this computer. A bridge has the first address of its network, which in a network of others is its router's.
    static func withoutBridges(_ addresses: [String]) -> [String] {
        addresses.prefix(1) + addresses.dropFirst().filter { !$0.hasSuffix(".1") }
    }

    func machine(on network: String) -> Machine {
        let found: Machine.State =
            switch state {
            case "Running": addresses.isEmpty ? .starting : .running
            case "Starting", "Restarting": .starting
            case "Stopped", "Suspended", "Suspending", "Deleted", "Delayed Shutdown": .stopped
            default: .other(OneLine.text(state, limit: 40))
            }
        var facts: [Machine.Fact] = [.init("State", OneLine.text(state, limit: 40))]
        facts.append(.init("Release", OneLine.text(release, limit: 40)))
        if let cpus { facts.append(.init("Processors", "\(cpus)")) }
        if let memory { facts.append(.init("Memory", "\(memory / 1_048_576) MiB")) }
        if let disk { facts.append(.init("Disk", "\(disk / 1_073_741_824) GiB")) }
        return Machine(id: name, state: found, addresses: reachable(on: network), facts: facts)
    }
}

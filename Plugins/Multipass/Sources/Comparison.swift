import Model
import PluginAPI

/// Says what is missing between what is there and what was requested; pure.
struct Comparison {
    let request: MachineRequest
    let network: String
    let instance: Instance?
    /// Asked for only where one is to be joined.
    let networks: [String]?

    private var name: String { request.mark.text }

    var survey: MachineSurvey {
        guard let instance else {
            return MachineSurvey(changes: [new], findings: networkFindings)
        }
        // A deleted one is a machine too: it holds what it held, until it is purged.
        return MachineSurvey(
            machine: instance.machine(on: network),
            changes: changes(of: instance),
            findings: drift(of: instance)
        )
    }

    private var new: MachineChange {
        let joined = network.isEmpty ? "" : ", also on the network “\(network)”"
        let size = "\(request.cpus) processors, \(request.memoryMiB) MiB, \(request.diskGiB) GiB"
        return MachineChange(
            Step.instance.rawValue,
            .create,
            what: "the instance “\(name)”: Ubuntu \(request.release), \(size)\(joined)",
            why: "Multipass has none of that name."
        )
    }

    private func changes(of instance: Instance) -> [MachineChange] {
        func change(_ step: Step, _ why: String, to: String = "Running") -> MachineChange {
            MachineChange(
                step.rawValue,
                .change,
                what: "the instance “\(name)”",
                why: why,
                drift: .init(from: OneLine.text(instance.state, limit: 40), to: to)
            )
        }
        let start = change(.start, "It does not run.")
        switch instance.state {
        case "Deleted":
            return [change(.recover, "It is deleted but not purged: what it holds can be brought back.", to: "Stopped")]
                + [start]
        case "Running" where !instance.addresses.isEmpty: return []
        case "Running", "Starting", "Restarting":
            return [
                MachineChange(
                    Step.instance.rawValue,
                    .create,
                    what: "the instance “\(name)”",
                    why: "It is still being made or started."
                )
            ]
        default: return [start]
        }
    }

    // MARK: What needs a person

    private var networkFindings: [ProviderFinding] {
        guard !network.isEmpty, networks?.contains(network) != true else { return [] }
        let known = networks.map { $0.isEmpty ? "none" : OneLine.text($0.joined(separator: ", "), limit: 200) }
        return [
            ProviderFinding(
                .blocking,
                "The network “\(network)”",
                known == nil ? "cannot be joined: Multipass lists no networks here" : "is none that Multipass knows",
                remedy: known.map { "Set the option “network” to one of these, or to nothing: \($0)." }
                    ?? "Set the option “network” to nothing, or use a driver of Multipass that has networks."
            )
        ]
    }

    private func drift(of instance: Instance) -> [ProviderFinding] {
        var findings: [ProviderFinding] = []
        func differs(_ what: String, _ found: String, _ wanted: String, _ setting: String, _ value: String) {
            let key = "local.\(name).\(setting)=\(value)"
            findings.append(
                ProviderFinding(
                    .warning,
                    "The instance “\(name)”",
                    "has \(found) \(what), not \(wanted)",
                    remedy: """
                        It has to stand still for a change: “multipass stop \(name) && multipass set \(key) && \
                        multipass start \(name)”.
                        """
                )
            )
        }
        if let cpus = instance.cpus, cpus != request.cpus {
            differs("processors", "\(cpus)", "\(request.cpus)", "cpus", "\(request.cpus)")
        }
        let memory = request.memoryMiB * 1_048_576
        if let found = instance.memory, !Self.isNear(found, memory) {
            differs(
                "MiB of memory",
                "\(found / 1_048_576)",
                "\(request.memoryMiB)",
                "memory",
                "\(request.memoryMiB)M"
            )
        }
        let disk = request.diskGiB * 1_073_741_824
        if let found = instance.disk, !Self.isNear(found, disk) {
            if found > disk {
                findings.append(
                    ProviderFinding(
                        .note,
                        "The instance “\(name)”",
                        "has \(found / 1_073_741_824) GiB of disk, more than the \(request.diskGiB) it should have",
                        remedy: "A disk cannot be made smaller. Ask for as much in the environment."
                    )
                )
            } else {
                differs("GiB of disk", "\(found / 1_073_741_824)", "\(request.diskGiB)", "disk", "\(request.diskGiB)G")
            }
        }
        return findings
    }

    /// What the machine sees is less than what it was given: the kernel and the file system keep up to a seventh.
    private static func isNear(_ found: Int, _ wanted: Int) -> Bool {
        found <= wanted + wanted / 100 && found >= wanted - wanted / 7
    }
}

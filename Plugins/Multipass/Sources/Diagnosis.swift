import FoundationEssentials
import PluginAPI

/// Looks whether Multipass can be used here.
struct Diagnosis {
    private struct Version: Decodable {
        let multipass: String
        /// Missing where the daemon does not answer.
        let multipassd: String?
    }

    /// The first whose `launch` and `exec` know all that is used.
    private static let oldest = (1, 13)

    let client: Client
    let network: String

    func findings() async -> [ProviderFinding] {
        do throws(ProviderError) {
            let version = try await client.read(Version.self, ["version"])
            guard let daemon = version.multipassd else {
                throw Trouble.daemon(
                    Client.Answer(exitCode: 3, output: "“multipass version” names no daemon.", errors: ""),
                    isWindows: client.isWindows
                )
            }
            // Whether this user may use the daemon shows with the first real question.
            let instances = try await client.read(InstanceList.self, ["list"]).list
            var findings = self.findings(version.multipass, daemon: daemon)
            findings += try await driverFindings()
            findings += try await networkFindings()
            return findings + (try await reachFindings(instances))
        } catch {
            return [ProviderFinding(.blocking, error.thing, error.problem, remedy: error.remedy)]
        }
    }

    private func findings(_ version: String, daemon: String) -> [ProviderFinding] {
        var findings: [ProviderFinding] = []
        let parts = version.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
        if parts.count == 2, (parts[0], parts[1]) < Self.oldest {
            findings.append(
                ProviderFinding(
                    .blocking,
                    "Multipass \(OneLine.text(version, limit: 40))",
                    "is too old",
                    remedy: "Install 1.13 or newer: https://canonical.com/multipass/install."
                )
            )
        }
        if daemon != version {
            findings.append(
                ProviderFinding(
                    .warning,
                    "Multipass's program and its daemon",
                    "differ: \(OneLine.text(version, limit: 40)) and \(OneLine.text(daemon, limit: 40))",
                    remedy: "Restart the daemon after an update."
                )
            )
        }
        return findings
    }

    /// What of the driver's ways is known to surprise.
    private func driverFindings() async throws(ProviderError) -> [ProviderFinding] {
        let answer = try await client.ask(["get", "local.driver"])
        // Not every version tells it; nothing is wrong then.
        guard answer.exitCode == 0 else { return [] }
        switch OneLine.text(answer.output) {
        case "virtualbox":
            return [
                ProviderFinding(
                    .blocking,
                    "Multipass's driver VirtualBox",
                    "gives instances no address that others can reach",
                    remedy: """
                        Use Hyper-V, which Windows Pro has: “multipass set local.driver=hyperv”; on Linux and macOS \
                        qemu. On Windows Home, run the environment on DigitalOcean instead.
                        """
                )
            ]
        case "hyperv":
            return [
                ProviderFinding(
                    .note,
                    "Hyper-V's Default Switch",
                    "hands out other addresses after each restart of Windows",
                    remedy: """
                        Nothing to do: they are read anew each time.
                        """
                )
            ]
        default: return []
        }
    }

    private func networkFindings() async throws(ProviderError) -> [ProviderFinding] {
        guard !network.isEmpty else { return [] }
        let networks = try await client.networks()
        guard networks?.contains(network) != true else { return [] }
        let known = networks.map { OneLine.text($0.joined(separator: ", "), limit: 200) } ?? "none"
        return [
            ProviderFinding(
                .blocking,
                "The network “\(network)”",
                "is none that Multipass lists",
                remedy: "Set the option “network” to one of these, or to nothing: \(known)."
            )
        ]
    }

    // MARK: From here to the instances

    /// Every instance lets Multipass itself sign in, so each that runs answers somewhere.
    private func reachFindings(_ instances: [InstanceList.Row]) async throws(ProviderError) -> [ProviderFinding] {
        let reach = Reach(client: client)
        let running = instances.filter { $0.state == "Running" && !$0.ipv4.isEmpty }
        guard !running.isEmpty else {
            guard client.isWindows else { return [] }
            return [
                ProviderFinding(
                    .note,
                    "Whether instances answer inside of WSL2",
                    "can't be seen yet, for none runs",
                    remedy: "Look again after the first “apply”, or when it waits for the machine."
                )
            ]
        }
        var silent: [InstanceList.Row] = []
        for instance in running {
            switch try await reach.ask(Instance.withoutBridges(instance.ipv4)) {
            case .some: break
            case .none: silent.append(instance)
            case .unknown:
                return [
                    ProviderFinding(
                        .blocking,
                        "OpenSSH",
                        "is not installed",
                        remedy:
                            "Install it (Debian, Ubuntu: “sudo apt install openssh-client”): machines are signed in to by it."
                    )
                ]
            }
        }
        guard !silent.isEmpty else { return [] }
        let remedy = Trouble.unreachable(isWindows: client.isWindows, mode: try await reach.networkingMode())
        // Where one answers, the way is open, and the others have reasons of their own.
        let weight: ProviderFinding.Weight = silent.count == running.count ? .blocking : .warning
        return silent.map { instance in
            let name = OneLine.text(instance.name, limit: 60)
            let addresses = OneLine.text(Instance.withoutBridges(instance.ipv4).joined(separator: ", "), limit: 100)
            let place = client.isWindows ? "inside of WSL2" : "from here"
            return ProviderFinding(
                weight,
                "The instance “\(name)”",
                "runs, and does not answer \(place) on port 22 of \(addresses)",
                remedy: remedy
            )
        }
    }
}

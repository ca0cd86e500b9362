import Model
package import PluginAPI

/// Virtual machines on this computer. <https://documentation.ubuntu.com/multipass/>
package struct Multipass: InfrastructureProvider {
    package static let id: PluginID = "multipass"
    package static let title = "Multipass"
    package static let summary = "Makes a virtual machine with Ubuntu on this computer, by Canonical's Multipass."
    package static let options = [
        Option(
            "executable",
            "The program: multipass, or Windows' multipass.exe inside of WSL2; a path where it is in no usual place.",
            example: "multipass.exe",
            standard: "multipass"
        ),
        Option(
            "network",
            "A network of this computer that the machine joins too, as “multipass networks” lists them.",
            example: "eth0",
            standard: ""
        ),
    ]

    let client: Client
    let network: String

    package init(_ setup: PluginSetup) throws(SetupError) {
        let executable = WindowsPath.inWSL(setup["executable"])
        guard executable == OneLine.text(executable), !executable.hasPrefix("-") else {
            throw SetupError("executable", "must be a program such as multipass or multipass.exe")
        }
        network = setup["network"]
        // Multipass reads commas and equals signs as its own.
        guard network == OneLine.text(network), !network.contains(where: { ",=".contains($0) }),
            !network.hasPrefix("-")
        else { throw SetupError("network", "must be a name that “multipass networks” lists") }
        client = Client(executable: executable, run: setup.run, clock: setup.clock)
    }

    package func survey(_ request: MachineRequest) async throws(ProviderError) -> MachineSurvey {
        let client = try await client.found()
        let instance = try await client.instance(request.mark.text)
        let networks = network.isEmpty || instance != nil ? nil : try await client.networks()
        return Comparison(request: request, network: network, instance: instance, networks: networks).survey
    }

    package func perform(
        _ change: MachineChange,
        for request: MachineRequest,
        progress: @escaping @Sendable (String) -> Void
    ) async throws(ProviderError) {
        let client = try await client.found()
        let work = Work(request: request, network: network, client: client, progress: progress)
        switch change.id {
        case Step.instance.rawValue: try await work.makeInstance()
        case Step.recover.rawValue: try await work.recover()
        case Step.start.rawValue: try await work.start()
        case Step.remove.rawValue: try await work.remove()
        default:
            throw ProviderError(
                "The change “\(OneLine.text(change.id, limit: 60))”",
                "is none that Multipass's plugin can make",
                remedy: "It may come from a newer version of this program; run that one, or make a new plan."
            )
        }
    }

    package func removal(of request: MachineRequest) async throws(ProviderError) -> [MachineChange] {
        guard let instance = try await client.found().instance(request.mark.text) else { return [] }
        let state = instance.state == "Deleted" ? ", which is deleted but not purged," : ""
        return [
            MachineChange(
                Step.remove.rawValue,
                .destroy,
                what: "the instance “\(request.mark)”\(state) and its disk",
                why: "It carries the mark of the environment “\(request.environment)”."
            )
        ]
    }

    package func diagnose() async -> [ProviderFinding] {
        // Only whoever cancels it gets no answer, and wants none.
        guard let client = try? await client.found() else { return [] }
        return await Diagnosis(client: client, network: network).findings()
    }
}

/// What can be done; journals hold these words.
enum Step: String {
    case instance, recover, start
    case remove = "remove-instance"
}

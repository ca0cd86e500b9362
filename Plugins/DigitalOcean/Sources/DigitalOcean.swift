import Model
package import PluginAPI

/// Droplets of DigitalOcean, each behind a firewall of its own. <https://docs.digitalocean.com/reference/api/digitalocean/>
package struct DigitalOcean: InfrastructureProvider {
    package static let id: PluginID = "digitalocean"
    package static let title = "DigitalOcean"
    package static let summary = "Makes a droplet with a firewall, an SSH key and a tag in your DigitalOcean account."
    package static let options = [
        Option(
            "token",
            "A personal access token that may read and write; made in the control panel under API, Tokens.",
            kind: .secret,
            example: "dop_v1_made-up-token-of-nobody"
        ),
        Option(
            "sshFrom",
            "Who may reach port 22: addresses or networks, separated by commas; your own is the safest.",
            example: "203.0.113.7, 2001:db8::/48"
        ),
        Option("region", "Where the droplet stands.", example: "fra1", standard: "syd1"),
        Option("size", "How large the droplet is.", example: "s-4vcpu-8gb", standard: "s-2vcpu-4gb"),
        Option(
            "image",
            "The image it begins with; nothing takes Ubuntu of the release that the environment asks for.",
            example: "ubuntu-22-04-x64",
            standard: ""
        ),
        Option("backups", "Whether DigitalOcean backs it up every week: yes or no.", example: "yes", standard: "no"),
        Option(
            "reservedIP",
            "A reserved IP for the droplet: no, new, or one that you have already.",
            example: "new",
            standard: "no"
        ),
        Option(
            "project",
            "The project that shows the droplet, made if there is none of that name; nothing takes your default one.",
            example: "price-monitor",
            standard: ""
        ),
        Option(
            "server",
            "The address of the API.",
            kind: .address,
            example: "https://api.digitalocean.com",
            standard: "https://api.digitalocean.com"
        ),
    ]

    let choices: Choices
    let api: API

    package init(_ setup: PluginSetup) throws(SetupError) {
        choices = try Choices(setup)
        let token = setup["token"]
        // It stands in a header line.
        guard token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw SetupError("token", "must be letters, digits and signs without spaces, as DigitalOcean shows it")
        }
        let server = try setup.server("server", example: "https://api.digitalocean.com")
        api = API(server: server, token: token, exchange: setup.exchange, clock: setup.clock)
    }

    package func survey(_ request: MachineRequest) async throws(ProviderError) -> MachineSurvey {
        let offer = try await Offer.read(choices, for: request, by: api)
        let holdings = try await Holdings.read(request, choices, by: api)
        return Comparison(request: request, choices: choices, offer: offer, holdings: holdings).survey
    }

    package func perform(
        _ change: MachineChange,
        for request: MachineRequest,
        progress: @escaping @Sendable (String) -> Void
    ) async throws(ProviderError) {
        let work = Work(request: request, choices: choices, api: api, progress: progress)
        switch Step(id: change.id) {
        case .tag: try await work.makeTag()
        case .key: try await work.makeKey()
        case .firewall: try await work.makeFirewall()
        case .project: try await work.makeProject()
        case .droplet: try await work.makeDroplet()
        case .dropletTag: try await work.tagDroplet()
        case .power: try await work.switchOn()
        case .backups: try await work.enableBackups()
        case .projectDroplet: try await work.assignProject()
        case .reservedIP: try await work.giveReservedIP()
        case .removeReservedIP: try await work.removeReservedIP()
        case .removeDroplet(let id): try await work.removeDroplet(id)
        case .removeFirewall: try await work.removeFirewall()
        case .removeProject: try await work.removeProject()
        case .removeKey: try await work.removeKey()
        case .removeTag: try await work.removeTag()
        case nil:
            throw ProviderError(
                "The change “\(OneLine.text(change.id, limit: 60))”",
                "is none that DigitalOcean's plugin can make",
                remedy: "It may come from a newer version of this program; run that one, or make a new plan."
            )
        }
    }

    package func removal(of request: MachineRequest) async throws(ProviderError) -> [MachineChange] {
        try await Holdings.read(request, choices, by: api).removal(of: request, choices)
    }

    package func diagnose() async -> [ProviderFinding] {
        do {
            return try await Offer.read(choices, by: api).findings(choices)
        } catch {
            return [ProviderFinding(.blocking, error.thing, error.problem, remedy: error.remedy)]
        }
    }
}

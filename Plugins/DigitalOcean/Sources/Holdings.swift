import Model
import PluginAPI

/// What the account holds that carries the mark, or that the options name.
struct Holdings: Sendable {
    let tag: TagAnswer.Tag?
    let key: KeyAnswer.Key?
    let firewall: Firewall?
    /// One at most, unless something went very wrong.
    let droplets: [Droplet]
    /// How many droplets the account has; known only where none has the mark.
    let total: Int?
    let project: Project?
    /// Whether the project has the droplet.
    let isAssigned: Bool
    let reservedIPs: [ReservedIP]

    static func read(
        _ request: MachineRequest,
        _ choices: Choices,
        by api: API
    ) async throws(ProviderError) -> Holdings {
        let mark = request.mark
        let droplets = try await api.droplets(with: mark)
        let total =
            droplets.isEmpty
            ? try await api.read(DropletPage.self, "/v2/droplets?per_page=1", "count the droplets").meta?.total : nil
        let project = try await api.project(choices.project)
        var isAssigned = false
        if let project, let droplet = droplets.first {
            isAssigned = try await api.resources(of: project).contains(droplet.urn)
        }
        return Holdings(
            tag: try await api.tag(mark),
            key: try await api.key(request.key),
            firewall: try await api.firewall(mark),
            droplets: droplets,
            total: total,
            project: project,
            isAssigned: isAssigned,
            reservedIPs: choices.reservedIP == .none ? [] : try await api.reservedIPs()
        )
    }

    /// The one reserved IP that leads to `droplet`.
    func reservedIP(of droplet: Droplet) -> String? { reservedIPs.first { $0.droplet?.id == droplet.id }?.ip }

    func removal(of request: MachineRequest, _ choices: Choices) -> [MachineChange] {
        let mark = request.mark
        let why = "It carries the mark of the environment “\(request.environment)”."
        var changes: [MachineChange] = []
        func remove(_ step: Step, _ what: String, _ why: String) {
            changes.append(MachineChange(step.id, .destroy, what: what, why: why))
        }
        if choices.reservedIP == .new, let ip = droplets.compactMap({ reservedIP(of: $0) }).first {
            remove(.removeReservedIP, "the reserved IP \(ip)", "It was made for the droplet; nobody gets it back.")
        }
        for droplet in droplets {
            remove(
                .removeDroplet(droplet.id),
                "the droplet “\(droplet.name)” (\(droplet.id)) and its disk",
                "\(why) Volumes and snapshots stay."
            )
        }
        if firewall != nil { remove(.removeFirewall, "the firewall “\(mark)”", why) }
        if let project, project.description == mark.text {
            remove(.removeProject, "the project “\(OneLine.text(project.name, limit: 60))”", "It was made for this.")
        }
        // A key that was there before has another name, and stays.
        if key?.name == mark.text { remove(.removeKey, "the SSH key “\(mark)”", why) }
        if tag != nil { remove(.removeTag, "the tag “\(mark)”", why) }
        return changes
    }
}

// MARK: Finding what carries the mark

extension API {
    /// By the tag; where nothing has it, by the name, for a person may have taken the tag away.
    func droplets(with mark: MachineMark) async throws(ProviderError) -> [Droplet] {
        let tagged = try await list(DropletPage.self, "/v2/droplets?tag_name=\(mark)", "list the droplets of “\(mark)”")
        if !tagged.isEmpty { return tagged }
        let named = try await list(DropletPage.self, "/v2/droplets?name=\(mark)", "list the droplets of “\(mark)”")
        return named.filter { $0.name == mark.text }
    }

    func tag(_ mark: MachineMark) async throws(ProviderError) -> TagAnswer.Tag? {
        try await find(TagAnswer.self, "/v2/tags/\(mark)", "show the tag “\(mark)”")?.tag
    }

    /// By its fingerprint: the list of keys may be read ten times a minute only.
    func key(_ key: SSHPublicKey) async throws(ProviderError) -> KeyAnswer.Key? {
        try await find(KeyAnswer.self, "/v2/account/keys/\(key.fingerprint)", "show the SSH key")?.key
    }

    func firewall(_ mark: MachineMark) async throws(ProviderError) -> Firewall? {
        try await list(FirewallPage.self, "/v2/firewalls", "list the firewalls").first { $0.name == mark.text }
    }

    /// nil for no name.
    func project(_ name: String) async throws(ProviderError) -> Project? {
        guard !name.isEmpty else { return nil }
        return try await list(ProjectPage.self, "/v2/projects", "list the projects").first { $0.name == name }
    }

    func resources(of project: Project) async throws(ProviderError) -> [String] {
        try await list(ResourcePage.self, "/v2/projects/\(project.id)/resources", "list what the project has").map(
            \.urn
        )
    }

    func reservedIPs() async throws(ProviderError) -> [ReservedIP] {
        try await list(ReservedIPPage.self, "/v2/reserved_ips", "list the reserved IPs")
    }
}

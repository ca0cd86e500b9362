import Model
import PluginAPI

extension Work {
    /// The droplet with the mark; throws where there are several, nil where there is none.
    private func droplet() async throws(ProviderError) -> Droplet? {
        let found = try await api.droplets(with: mark)
        guard found.count <= 1 else {
            throw ProviderError(
                "The tag “\(mark)”",
                "is on \(found.count) droplets: \(found.map { "\($0.id)" }.joined(separator: ", "))",
                remedy: "Look which one is in use, and destroy the others in the control panel."
            )
        }
        return found.first
    }

    private func requiredDroplet() async throws(ProviderError) -> Droplet {
        guard let droplet = try await droplet() else {
            throw late("The droplet “\(mark)”", "is not there any more")
        }
        return droplet
    }

    func makeDroplet() async throws(ProviderError) {
        if let found = try await droplet() {
            try await waitUntilReady(found.id)
        } else {
            try await waitUntilReady(try await newDroplet())
        }
    }

    /// Makes it once: an answer that does not come is looked for by the tag, never asked for a second time.
    private func newDroplet() async throws(ProviderError) -> Int {
        let body = try API.json(NewDroplet(request, choices))
        let purpose = "make the droplet “\(mark)”"
        let call = API.Call(method: .post, path: "/v2/droplets", purpose: purpose, body: body, isRepeatable: false)
        switch try await api.outcome(of: call) {
        case .answer(let response): return try api.decode(DropletAnswer.self, response, purpose).droplet.id
        case .unknown(let error):
            progress("No clear answer came; the droplet is looked for by its tag.")
            let found = try await wait(times: 12) { _ throws(ProviderError) in try await droplet() }
            guard let found else {
                throw ProviderError(
                    error.thing,
                    error.problem,
                    remedy: error.remedy,
                    retry: .later(after: .seconds(60))
                )
            }
            return found.id
        }
    }

    /// It is `new` and has no address at first, and may not be known by its id for a moment.
    private func waitUntilReady(_ id: Int) async throws(ProviderError) {
        let name = "The droplet “\(mark)” (\(id))"
        var missing = 0
        var last = ""
        for count in 0..<120 {
            if count > 0 { try await api.pause(Self.step) }
            let elapsed = count * Int(Self.step.components.seconds)
            let answer = try await api.find(DropletAnswer.self, "/v2/droplets/\(id)", "show the droplet \(id)")
            guard let droplet = answer?.droplet else {
                missing += 1
                guard missing < 12 else {
                    throw ProviderError(
                        name,
                        "is gone again: DigitalOcean had no room for it, or somebody destroyed it",
                        remedy: "Run the command again; if it happens again, set another region or size.",
                        retry: .later(after: .seconds(60))
                    )
                }
                continue
            }
            if droplet.isReady { return }
            guard droplet.status == "new" || droplet.status == "active" else {
                throw late(name, "is “\(OneLine.text(droplet.status, limit: 40))” instead of active")
            }
            last = droplet.status == "new" ? "is still new" : "has no public address yet"
            progress("The droplet \(last) (\(elapsed) s)")
        }
        throw late(name, "\(last.isEmpty ? "cannot be seen" : last) after ten minutes")
    }

    func tagDroplet() async throws(ProviderError) {
        let droplet = try await requiredDroplet()
        guard !droplet.tags.contains(mark.text) else { return }
        struct Body: Encodable {
            struct Resource: Encodable {
                let id: String
                let type = "droplet"

                private enum CodingKeys: String, CodingKey {
                    case id = "resource_id"
                    case type = "resource_type"
                }
            }

            let resources: [Resource]
        }
        let body = try API.json(Body(resources: [.init(id: "\(droplet.id)")]))
        let path = "/v2/tags/\(mark)/resources"
        _ = try await api.answer(
            to: .init(method: .post, path: path, purpose: "tag the droplet \(droplet.id)", body: body)
        )
    }

    func switchOn() async throws(ProviderError) {
        let droplet = try await requiredDroplet()
        if droplet.status == "off" {
            try await act("power_on", on: droplet, "Switching the droplet on") { $0.status == "active" }
        }
        try await waitUntilReady(droplet.id)
    }

    func enableBackups() async throws(ProviderError) {
        let droplet = try await requiredDroplet()
        guard !droplet.features.contains("backups") else { return }
        try await act("enable_backups", on: droplet, "Switching the backups on", policy: .init()) {
            $0.features.contains("backups")
        }
    }

    /// One that is refused may be under way, begun by a request whose answer was lost: then it shows in the droplet soon.
    private func act(
        _ type: String,
        on droplet: Droplet,
        _ what: String,
        policy: NewDroplet.BackupPolicy? = nil,
        isDone: (Droplet) -> Bool
    ) async throws(ProviderError) {
        struct Body: Encodable {
            let type: String
            let policy: NewDroplet.BackupPolicy?

            private enum CodingKeys: String, CodingKey {
                case type
                case policy = "backup_policy"
            }
        }
        let body = try API.json(Body(type: type, policy: policy))
        let purpose = "do “\(type)” with the droplet \(droplet.id)"
        let path = "/v2/droplets/\(droplet.id)/actions"
        let call = API.Call(method: .post, path: path, purpose: purpose, body: body, accepted: [422])
        let response = try await api.answer(to: call)
        guard response.status == 422 else {
            return try await finish(try api.decode(ActionAnswer.self, response, purpose).action, what)
        }
        let done = try await wait(times: 24) { elapsed throws(ProviderError) -> Bool? in
            if isDone(try await requiredDroplet()) { return true }
            progress("\(what): refused for now\(api.quote(response)) (\(elapsed) s)")
            return nil
        }
        guard done != true else { return }
        throw late("DigitalOcean", "refused to \(purpose) (422)\(api.quote(response))")
    }

    func assignProject() async throws(ProviderError) {
        let droplet = try await requiredDroplet()
        guard let project = try await api.project(choices.project) else {
            throw late("The project “\(choices.project)”", "is not there any more")
        }
        guard try await !api.resources(of: project).contains(droplet.urn) else { return }
        struct Body: Encodable { let resources: [String] }
        let path = "/v2/projects/\(project.id)/resources"
        let purpose = "put the droplet into the project “\(choices.project)”"
        let body = try API.json(Body(resources: [droplet.urn]))
        _ = try await api.answer(to: .init(method: .post, path: path, purpose: purpose, body: body))
    }
}

// MARK: The reserved IP

extension Work {
    func giveReservedIP() async throws(ProviderError) {
        let droplet = try await requiredDroplet()
        let addresses = try await settledReservedIPs()
        let current = addresses.first { $0.droplet?.id == droplet.id }?.ip
        switch choices.reservedIP {
        case .none: return
        case .new: if current == nil { try await newReservedIP(for: droplet) }
        case .address(let address): if current != address { try await assign(address, to: droplet) }
        }
        let done = try await wait(times: 60) { elapsed throws(ProviderError) -> Bool? in
            let isThere = try await api.reservedIPs().contains { $0.droplet?.id == droplet.id }
            if !isThere { progress("The reserved IP does not lead to the droplet yet (\(elapsed) s)") }
            return isThere ? true : nil
        }
        guard done == true else { throw late("The reserved IP", "does not lead to the droplet after five minutes") }
    }

    /// The reserved IPs, once none is on its way to a droplet: for a moment after it was made, nothing says to which one.
    private func settledReservedIPs() async throws(ProviderError) -> [ReservedIP] {
        let settled = try await wait(times: 24) { _ throws(ProviderError) -> [ReservedIP]? in
            let addresses = try await api.reservedIPs()
            return addresses.contains { $0.droplet == nil && $0.locked == true } ? nil : addresses
        }
        guard let settled else { throw late("A reserved IP", "is on its way to a droplet for two minutes") }
        return settled
    }

    /// Made once: a second request would make a second one, which costs.
    private func newReservedIP(for droplet: Droplet) async throws(ProviderError) {
        struct Body: Encodable {
            let droplet: Int

            private enum CodingKeys: String, CodingKey { case droplet = "droplet_id" }
        }
        let body = try API.json(Body(droplet: droplet.id))
        let purpose = "reserve an IP for the droplet \(droplet.id)"
        let call = API.Call(method: .post, path: "/v2/reserved_ips", purpose: purpose, body: body, isRepeatable: false)
        guard case .unknown(let error) = try await api.outcome(of: call) else { return }
        let found = try await wait(times: 12) { _ throws(ProviderError) in
            try await settledReservedIPs().first { $0.droplet?.id == droplet.id }
        }
        guard found == nil else { return }
        throw error
    }

    private func assign(_ address: String, to droplet: Droplet) async throws(ProviderError) {
        struct Body: Encodable {
            let type = "assign"
            let droplet: Int

            private enum CodingKeys: String, CodingKey {
                case type
                case droplet = "droplet_id"
            }
        }
        let body = try API.json(Body(droplet: droplet.id))
        let purpose = "lead the reserved IP \(address) to the droplet \(droplet.id)"
        let path = "/v2/reserved_ips/\(address)/actions"
        let response = try await api.answer(to: .init(method: .post, path: path, purpose: purpose, body: body))
        try await finish(try api.decode(ActionAnswer.self, response, purpose).action, "Assigning the reserved IP")
    }
}

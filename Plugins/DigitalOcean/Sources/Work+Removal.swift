import Model
import PluginAPI

/// Takes away what carries the mark, and nothing else: each looks at what it is about to destroy.
extension Work {
    func removeReservedIP() async throws(ProviderError) {
        // An address that the options name was there before, and stays.
        guard choices.reservedIP == .new, let droplet = try await api.droplets(with: mark).first else { return }
        guard let ip = try await api.reservedIPs().first(where: { $0.droplet?.id == droplet.id })?.ip else { return }
        try await delete("/v2/reserved_ips/\(ip)", "release the reserved IP \(ip)")
    }

    func removeDroplet(_ id: Int) async throws(ProviderError) {
        let path = "/v2/droplets/\(id)"
        let done = try await wait(times: 60) { elapsed throws(ProviderError) -> Bool? in
            guard let droplet = try await api.find(DropletAnswer.self, path, "show the droplet \(id)")?.droplet else {
                return true
            }
            guard droplet.carries(mark) else {
                throw kept("The droplet \(id)", "does not carry the mark “\(mark)”")
            }
            // Asked again and again: while it is locked by another action, it is refused.
            let call = API.Call(
                method: .delete,
                path: path,
                purpose: "destroy the droplet \(id)",
                accepted: [404, 409, 422]
            )
            _ = try await api.answer(to: call)
            if elapsed > 0 { progress("The droplet is not gone yet (\(elapsed) s)") }
            return nil
        }
        guard done == true else { throw late("The droplet \(id)", "is not gone after five minutes") }
    }

    func removeFirewall() async throws(ProviderError) {
        guard let firewall = try await api.firewall(mark) else { return }
        let tags = (firewall.tags ?? []).filter { $0 != mark.text }
        let droplets = (firewall.droplets ?? []).map { "\($0)" }
        guard tags.isEmpty, droplets.isEmpty else {
            let others = OneLine.text((tags + droplets).joined(separator: ", "), limit: 200)
            throw kept("The firewall “\(mark)”", "guards something else too: \(others)")
        }
        try await delete("/v2/firewalls/\(firewall.id)", "delete the firewall “\(mark)”")
    }

    func removeProject() async throws(ProviderError) {
        guard let project = try await api.project(choices.project), project.description == mark.text else { return }
        let name = "The project “\(choices.project)”"
        let done = try await wait(times: 12) { _ throws(ProviderError) -> Bool? in
            guard try await api.resources(of: project).isEmpty else { return nil }
            let call = API.Call(
                method: .delete,
                path: "/v2/projects/\(project.id)",
                purpose: "delete the project “\(choices.project)”",
                accepted: [404, 412]
            )
            return try await api.answer(to: call).status == 412 ? nil : true
        }
        guard done == true else { throw kept(name, "still has something in it") }
    }

    func removeKey() async throws(ProviderError) {
        // A key of another name was there before.
        guard let key = try await api.key(request.key), key.name == mark.text else { return }
        try await delete("/v2/account/keys/\(request.key.fingerprint)", "remove the SSH key")
    }

    func removeTag() async throws(ProviderError) {
        let name = "The tag “\(mark)”"
        let done = try await wait(times: 12) { _ throws(ProviderError) -> Bool? in
            guard let tag = try await api.tag(mark) else { return true }
            // What was destroyed a moment ago may count still.
            guard (tag.resources?.count ?? 0) == 0 else { return nil }
            try await delete("/v2/tags/\(mark)", "delete the tag “\(mark)”")
            return true
        }
        guard done == true else { throw kept(name, "is still on something: an image, a volume or a snapshot") }
    }

    /// Gone already is fine.
    private func delete(_ path: String, _ purpose: String) async throws(ProviderError) {
        _ = try await api.answer(to: .init(method: .delete, path: path, purpose: purpose, accepted: [404]))
    }

    private func kept(_ thing: String, _ problem: String) -> ProviderError {
        ProviderError(thing, problem, remedy: "It was left alone. Look at it in the control panel and decide there.")
    }
}

import Model
import PluginAPI

/// Makes the changes, each looking first at what is there.
struct Work {
    let request: MachineRequest
    let choices: Choices
    let api: API
    let progress: @Sendable (String) -> Void

    var mark: MachineMark { request.mark }

    /// Between two looks at something that takes its time.
    static let step = Duration.seconds(5)

    /// Looks up to `times` times, until `look` finds what it waits for; nil where it never does.
    func wait<T>(
        times: Int,
        _ look: (_ elapsed: Int) async throws(ProviderError) -> T?
    ) async throws(ProviderError) -> T? {
        for count in 0..<times {
            if count > 0 { try await api.pause(Self.step) }
            if let found = try await look(count * Int(Self.step.components.seconds)) { return found }
        }
        return nil
    }

    func late(_ thing: String, _ problem: String) -> ProviderError {
        ProviderError(
            thing,
            problem,
            remedy: "Look at it in the control panel, and run the command again: it goes on from what is there.",
            retry: .later(after: nil)
        )
    }

    /// Waits until an action has ended. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Actions>
    func finish(_ action: ActionAnswer.Action, _ what: String) async throws(ProviderError) {
        let done = try await wait(times: 120) { elapsed throws(ProviderError) -> Bool? in
            let path = "/v2/actions/\(action.id)"
            let status = try await api.read(ActionAnswer.self, path, "show how far it is").action.status
            guard status != "errored" else { throw late(what, "failed: DigitalOcean calls the action errored") }
            if status != "completed" { progress("\(what): \(OneLine.text(status, limit: 40)) (\(elapsed) s)") }
            return status == "completed" ? true : nil
        }
        guard done == true else { throw late(what, "did not end within ten minutes") }
    }
}

// MARK: What the droplet needs before it

extension Work {
    /// The same tag again is the same tag.
    func makeTag() async throws(ProviderError) {
        guard try await api.tag(mark) == nil else { return }
        struct Body: Encodable { let name: String }
        let body = try API.json(Body(name: mark.text))
        _ = try await api.answer(
            to: .init(method: .post, path: "/v2/tags", purpose: "make the tag “\(mark)”", body: body)
        )
    }

    /// An account has a key once: a second one is refused.
    func makeKey() async throws(ProviderError) {
        guard try await api.key(request.key) == nil else { return }
        struct Body: Encodable {
            let name: String
            let key: String

            private enum CodingKeys: String, CodingKey {
                case name
                case key = "public_key"
            }
        }
        let body = try API.json(Body(name: mark.text, key: request.key.line))
        let purpose = "add the SSH key"
        let response = try await api.answer(
            to: .init(method: .post, path: "/v2/account/keys", purpose: purpose, body: body, accepted: [422])
        )
        guard response.status == 422 else { return }
        // What made it may be this very request, whose first answer was lost.
        guard try await api.key(request.key) == nil else { return }
        throw ProviderError(
            "The SSH key \(request.key.fingerprint)",
            "is refused (422)\(api.quote(response))",
            remedy: "Make another pair with ssh-keygen, and name its public half in the environment."
        )
    }

    /// A name is given once: a second one is refused, and what is there is made as requested.
    func makeFirewall() async throws(ProviderError) {
        let rules = FirewallRules(sshFrom: choices.sshFrom)
        let purpose = "make the firewall “\(mark)”"
        if try await api.firewall(mark) == nil {
            let body = try API.json(NewFirewall(mark, rules))
            _ = try await api.answer(
                to: .init(method: .post, path: "/v2/firewalls", purpose: purpose, body: body, accepted: [409])
            )
        }
        guard let found = try await api.firewall(mark) else {
            throw late("The firewall “\(mark)”", "was made and is gone")
        }
        if !found.isAsRequested(rules, mark: mark) {
            let body = try API.json(NewFirewall(mark, rules, replacing: found))
            let path = "/v2/firewalls/\(found.id)"
            _ = try await api.answer(
                to: .init(method: .put, path: path, purpose: "change the firewall “\(mark)”", body: body)
            )
        }
        let done = try await wait(times: 60) { elapsed throws(ProviderError) -> Bool? in
            let path = "/v2/firewalls/\(found.id)"
            let status = try await api.read(FirewallAnswer.self, path, "show the firewall “\(mark)”").firewall.status
            guard status != "failed" else { throw late("The firewall “\(mark)”", "could not be put in force") }
            if status != "succeeded" { progress("The firewall is not in force yet (\(elapsed) s)") }
            return status == "succeeded" ? true : nil
        }
        guard done == true else { throw late("The firewall “\(mark)”", "is not in force after five minutes") }
    }

    /// A name is given once; the mark in the description says whose it is.
    func makeProject() async throws(ProviderError) {
        guard !choices.project.isEmpty, try await api.project(choices.project) == nil else { return }
        struct Body: Encodable {
            let name: String
            let description: String
            let purpose = "Operational / Developer tooling"
        }
        let body = try API.json(Body(name: choices.project, description: mark.text))
        let purpose = "make the project “\(choices.project)”"
        let response = try await api.answer(
            to: .init(method: .post, path: "/v2/projects", purpose: purpose, body: body, accepted: [409, 422])
        )
        guard response.status >= 400, try await api.project(choices.project) == nil else { return }
        throw ProviderError(
            "The project “\(choices.project)”",
            "is refused (\(response.status))\(api.quote(response))",
            remedy: "Set the option “project” to another name, or to nothing."
        )
    }
}

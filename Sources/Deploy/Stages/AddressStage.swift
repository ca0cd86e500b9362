import Model
package import PluginAPI

/// Whether people reach the web application from here, under the name that they will use.
///
/// The last look: everything before was seen from inside.
package struct AddressStage: Stage {
    package let name = "address"
    private let domain: String?
    private let discoveries: Discoveries
    private let lookup: @Sendable (_ host: String) async -> [String]
    private let exchange: HTTPExchange
    private let host: any RemoteHost
    private let patience: Patience

    /// `lookup` gives the addresses that a name has now.
    package init(
        domain: String?,
        _ discoveries: Discoveries,
        lookup: @escaping @Sendable (_ host: String) async -> [String],
        exchange: @escaping HTTPExchange,
        host: any RemoteHost,
        patience: Patience = Patience()
    ) {
        self.domain = domain
        self.discoveries = discoveries
        self.lookup = lookup
        self.exchange = exchange
        self.host = host
        self.patience = patience
    }

    package func outlook() -> [PlannedChange] {
        let host = domain ?? "the name that sslip.io has for the machine's address"
        let names = domain.map {
            [records($0, ["the machine's address"], "A domain is led to a machine by whoever looks after it.")]
        }
        return (names ?? []) + [answer(host, "Nobody answers there yet.")]
    }

    package func survey() async throws -> StageSurvey {
        guard let address = discoveries.found.address else { return StageSurvey() }
        let place = PublicAddress(domain: domain, address: address)
        let facts: [StageSurvey.Fact] = [.init("web", place.web)]
        if let domain, let wrong = await wrongNames(domain) {
            let changes = [
                records(domain, discoveries.found.addresses, wrong),
                answer(domain, "It is asked once the name leads there."),
            ]
            return StageSurvey(facts: facts, changes: changes)
        }
        guard let problem = await problem(at: place) else {
            return StageSurvey(facts: facts + [.init("answers", "yes")])
        }
        if await answersWithoutName(place, at: address) {
            let note =
                "at \(address); this network's resolver does not know \(place.host): use another one, or write “\(address) "
                + "\(place.host) coolify.\(place.host)” into the hosts file"
            return StageSurvey(facts: facts + [.init("answers", note)])
        }
        return StageSurvey(facts: facts, changes: [answer(place.host, problem)])
    }

    /// The domain's names that lead elsewhere, as one sentence; nil where all lead to the machine.
    private func wrongNames(_ domain: String) async -> String? {
        var wrong: [String] = []
        for name in [domain, "coolify.\(domain)"] {
            let found = await lookup(name)
            guard found.isEmpty || Set(found).isDisjoint(with: discoveries.found.addresses) else { continue }
            wrong.append("\(name) leads \(found.isEmpty ? "nowhere" : "to \(found.joined(separator: ", "))")")
        }
        return wrong.isEmpty ? nil : "Now \(wrong.joined(separator: ", and "))."
    }

    private func records(_ domain: String, _ addresses: [String], _ why: String) -> PlannedChange {
        let lines = [domain, "coolify.\(domain)"].flatMap { name in
            addresses.map { "\(name) \($0.contains(":") ? "AAAA" : "A") \($0)" }
        }
        return PlannedChange(
            id: "names",
            kind: .change,
            what: "wait until \(domain) leads to the machine",
            why: "\(why) Set these records where the domain is looked after: \(lines.joined(separator: "; "))."
        )
    }

    private func answer(_ host: String, _ why: String) -> PlannedChange {
        PlannedChange(id: "answer", kind: .change, what: "wait until the web application answers at \(host)", why: why)
    }

    /// Why the application can't be used there; nil where it can.
    private func problem(at place: PublicAddress) async -> String? {
        do {
            return try await ask("\(place.web)/health", of: place)
        } catch {
            return "\(place.web)/health can't be reached: \(OneLine.text("\(error)", limit: 200))"
        }
    }

    /// Whether it answers at the machine's address, where this network does not know the name.
    ///
    /// Many resolvers leave out names that lead to private addresses. That keeps nobody from using them who has another
    /// resolver or a line in the hosts file, and no change to the machine would help.
    private func answersWithoutName(_ place: PublicAddress, at address: String) async -> Bool {
        guard domain == nil, place.web.hasPrefix("http://"), await lookup(place.host).isEmpty else { return false }
        let bracketed = address.contains(":") ? "[\(address)]" : address
        do { return try await ask("http://\(bracketed)/health", of: place) == nil } catch { return false }
    }

    /// The problem with the answer; nil where there is none.
    private func ask(_ url: String, of place: PublicAddress) async throws -> String? {
        let answer = try await exchange(HTTPRequest(url: url, headers: ["Host": place.host], isFresh: true))
        return answer.status == 200 ? nil : "\(place.web)/health answers \(answer.status)."
    }

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        guard let address = discoveries.found.address else { return }
        let place = PublicAddress(domain: domain, address: address)
        if change.id == "names", let domain {
            try await wait(for: domain, say)
            // The proxy asked for certificates when the names led nowhere yet, and asks again only when it starts.
            let restarted = try await host.run("docker restart coolify-proxy >/dev/null", deadline: .seconds(120))
            if restarted.exitCode != 0 {
                say("Coolify's proxy could not be restarted; its certificates may come later")
            }
        } else {
            try await wait(at: place, say)
        }
    }

    private func wait(for domain: String, _ say: @escaping @Sendable (String) -> Void) async throws {
        let told = records(domain, discoveries.found.addresses, "").why
        say(told)
        var last = ""
        let isThere = try await patience.wait(atMost: .seconds(900)) { _ -> Bool? in
            guard let wrong = await wrongNames(domain) else { return true }
            if wrong != last { say(wrong) }
            last = wrong
            return nil
        }
        guard isThere == true else {
            throw DeployError(
                "\(domain) does not lead to the machine after 15 minutes. \(last)\(told) Names may take hours to be known "
                    + "everywhere; all else is done. A proxy before the machine (Cloudflare's, for one) has to be off: the "
                    + "name must lead to the machine itself. Apply again once they are: host names can be asked with “getent hosts "
                    + "\(domain)”."
            )
        }
    }

    private func wait(at place: PublicAddress, _ say: @escaping @Sendable (String) -> Void) async throws {
        var last = ""
        let answers = try await patience.wait(atMost: .seconds(300)) { waited -> Bool? in
            guard let problem = await problem(at: place) else { return true }
            if await answersWithoutName(place, at: discoveries.found.address ?? "") { return true }
            if problem != last, waited > .zero { say(problem) }
            last = problem
            return nil
        }
        guard answers == true else {
            let hint =
                domain == nil
                ? " Some networks refuse names that lead to private addresses: try “getent hosts \(place.host)”, and another "
                    + "resolver or a line in the hosts file where it finds nothing." : ""
            throw DeployError(
                "The web application does not answer from here. \(last) The containers are well; look at the firewall (80 and "
                    + "443), at the certificate and at the proxy's log (“docker logs coolify-proxy” on the machine).\(hint) Then "
                    + "apply again."
            )
        }
    }
}

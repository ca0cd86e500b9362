import FoundationEssentials
import Markup
import Model

/// Keys, tags and firewalls.
extension FakeCloud {
    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/SSH-Keys>
    mutating func keys(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        func text(_ key: Key) -> String {
            let words = [("name", key.name), ("public_key", key.line), ("fingerprint", key.fingerprint)]
            return "{\"id\":\(key.id),"
                + words.map { "\"\($0.0)\":\(FakeReply.quoted($0.1))" }.joined(separator: ",") + "}"
        }
        if rest.isEmpty, request.method == .get { return page("ssh_keys", keys.map(text), request, query) }
        guard query.fields.isEmpty else { return .failure(400, "There are no parameters.") }
        if rest.isEmpty, request.method == .post {
            let fault = Self.fault(request.json, known: ["name", "public_key"], needed: ["name", "public_key"])
            if let fault { return fault }
            guard let line = request.json?["public_key"]?.string, let name = request.json?["name"]?.string,
                let blob = line.split(separator: " ").dropFirst().first.flatMap({ Data(base64Encoded: String($0)) })
            else { return .failure(422, "Key invalid, key should be of the format `type key [comment]`") }
            let pairs = SampleMachine.md5(Array(blob)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            let fingerprint = pairs.joined(separator: ":")
            guard !keys.contains(where: { $0.fingerprint == fingerprint }) else {
                return .failure(422, "SSH Key is already in use on your account")
            }
            let key = Key(id: 500_000 + next(), name: name, line: line, fingerprint: fingerprint)
            keys.append(key)
            return FakeReply(status: 201, body: "{\"ssh_key\":\(text(key))}")
        }
        guard rest.count == 1,
            let index = keys.firstIndex(where: { $0.fingerprint == rest[0] || "\($0.id)" == rest[0] })
        else { return .missing }
        switch request.method {
        case .get: return FakeReply(status: 200, body: "{\"ssh_key\":\(text(keys[index]))}")
        case .delete:
            keys.remove(at: index)
            return .gone
        default: return .missing
        }
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Tags>
    mutating func tags(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        func text(_ name: String) -> String {
            let count = livingDroplets.filter { $0.tags.contains(name) }.count
            return
                "{\"name\":\(FakeReply.quoted(name)),\"resources\":{\"count\":\(count),\"droplets\":{\"count\":\(count)}}}"
        }
        if rest.isEmpty, request.method == .get { return page("tags", tags.map(text), request, query) }
        guard query.fields.isEmpty else { return .failure(400, "There are no parameters.") }
        if rest.isEmpty, request.method == .post {
            if let fault = Self.fault(request.json, known: ["name"], needed: ["name"]) { return fault }
            guard let name = request.json?["name"]?.string, Self.isTag(name) else {
                return .failure(422, "Name is not a valid tag")
            }
            if !tags.contains(name) { tags.append(name) }
            return FakeReply(status: 201, body: "{\"tag\":\(text(name))}")
        }
        guard let name = rest.first, tags.contains(name) else { return .missing }
        switch (request.method, rest.count) {
        case (.get, 1): return FakeReply(status: 200, body: "{\"tag\":\(text(name))}")
        case (.delete, 1):
            tags.removeAll { $0 == name }
            for index in droplets.indices { droplets[index].tags.removeAll { $0 == name } }
            for index in firewalls.indices { firewalls[index].tags.removeAll { $0 == name } }
            return .gone
        case (.post, 2) where rest[1] == "resources":
            if let fault = Self.fault(request.json, known: ["resources"], needed: ["resources"]) { return fault }
            for resource in request.json?["resources"]?.list ?? [] {
                let fault = Self.fault(
                    resource,
                    known: ["resource_id", "resource_type"],
                    needed: ["resource_id", "resource_type"]
                )
                if let fault { return fault }
                guard resource["resource_type"]?.string == "droplet",
                    let index = droplets.firstIndex(where: { "\($0.id)" == resource["resource_id"]?.string })
                else { return .failure(422, "There is no such resource.") }
                if !droplets[index].tags.contains(name) { droplets[index].tags.append(name) }
            }
            return .gone
        default: return .missing
        }
    }

    static func isTag(_ name: String) -> Bool {
        (1...255).contains(name.count) && name.utf8.allSatisfy { $0.isASCIILetterOrDigit || "_-:".utf8.contains($0) }
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Firewalls>
    mutating func firewalls(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        func text(_ firewall: Firewall) -> String {
            """
            {"id":"\(firewall.id)","name":\(FakeReply.quoted(firewall.name)),\
            "status":"\(firewall.looks > 0 ? "waiting" : "succeeded")","inbound_rules":\(firewall.inbound),\
            "outbound_rules":\(firewall.outbound),"created_at":"2026-01-01T00:00:00Z","droplet_ids":\(firewall.droplets),\
            "tags":\(FakeReply.quoted(firewall.tags)),"pending_changes":[]}
            """
        }
        if rest.isEmpty, request.method == .get { return page("firewalls", firewalls.map(text), request, query) }
        guard query.fields.isEmpty else { return .failure(400, "There are no parameters.") }
        if rest.isEmpty, request.method == .post {
            let wanted: Firewall
            switch newFirewall(request.json, id: Self.uuid(next())) {
            case .success(let firewall): wanted = firewall
            case .failure(let refusal): return refusal.reply
            }
            guard !firewalls.contains(where: { $0.name == wanted.name }) else { return .failure(409, "duplicate name") }
            firewalls.append(wanted)
            return FakeReply(status: 202, body: "{\"firewall\":\(text(wanted))}")
        }
        guard rest.count == 1, let index = firewalls.firstIndex(where: { $0.id == rest[0] }) else { return .missing }
        switch request.method {
        case .get:
            defer { firewalls[index].looks -= firewalls[index].looks > 0 ? 1 : 0 }
            return FakeReply(status: 200, body: "{\"firewall\":\(text(firewalls[index]))}")
        case .put:
            switch newFirewall(request.json, id: rest[0]) {
            case .success(let firewall): firewalls[index] = firewall
            case .failure(let refusal): return refusal.reply
            }
            return FakeReply(status: 200, body: "{\"firewall\":\(text(firewalls[index]))}")
        case .delete:
            firewalls.remove(at: index)
            return .gone
        default: return .missing
        }
    }

    private struct Refusal: Error { let reply: FakeReply }

    private func newFirewall(_ json: JSONValue?, id: String) -> Result<Firewall, Refusal> {
        func refused(_ reply: FakeReply) -> Result<Firewall, Refusal> { .failure(Refusal(reply: reply)) }
        let known: Set = ["name", "inbound_rules", "outbound_rules", "tags", "droplet_ids"]
        if let fault = Self.fault(json, known: known, needed: ["name"]) { return refused(fault) }
        let name = json?["name"]?.string ?? ""
        guard name.wholeMatch(of: /[a-zA-Z0-9][a-zA-Z0-9.\-]+/) != nil else {
            return refused(.failure(422, "name may only contain letters, digits, dots and dashes"))
        }
        guard json?["inbound_rules"] != nil || json?["outbound_rules"] != nil else {
            return refused(.failure(422, "at least one inbound or outbound rule is needed"))
        }
        for (list, peers) in [("inbound_rules", "sources"), ("outbound_rules", "destinations")] {
            for rule in json?[list]?.list ?? [] {
                let keys: Set = ["protocol", "ports", peers]
                if let fault = Self.fault(rule, known: keys, needed: keys.sorted()) { return refused(fault) }
                let targets: Set = ["addresses", "droplet_ids", "load_balancer_uids", "kubernetes_ids", "tags"]
                if let fault = Self.fault(rule[peers], known: targets, needed: []) { return refused(fault) }
                guard ["tcp", "udp", "icmp"].contains(rule["protocol"]?.string ?? "") else {
                    return refused(.failure(422, "protocol must be tcp, udp or icmp"))
                }
                guard rule["ports"]?.string?.wholeMatch(of: /\d+(-\d+)?|all/) != nil else {
                    return refused(.failure(422, "ports must be a port, a range, or 0"))
                }
                guard rule[peers]?.members.contains(where: { !$0.value.list.isEmpty }) == true else {
                    return refused(.failure(422, "\(peers) must name something"))
                }
            }
        }
        let names = (json?["tags"]?.list ?? []).compactMap(\.string)
        if let stranger = names.first(where: { !tags.contains($0) }) {
            return refused(.failure(422, "tag \(stranger) does not exist"))
        }
        return .success(
            Firewall(
                id: id,
                name: name,
                inbound: FakeJSON.text(json?["inbound_rules"] ?? .array([])),
                outbound: FakeJSON.text(json?["outbound_rules"] ?? .array([])),
                tags: names,
                droplets: (json?["droplet_ids"]?.list ?? []).compactMap { $0.text.flatMap { Int($0) } },
                looks: patience
            )
        )
    }
}

/// Writes a value that was read.
enum FakeJSON {
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text): text
        case .string(let text): FakeReply.quoted(text)
        case .array(let values): "[\(values.map { text($0) }.joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(FakeReply.quoted($0.key)):\(text($0.value))" }.joined(separator: ","))}"
        }
    }
}

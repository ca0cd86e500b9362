import PluginAPI

struct FirewallAnswer: Decodable { let firewall: Firewall }

struct FirewallPage: Page {
    let firewalls: [Firewall]
    let links: Links?
    var items: [Firewall] { firewalls }
}

/// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Firewalls>
struct Firewall: Decodable {
    let id: String
    let name: String
    /// `waiting`, `succeeded` or `failed`.
    let status: String
    let inbound: [FirewallRule]?
    let outbound: [FirewallRule]?
    let tags: [String]?
    let droplets: [Int]?

    private enum CodingKeys: String, CodingKey {
        case id, name, status, tags
        case inbound = "inbound_rules"
        case outbound = "outbound_rules"
        case droplets = "droplet_ids"
    }

    var texts: [String] { FirewallRules.texts(inbound: inbound ?? [], outbound: outbound ?? []) }

    /// Whether it lets through what it should, and guards what has the mark.
    func isAsRequested(_ rules: FirewallRules, mark: MachineMark) -> Bool {
        texts == rules.texts && (tags ?? []).contains(mark.text)
    }
}

/// One kind of traffic that passes.
struct FirewallRule: Codable {
    struct Peers: Codable {
        var addresses: [String]?
        var tags: [String]?
        var droplets: [Int]?
        var balancers: [String]?
        var clusters: [String]?

        enum CodingKeys: String, CodingKey {
            case addresses, tags
            case droplets = "droplet_ids"
            case balancers = "load_balancer_uids"
            case clusters = "kubernetes_ids"
        }
    }

    let `protocol`: String
    /// `0` for all.
    var ports: String?
    var sources: Peers?
    var destinations: Peers?

    /// The rule in one way of writing: `in tcp 22 203.0.113.7`.
    var text: String {
        let peers = sources ?? destinations
        let isAll = ports == nil || ports == "all" || ports == "0"
        let addresses = (peers?.addresses ?? []).map { address in
            address.hasSuffix("/32") ? String(address.dropLast(3)) : address.lowercased()
        }
        let others =
            (peers?.tags ?? []).map { "tag:\($0)" } + (peers?.droplets ?? []).map { "droplet:\($0)" }
            + (peers?.balancers ?? []).map { "balancer:\($0)" } + (peers?.clusters ?? []).map { "cluster:\($0)" }
        let end = (addresses + others).sorted().joined(separator: ",")
        return "\(sources == nil ? "out" : "in") \(self.protocol) \(isAll ? "all" : ports ?? "all") \(end)"
    }
}

/// What may pass: SSH from the listed addresses, the web from everywhere, and everything outwards.
struct FirewallRules: Sendable {
    let inbound: [FirewallRule]
    let outbound: [FirewallRule]

    init(sshFrom: [String]) {
        let everywhere = FirewallRule.Peers(addresses: ["0.0.0.0/0", "::/0"])
        inbound = [
            FirewallRule(protocol: "tcp", ports: "22", sources: .init(addresses: sshFrom)),
            FirewallRule(protocol: "tcp", ports: "80", sources: everywhere),
            FirewallRule(protocol: "tcp", ports: "443", sources: everywhere),
        ]
        // Without these nothing would get out, no update and no page of a shop.
        outbound = ["tcp", "udp", "icmp"].map {
            FirewallRule(protocol: $0, ports: "0", destinations: everywhere)
        }
    }

    var texts: [String] { Self.texts(inbound: inbound, outbound: outbound) }

    static func texts(inbound: [FirewallRule], outbound: [FirewallRule]) -> [String] {
        Set((inbound + outbound).map(\.text)).sorted()
    }
}

/// The body that makes a firewall or replaces all of it.
struct NewFirewall: Encodable {
    let name: String
    let inbound: [FirewallRule]
    let outbound: [FirewallRule]
    let tags: [String]
    let droplets: [Int]

    private enum CodingKeys: String, CodingKey {
        case name, tags
        case inbound = "inbound_rules"
        case outbound = "outbound_rules"
        case droplets = "droplet_ids"
    }

    /// What others bound to `old` stays bound.
    init(_ mark: MachineMark, _ rules: FirewallRules, replacing old: Firewall? = nil) {
        name = mark.text
        inbound = rules.inbound
        outbound = rules.outbound
        tags = (old?.tags ?? []).filter { $0 != mark.text } + [mark.text]
        droplets = old?.droplets ?? []
    }
}

import Model
import PluginAPI

struct DropletAnswer: Decodable { let droplet: Droplet }

struct DropletPage: Page {
    let droplets: [Droplet]
    let links: Links?
    let meta: Meta?
    var items: [Droplet] { droplets }

    struct Meta: Decodable { let total: Int }
}

/// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Droplets>
struct Droplet: Decodable {
    struct Networks: Decodable { let v4: [Network]? }

    struct Network: Decodable {
        let address: String
        let type: String

        private enum CodingKeys: String, CodingKey {
            case address = "ip_address"
            case type
        }
    }

    struct Region: Decodable { let slug: String }

    struct Image: Decodable {
        let slug: String?
        let name: String?
    }

    let id: Int
    let name: String
    /// `new`, `active`, `off` or `archive`.
    let status: String
    let size: String
    let features: [String]
    let tags: [String]
    let region: Region
    let networks: Networks?
    let image: Image?

    private enum CodingKeys: String, CodingKey {
        case id, name, status, features, tags, region, networks, image
        case size = "size_slug"
    }

    var addresses: [String] { (networks?.v4 ?? []).filter { $0.type == "public" }.map(\.address) }
    var isReady: Bool { status == "active" && !addresses.isEmpty }
    var urn: String { "do:droplet:\(id)" }

    func carries(_ mark: MachineMark) -> Bool { tags.contains(mark.text) || name == mark.text }

    func machine(reservedIP: String?) -> Machine {
        let state: Machine.State =
            switch status {
            case "new": .starting
            case "active": addresses.isEmpty ? .starting : .running
            case "off", "archive": .stopped
            default: .other(OneLine.text(status, limit: 40))
            }
        var facts: [Machine.Fact] = [
            .init("Size", size), .init("Region", region.slug),
            .init("Image", image?.slug ?? image?.name ?? "unknown"),
            .init("Backups", features.contains("backups") ? "every week or day" : "none"),
        ]
        if let reservedIP { facts.append(.init("Reserved IP", reservedIP)) }
        let found = [reservedIP].compactMap { $0 } + addresses
        return Machine(id: "\(id)", state: state, addresses: found, facts: facts)
    }
}

/// The body that makes a droplet: no user data, which everything on the droplet can read for ever.
struct NewDroplet: Encodable {
    struct BackupPolicy: Encodable {
        let plan = "weekly"
        let weekday = "SUN"
        let hour = 0
    }

    let name: String
    let region: String
    let size: String
    let image: String
    let keys: [String]
    let tags: [String]
    let backups: Bool
    let policy: BackupPolicy?
    let ipv6 = true
    let monitoring = true

    private enum CodingKeys: String, CodingKey {
        case name, region, size, image, tags, backups, ipv6, monitoring
        case keys = "ssh_keys"
        case policy = "backup_policy"
    }

    init(_ request: MachineRequest, _ choices: Choices) {
        name = request.mark.text
        region = choices.region
        size = choices.size
        image = choices.image(for: request)
        keys = [request.key.fingerprint]
        tags = [request.mark.text]
        backups = choices.backups
        policy = choices.backups ? BackupPolicy() : nil
    }
}

import FoundationEssentials

/// One page of a list. <https://docs.digitalocean.com/reference/api/digitalocean/#section/Introduction/Links-and-Pagination>
protocol Page: Decodable {
    associatedtype Item
    var items: [Item] { get }
    var links: Links? { get }
}

struct Links: Decodable {
    struct Pages: Decodable { let next: String? }

    let pages: Pages?
}

struct AccountAnswer: Decodable {
    struct Account: Decodable {
        let status: String
        let limit: Int

        private enum CodingKeys: String, CodingKey {
            case status
            case limit = "droplet_limit"
        }
    }

    let account: Account
}

struct RegionPage: Page {
    struct Region: Decodable {
        let slug: String
        let available: Bool
        let sizes: [String]
    }

    let regions: [Region]
    let links: Links?
    var items: [Region] { regions }
}

struct SizePage: Page {
    let sizes: [Size]
    let links: Links?
    var items: [Size] { sizes }
}

struct Size: Decodable {
    let slug: String
    /// MiB.
    let memory: Int
    let vcpus: Int
    /// GiB.
    let disk: Int
    let monthly: Decimal
    let available: Bool
    let regions: [String]

    private enum CodingKeys: String, CodingKey {
        case slug, memory, vcpus, disk, available, regions
        case monthly = "price_monthly"
    }
}

struct ImageAnswer: Decodable {
    struct Image: Decodable {
        let slug: String?
        let regions: [String]
        let status: String?
        let disk: Int?

        private enum CodingKeys: String, CodingKey {
            case slug, regions, status
            case disk = "min_disk_size"
        }
    }

    let image: Image
}

struct KeyAnswer: Decodable {
    struct Key: Decodable {
        let name: String
        let fingerprint: String
    }

    let key: Key

    private enum CodingKeys: String, CodingKey { case key = "ssh_key" }
}

struct TagAnswer: Decodable {
    struct Tag: Decodable {
        struct Resources: Decodable { let count: Int? }

        let name: String
        let resources: Resources?
    }

    let tag: Tag
}

struct ProjectPage: Page {
    let projects: [Project]
    let links: Links?
    var items: [Project] { projects }
}

struct ProjectAnswer: Decodable { let project: Project }

struct Project: Decodable {
    let id: String
    let name: String
    let description: String?
}

struct ResourcePage: Page {
    struct Resource: Decodable { let urn: String }

    let resources: [Resource]
    let links: Links?
    var items: [Resource] { resources }
}

struct ReservedIPPage: Page {
    let addresses: [ReservedIP]
    let links: Links?
    var items: [ReservedIP] { addresses }

    private enum CodingKeys: String, CodingKey {
        case addresses = "reserved_ips"
        case links
    }
}

struct ReservedIP: Decodable {
    struct Owner: Decodable { let id: Int }

    let ip: String
    let droplet: Owner?
    /// Something is being done with it.
    let locked: Bool?
}

struct ActionAnswer: Decodable {
    struct Action: Decodable {
        let id: Int
        let status: String
    }

    let action: Action
}

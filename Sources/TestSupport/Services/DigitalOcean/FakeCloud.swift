/// What an account of `FakeDigitalOcean` holds.
package struct FakeCloud: Sendable {
    package struct Droplet: Sendable {
        package var id: Int
        package var name: String
        package var region: String
        package var size: String
        package var image: String
        package var tags: [String]
        package var keys: [String]
        package var hasBackups: Bool
        /// `new`, `active`, `off` or `archive`.
        package var status = "new"
        /// How many more looks it is `new`; then as many without an address.
        package var looks: Int
        package var address: String
        /// How many more looks it can be seen after it was destroyed; nil while it lives.
        package var leaving: Int?
        package var userData: String?
    }

    package struct Firewall: Sendable {
        package var id: String
        package var name: String
        /// JSON, as it was given.
        package var inbound: String
        package var outbound: String
        package var tags: [String]
        package var droplets: [Int]
        /// How many more looks it is `waiting`.
        package var looks: Int
    }

    package struct Key: Sendable {
        package var id: Int
        package var name: String
        package var line: String
        package var fingerprint: String

        package init(id: Int, name: String, line: String, fingerprint: String) {
            self.id = id
            self.name = name
            self.line = line
            self.fingerprint = fingerprint
        }
    }

    package struct Project: Sendable {
        package var id: String
        package var name: String
        package var description: String
        package var resources: [String]
    }

    package struct ReservedIP: Sendable {
        package var ip: String
        package var droplet: Int?
        /// What it is on its way to, and for how many more looks.
        package var pending: Int?
        package var looks = 0

        package init(ip: String, droplet: Int? = nil, pending: Int? = nil, looks: Int = 0) {
            self.ip = ip
            self.droplet = droplet
            self.pending = pending
            self.looks = looks
        }
    }

    /// Something that takes its time with a droplet.
    struct Action: Sendable {
        let id: Int
        let type: String
        let droplet: Int
        var looks: Int
    }

    package var token = FakeDigitalOcean.token
    package var accountStatus = "active"
    package var dropletLimit = 10
    package var droplets: [Droplet] = []
    /// What a new droplet gets; nil for one that leads nowhere.
    package var nextAddress: String?
    package var firewalls: [Firewall] = []
    package var keys: [Key] = []
    package var tags: [String] = []
    package var projects: [Project] = []
    package var reservedIPs: [ReservedIP] = []
    /// How many looks everything takes.
    package var patience = 2
    /// Whether a new droplet never gets ready.
    package var isStuck = false
    /// Whether a new droplet is gone before it is ready.
    package var isFull = false
    /// Regions in which `s-2vcpu-4gb` can be had.
    package var roomyRegions = ["fra1", "syd1"]
    var actions: [Action] = []
    private var number = 0

    /// An account with nothing in it but one default project.
    package init() {
        projects = [Project(id: Self.uuid(0), name: "first-project", description: "", resources: [])]
    }

    mutating func next() -> Int {
        number += 1
        return number
    }

    static func uuid(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "4de7ac8b-495b-4884-9a69-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// The droplets that live.
    package var livingDroplets: [Droplet] { droplets.filter { $0.leaving == nil } }

    /// Firewalls of others, so that a list has several pages.
    package mutating func addOthersFirewalls(_ count: Int) {
        for _ in 0..<count {
            let number = next()
            firewalls.append(
                Firewall(
                    id: Self.uuid(number),
                    name: "other-\(number)",
                    inbound: "[]",
                    outbound: "[]",
                    tags: [],
                    droplets: [],
                    looks: 0
                )
            )
        }
    }
}

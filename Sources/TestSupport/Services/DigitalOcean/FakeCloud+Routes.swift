import Markup
import Model

extension FakeCloud {
    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#section/Introduction/Requests>
    mutating func reply(to request: FakeServiceRequest) -> FakeReply {
        guard request.headers["Authorization"] == "Bearer \(token)" else {
            return .failure(401, "Unable to authenticate you")
        }
        let isWriting = request.method == .post || request.method == .put
        if isWriting, request.json == nil {
            return .failure(400, "The body is no JSON object, or is not said to be one.")
        }
        if !isWriting, !request.body.isEmpty { return .failure(400, "\(request.method.rawValue) takes no body.") }
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.first == "v2", parts.count >= 2 else { return .missing }
        let query = Query(request)
        let rest = Array(parts.dropFirst(2))
        switch parts[1] {
        case "account" where rest.first == "keys": return keys(request, query, Array(rest.dropFirst()))
        case "account": return account(request, query, rest)
        case "regions", "sizes", "images": return catalogue(request, query, parts[1], rest)
        case "tags": return tags(request, query, rest)
        case "firewalls": return firewalls(request, query, rest)
        case "droplets": return droplets(request, query, rest)
        case "actions": return actions(request, query, rest)
        case "projects": return projects(request, query, rest)
        case "reserved_ips": return reservedIPs(request, query, rest)
        default: return .missing
        }
    }

    /// The parameters of an address.
    struct Query {
        let fields: [String: String]

        init(_ request: FakeServiceRequest) {
            var fields: [String: String] = [:]
            for pair in request.query.split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                fields[String(parts[0])] = parts.count == 2 ? FormText.decoded(parts[1]) ?? "" : ""
            }
            self.fields = fields
        }

        /// The first parameter that is none of `known`.
        func unknown(_ known: Set<String>) -> String? { fields.keys.sorted().first { !known.contains($0) } }
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#section/Introduction/Links-and-Pagination>
    func page(_ name: String, _ items: [String], _ request: FakeServiceRequest, _ query: Query, more: Set<String> = [])
        -> FakeReply
    {
        if let unknown = query.unknown(more.union(["page", "per_page"])) {
            return .failure(400, "There is no parameter \(unknown).")
        }
        let size = Int(query.fields["per_page"] ?? "20") ?? 0
        let number = Int(query.fields["page"] ?? "1") ?? 0
        guard (1...200).contains(size), number >= 1 else {
            return .failure(400, "per_page must be 1 to 200, page 1 or more.")
        }
        let shown = items.dropFirst((number - 1) * size).prefix(size)
        let isLast = number * size >= items.count
        let next = FakeDigitalOcean.home + request.path + "?page=\(number + 1)&per_page=\(size)"
        let links =
            isLast ? "{}" : "{\"pages\":{\"next\":\(FakeReply.quoted(next)),\"last\":\(FakeReply.quoted(next))}}"
        let body =
            "{\"\(name)\":[\(shown.joined(separator: ","))],\"links\":\(links),\"meta\":{\"total\":\(items.count)}}"
        return FakeReply(status: 200, body: body)
    }

    /// Why a body is refused: a field that is not known, or one that is missing; nil where it is fine.
    static func fault(_ json: JSONValue?, known: Set<String>, needed: [String]) -> FakeReply? {
        if let unknown = json?.unknownKey(known) { return .failure(422, "\(unknown) is no field of this request") }
        for key in needed where json?[key] == nil || json?[key] == .null {
            return .failure(422, "\(key) is missing")
        }
        return nil
    }

    // MARK: What everybody sees

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Account>
    private func account(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        guard rest.isEmpty, request.method == .get, query.fields.isEmpty else { return .missing }
        let body = """
            {"account":{"droplet_limit":\(dropletLimit),"floating_ip_limit":5,"email":"someone@example.com",\
            "uuid":"b6fr89dbf6d9156cace5f3c78dc9851d957381ef","email_verified":true,"status":"\(accountStatus)",\
            "status_message":" "}}
            """
        return FakeReply(status: 200, body: body)
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Sizes>
    private func catalogue(_ request: FakeServiceRequest, _ query: Query, _ kind: String, _ rest: [String]) -> FakeReply
    {
        guard request.method == .get else { return .missing }
        switch (kind, rest.count) {
        case ("regions", 0):
            let regions = [("fra1", true), ("nyc2", false), ("syd1", true)].map { slug, isOpen in
                let sizes = Self.sizes.filter { places(of: $0).contains(slug) }.map(\.slug)
                return """
                    {"name":"\(slug)","slug":"\(slug)","features":["backups"],"available":\(isOpen),\
                    "sizes":\(FakeReply.quoted(isOpen ? sizes : []))}
                    """
            }
            return page("regions", regions, request, query)
        case ("sizes", 0):
            let sizes = Self.sizes.map { size in
                """
                {"slug":"\(size.slug)","memory":\(size.memory),"vcpus":\(size.vcpus),"disk":\(size.disk),"transfer":4.0,\
                "price_monthly":\(size.price),"price_hourly":0.03571,"regions":\(FakeReply.quoted(places(of: size))),\
                "available":\(size.isOffered),"description":"Basic"}
                """
            }
            return page("sizes", sizes, request, query)
        case ("images", 1):
            guard ["ubuntu-22-04-x64", "ubuntu-24-04-x64"].contains(rest[0]), query.fields.isEmpty else {
                return .missing
            }
            let body = """
                {"image":{"id":7555620,"name":"22.04 (LTS) x64","distribution":"Ubuntu","slug":"\(rest[0])","public":true,\
                "regions":["fra1","syd1"],"created_at":"2024-01-01T00:00:00Z","min_disk_size":7,"type":"base",\
                "size_gigabytes":2.36,"status":"available"}}
                """
            return FakeReply(status: 200, body: body)
        default: return .missing
        }
    }

    struct Size {
        let slug: String
        let memory: Int
        let vcpus: Int
        let disk: Int
        let price: String
        var isOffered = true
    }

    static let sizes = [
        Size(slug: "s-1vcpu-1gb", memory: 1024, vcpus: 1, disk: 25, price: "6.0"),
        Size(slug: "s-2vcpu-4gb", memory: 4096, vcpus: 2, disk: 80, price: "24.0"),
        Size(slug: "s-4vcpu-8gb", memory: 8192, vcpus: 4, disk: 160, price: "48.0"),
        Size(slug: "s-8vcpu-1gb", memory: 1024, vcpus: 8, disk: 25, price: "99.5", isOffered: false),
    ]

    func places(of size: Size) -> [String] { size.slug == "s-2vcpu-4gb" ? roomyRegions : ["fra1", "syd1"] }
}

import Markup
import Model

extension FakeCloud {
    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Droplets>
    mutating func droplets(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        // Actions go on whether or not anybody looks at them.
        if request.method == .get { for index in actions.indices { advance(index) } }
        switch (request.method, rest.count) {
        case (.get, 0):
            var shown = livingDroplets
            if let tag = query.fields["tag_name"] { shown = shown.filter { $0.tags.contains(tag) } }
            if let name = query.fields["name"] { shown = shown.filter { $0.name == name } }
            let known: Set = ["tag_name", "name", "type"]
            return page("droplets", shown.map(text), request, query, more: known)
        case (.post, 0): return newDroplet(request.json)
        // Destroys every droplet of a tag at once; whoever sends that should have looked first.
        case (.delete, 0): return .failure(403, "The test allows nobody to destroy droplets by a tag.")
        default: break
        }
        guard let id = Int(rest[0]), let index = droplets.firstIndex(where: { $0.id == id }) else { return .missing }
        guard query.fields.isEmpty else { return .failure(400, "There are no parameters.") }
        switch (request.method, rest.count) {
        case (.get, 1):
            guard step(index) else { return .missing }
            return FakeReply(status: 200, body: "{\"droplet\":\(text(droplets[index]))}")
        case (.delete, 1):
            guard droplets[index].status != "new" else {
                return .failure(422, "Droplet already has a pending event.")
            }
            if droplets[index].leaving == nil { droplets[index].leaving = patience }
            for place in projects.indices { projects[place].resources.removeAll { $0 == "do:droplet:\(id)" } }
            for place in reservedIPs.indices where reservedIPs[place].droplet == id { reservedIPs[place].droplet = nil }
            return .gone
        case (.post, 2) where rest[1] == "actions": return newAction(request.json, droplet: index)
        default: return .missing
        }
    }

    /// Every look brings a droplet nearer to what it is to become; false where it is gone.
    private mutating func step(_ index: Int) -> Bool {
        if let leaving = droplets[index].leaving {
            droplets[index].leaving = leaving - 1
            if leaving > 0 { return true }
            droplets.remove(at: index)
            return false
        }
        if isStuck { return true }
        if droplets[index].status == "new", isFull {
            droplets.remove(at: index)
            return false
        }
        guard droplets[index].status == "new" || droplets[index].looks > 0 else { return true }
        droplets[index].looks -= 1
        if droplets[index].looks <= patience { droplets[index].status = "active" }
        return true
    }

    private func text(_ droplet: Droplet) -> String {
        let size = Self.sizes.first { $0.slug == droplet.size }
        let isAddressed = droplet.status != "new" && droplet.looks <= 0
        let networks = [
            "{\"ip_address\":\"10.20.0.2\",\"netmask\":\"255.255.0.0\",\"gateway\":\"10.20.0.1\",\"type\":\"private\"}",
            "{\"ip_address\":\"\(droplet.address)\",\"netmask\":\"255.255.240.0\",\"gateway\":\"104.236.0.1\",\"type\":\"public\"}",
        ]
        let v4 = isAddressed ? networks.joined(separator: ",") : ""
        return """
            {"id":\(droplet.id),"name":\(FakeReply.quoted(droplet.name)),"memory":\(size?.memory ?? 0),\
            "vcpus":\(size?.vcpus ?? 0),"disk":\(size?.disk ?? 0),"locked":\(droplet.status == "new"),\
            "status":"\(droplet.status)","created_at":"2026-01-01T00:00:00Z",\
            "features":\(FakeReply.quoted(droplet.hasBackups ? ["backups", "ipv6"] : ["ipv6"])),"backup_ids":[],\
            "next_backup_window":null,"snapshot_ids":[],"volume_ids":[],"size_slug":"\(droplet.size)",\
            "image":{"id":7555620,"slug":"\(droplet.image)","name":"22.04 (LTS) x64"},\
            "networks":{"v4":[\(v4)],"v6":[]},"region":{"name":"\(droplet.region)","slug":"\(droplet.region)"},\
            "tags":\(FakeReply.quoted(droplet.tags))}
            """
    }

    private mutating func newDroplet(_ json: JSONValue?) -> FakeReply {
        let known: Set = [
            "name", "region", "size", "image", "ssh_keys", "backups", "backup_policy", "ipv6", "monitoring", "tags",
            "user_data", "volumes", "vpc_uuid", "with_droplet_agent",
        ]
        if let fault = Self.fault(json, known: known, needed: ["name", "size", "image"]) { return fault }
        guard let name = json?["name"]?.string, name.wholeMatch(of: /[a-zA-Z0-9]?[a-z0-9A-Z.\-]*[a-z0-9A-Z]/) != nil
        else { return .failure(422, "Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)") }
        for key in ["backups", "ipv6", "monitoring"] where json?[key] != nil && json?[key]?.bool == nil {
            return .failure(422, "\(key) must be true or false")
        }
        let policy = json?["backup_policy"]
        if let fault = Self.fault(policy, known: ["plan", "weekday", "hour"], needed: policy == nil ? [] : ["plan"]) {
            return fault
        }
        let region = json?["region"]?.string ?? "fra1"
        guard let size = Self.sizes.first(where: { $0.slug == json?["size"]?.string }), size.isOffered,
            places(of: size).contains(region)
        else { return .failure(422, "Size is not available in this region.") }
        guard let image = json?["image"]?.string, ["ubuntu-22-04-x64", "ubuntu-24-04-x64"].contains(image) else {
            return .failure(422, "You specified an invalid image for Droplet creation.")
        }
        let wanted = (json?["ssh_keys"]?.list ?? []).compactMap(\.text)
        guard wanted.allSatisfy({ id in keys.contains { $0.fingerprint == id || "\($0.id)" == id } }) else {
            return .failure(422, "\(wanted.joined(separator: ", ")) are invalid key identifiers for Droplet creation.")
        }
        let names = (json?["tags"]?.list ?? []).compactMap(\.string)
        guard names.allSatisfy(Self.isTag) else { return .failure(422, "Tags are not valid") }
        guard livingDroplets.count < dropletLimit else {
            return .failure(422, "creating this/these droplet(s) will exceed your droplet limit")
        }
        // A tag that is not there yet is made.
        for name in names where !tags.contains(name) { tags.append(name) }
        let id = 3_164_000 + next()
        let droplet = Droplet(
            id: id,
            name: name,
            region: region,
            size: size.slug,
            image: image,
            tags: names,
            keys: wanted,
            hasBackups: json?["backups"]?.bool ?? false,
            looks: patience * 2,
            address: nextAddress ?? "104.236.32.\(id % 250 + 1)",
            userData: json?["user_data"]?.string
        )
        droplets.append(droplet)
        projects[0].resources.append("do:droplet:\(id)")
        let body = """
            {"droplet":\(text(droplet)),"links":{"actions":[{"id":7515,"rel":"create",\
            "href":"https://api.digitalocean.com/v2/actions/7515"}]}}
            """
        return FakeReply(status: 202, body: body)
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Droplet-Actions>
    private mutating func newAction(_ json: JSONValue?, droplet index: Int) -> FakeReply {
        if let fault = Self.fault(json, known: ["type", "backup_policy"], needed: ["type"]) { return fault }
        let type = json?["type"]?.string ?? ""
        let isBusy = actions.contains { $0.droplet == droplets[index].id && $0.looks > 0 }
        guard droplets[index].status != "new", !isBusy else {
            return .failure(422, "Droplet already has a pending event.")
        }
        switch type {
        case "power_on" where droplets[index].status == "off": break
        case "enable_backups" where !droplets[index].hasBackups: break
        case "power_on": return .failure(422, "Droplet is already powered on.")
        case "enable_backups": return .failure(422, "Backups are already enabled.")
        default: return .failure(422, "You specified an invalid action type.")
        }
        let action = Action(id: 36_804_000 + next(), type: type, droplet: droplets[index].id, looks: patience)
        actions.append(action)
        return FakeReply(status: 201, body: "{\"action\":\(Self.text(action))}")
    }

    static func text(_ action: Action) -> String {
        """
        {"id":\(action.id),"status":"\(action.looks > 0 ? "in-progress" : "completed")","type":"\(action.type)",\
        "started_at":"2026-01-01T00:00:00Z","completed_at":null,"resource_id":\(action.droplet),\
        "resource_type":"droplet","region_slug":"syd1"}
        """
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Actions>
    mutating func actions(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        guard request.method == .get, rest.count == 1, query.fields.isEmpty,
            let index = actions.firstIndex(where: { "\($0.id)" == rest[0] })
        else { return .missing }
        advance(index)
        return FakeReply(status: 200, body: "{\"action\":\(Self.text(actions[index]))}")
    }

    /// Brings an action nearer to its end, and makes what it was for.
    private mutating func advance(_ index: Int) {
        guard actions[index].looks > 0 else { return }
        actions[index].looks -= 1
        guard actions[index].looks == 0, let place = droplets.firstIndex(where: { $0.id == actions[index].droplet })
        else { return }
        switch actions[index].type {
        case "power_on": droplets[place].status = "active"
        case "enable_backups": droplets[place].hasBackups = true
        default: break
        }
    }
}

import Markup
import Model

/// Projects and reserved IPs.
extension FakeCloud {
    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Projects>
    mutating func projects(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        func text(_ project: Project) -> String {
            """
            {"id":"\(project.id)","owner_uuid":"99525febec065ca37b2ffe4f852fd2b2581895e7","owner_id":258992,\
            "name":\(FakeReply.quoted(project.name)),"description":\(FakeReply.quoted(project.description)),\
            "purpose":"Operational / Developer tooling","environment":"","is_default":\(project.id == Self.uuid(0)),\
            "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}
            """
        }
        if rest.isEmpty, request.method == .get { return page("projects", projects.map(text), request, query) }
        if rest.isEmpty, request.method == .post {
            let known: Set = ["name", "description", "purpose", "environment"]
            if let fault = Self.fault(request.json, known: known, needed: ["name", "purpose"]) { return fault }
            let name = request.json?["name"]?.string ?? ""
            guard (1...175).contains(name.count) else { return .failure(422, "name must have 1 to 175 characters") }
            guard !projects.contains(where: { $0.name == name }) else { return .failure(409, "name is already in use") }
            let description = request.json?["description"]?.string ?? ""
            let project = Project(id: Self.uuid(next()), name: name, description: description, resources: [])
            projects.append(project)
            return FakeReply(status: 201, body: "{\"project\":\(text(project))}")
        }
        guard let index = projects.firstIndex(where: { $0.id == rest.first }) else { return .missing }
        switch (request.method, rest.count) {
        case (.delete, 1):
            guard projects[index].resources.isEmpty else {
                return .failure(412, "cannot delete a project with resources. move or remove the resources first")
            }
            projects.remove(at: index)
            return .gone
        case (.get, 2) where rest[1] == "resources":
            return page("resources", projects[index].resources.map(Self.resource), request, query)
        case (.post, 2) where rest[1] == "resources":
            if let fault = Self.fault(request.json, known: ["resources"], needed: ["resources"]) { return fault }
            let urns = (request.json?["resources"]?.list ?? []).compactMap(\.string)
            let mine = Set(livingDroplets.map { "do:droplet:\($0.id)" })
            guard !urns.isEmpty, urns.allSatisfy(mine.contains) else {
                return .failure(404, "the resource was not found")
            }
            for place in projects.indices { projects[place].resources.removeAll { urns.contains($0) } }
            projects[index].resources += urns
            let body =
                "{\"resources\":[\(urns.map(Self.resource).joined(separator: ","))],\"links\":{},\"meta\":{\"total\":1}}"
            return FakeReply(status: 200, body: body)
        default: return .missing
        }
    }

    private static func resource(_ urn: String) -> String {
        "{\"urn\":\(FakeReply.quoted(urn)),\"assigned_at\":\"2026-01-01T00:00:00Z\",\"links\":{},\"status\":\"assigned\"}"
    }

    /// As the documentation has it. <https://docs.digitalocean.com/reference/api/digitalocean/#tag/Reserved-IPs>
    mutating func reservedIPs(_ request: FakeServiceRequest, _ query: Query, _ rest: [String]) -> FakeReply {
        func text(_ address: ReservedIP) -> String {
            let droplet = address.droplet.map { "{\"id\":\($0)}" } ?? "null"
            return """
                {"ip":"\(address.ip)","region":{"name":"syd1","slug":"syd1"},"droplet":\(droplet),\
                "locked":\(address.pending != nil),"project_id":"\(Self.uuid(0))"}
                """
        }
        func isMine(_ id: Int?) -> Bool { livingDroplets.contains { $0.id == id && $0.status == "active" } }
        if rest.isEmpty, request.method == .get {
            let reply = page("reserved_ips", reservedIPs.map(text), request, query)
            for index in reservedIPs.indices where reservedIPs[index].pending != nil {
                reservedIPs[index].looks -= 1
                guard reservedIPs[index].looks <= 0 else { continue }
                reservedIPs[index].droplet = reservedIPs[index].pending
                reservedIPs[index].pending = nil
            }
            return reply
        }
        if rest.isEmpty, request.method == .post {
            if let fault = Self.fault(request.json, known: ["droplet_id"], needed: ["droplet_id"]) { return fault }
            let droplet = request.json?["droplet_id"]?.text.flatMap { Int($0) }
            guard isMine(droplet) else { return .failure(422, "The Droplet could not be found, or is not active.") }
            let address = ReservedIP(ip: "45.55.96.\(next())", droplet: nil, pending: droplet, looks: patience)
            reservedIPs.append(address)
            return FakeReply(status: 202, body: "{\"reserved_ip\":\(text(address)),\"links\":{\"actions\":[]}}")
        }
        guard let index = reservedIPs.firstIndex(where: { $0.ip == rest.first }) else { return .missing }
        switch (request.method, rest.count) {
        case (.get, 1): return FakeReply(status: 200, body: "{\"reserved_ip\":\(text(reservedIPs[index]))}")
        case (.delete, 1):
            guard reservedIPs[index].pending == nil else { return .failure(422, "The IP has a pending event.") }
            reservedIPs.remove(at: index)
            return .gone
        case (.post, 2) where rest[1] == "actions":
            let known: Set = ["type", "droplet_id"]
            if let fault = Self.fault(request.json, known: known, needed: ["type", "droplet_id"]) { return fault }
            let droplet = request.json?["droplet_id"]?.text.flatMap { Int($0) }
            guard request.json?["type"]?.string == "assign", isMine(droplet) else {
                return .failure(422, "The action cannot be done.")
            }
            reservedIPs[index].droplet = droplet
            let action = Action(id: 72_531_000 + next(), type: "assign_ip", droplet: droplet ?? 0, looks: patience)
            actions.append(action)
            return FakeReply(status: 201, body: "{\"action\":\(Self.text(action))}")
        default: return .missing
        }
    }
}

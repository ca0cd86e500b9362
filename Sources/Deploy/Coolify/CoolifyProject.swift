/// A project of Coolify; names are not unique.
package struct CoolifyProject: Hashable, Sendable {
    package let id: String
    package let name: String
    package let description: String

    init?(_ value: CoolifyValue) {
        guard let id = value["uuid"]?.word else { return nil }
        self.id = id
        name = value["name"]?.word ?? ""
        description = value["description"]?.word ?? ""
    }
}

/// An environment of a project; its name is the only one in there.
package struct CoolifyEnvironment: Hashable, Sendable {
    package let id: String
    package let name: String

    init?(_ value: CoolifyValue) {
        guard let id = value["uuid"]?.word, let name = value["name"]?.word else { return nil }
        self.id = id
        self.name = name
    }
}

/// A machine on which Coolify runs things.
package struct CoolifyServer: Hashable, Sendable {
    package let id: String
    package let name: String
    /// Whether it is the machine that Coolify itself runs on.
    package let isOwn: Bool
    /// Whether Coolify can sign in and use its Docker; true where it does not say.
    package let isUsable: Bool

    init?(_ value: CoolifyValue) {
        guard let id = value["uuid"]?.word else { return nil }
        self.id = id
        name = value["name"]?.word ?? id
        isOwn = value["ip"]?.word == "host.docker.internal"
        isUsable = ["is_reachable", "is_usable"].allSatisfy { field in
            (value[field] ?? value["settings"]?[field])?.isTrue ?? true
        }
    }
}

/// What is in one environment of a project.
package struct CoolifyHoldings: Hashable, Sendable {
    package let postgres: [CoolifyDatabase]
    package let redis: [CoolifyDatabase]
    package let applications: [CoolifyApplication]

    init(_ value: CoolifyValue) {
        postgres = (value["postgresqls"]?.elements ?? []).compactMap { CoolifyDatabase($0) }
        redis = (value["redis"]?.elements ?? []).compactMap { CoolifyDatabase($0) }
        applications = (value["applications"]?.elements ?? []).compactMap { CoolifyApplication($0) }
    }
}

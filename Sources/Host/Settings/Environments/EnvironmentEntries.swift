import Model

/// What `environments` in `config.json` says: the places to run that the deployer makes and keeps.
///
///     "environments": {"staging": {"provider": "multipass", "machine": {"diskGiB": 40}, "options": {}}}
struct EnvironmentEntries: Sendable {
    /// By name.
    private(set) var environments: [String: EnvironmentEntry] = [:]
    /// What `host config` prints: key and value.
    private(set) var shown: [(key: String, value: String)] = []
    private(set) var problems: [String] = []

    static let key = "environments"

    /// None.
    init() {}

    /// `path` is the file, for messages.
    init(_ json: ConfigJSON, path: String) {
        guard case .object(let environments) = json else {
            problems.append(
                "environments (\(path)) must be an object with a name for each, such as "
                    + "{\"staging\": {\"provider\": \"multipass\"}}."
            )
            return
        }
        for (name, value) in environments.sorted(by: { $0.key < $1.key }) { read(name, value, path) }
        for (repository, entries) in Dictionary(grouping: self.environments.values, by: \.repository)
        where !repository.isEmpty && entries.count > 1 {
            let names = entries.map(\.name).sorted().joined(separator: ", ")
            problems.append(
                "environments (\(path)): \(names) name the same repository \(repository), whose workflow can deploy one of "
                    + "them. Keep “github” in that one."
            )
        }
    }

    private mutating func read(_ name: String, _ json: ConfigJSON, _ path: String) {
        let place = "\(Self.key).\(name.prefix(40))"
        guard Self.isName(name) else {
            problems.append(
                "“\(name.prefix(40))” under environments (\(path)) is not a name: write 1 to 20 lowercase letters, digits and "
                    + "single dashes, the first a letter."
            )
            return
        }
        guard case .object(let members) = json else {
            problems.append("\(place) (\(path)) must be an object, such as {\"provider\": \"multipass\"}.")
            return
        }
        var entry = EnvironmentEntry(name: name)
        var reader = EntryReader(path: path)
        reader.read(&entry, members, EnvironmentFields.all, place, "an environment")
        if entry.provider.isEmpty, members["provider"] == nil {
            reader.complain("\(place) (\(path)) names no provider, such as “multipass”; “host plugins” lists them.")
        }
        for problem in Self.contradictions(in: entry, Self.namesImage(members)) {
            reader.complain("\(place) (\(path)) \(problem)")
        }
        shown += reader.shown
        problems += reader.problems
        environments[name] = entry
    }

    /// Whether the file says anything of an image's name, be it right or not.
    private static func namesImage(_ members: [String: ConfigJSON]) -> Bool {
        guard case .object(let image)? = members["image"], let name = image["name"] else { return false }
        return name != .null
    }

    /// What fits alone and not together; each completes “it …”.
    private static func contradictions(in entry: EnvironmentEntry, _ namesImage: Bool) -> [String] {
        var problems: [String] = []
        for option in entry.secrets.keys.sorted() where entry.options[option] != nil {
            problems.append("has “\(option)” under options and under secrets. Keep one of them.")
        }
        for name in entry.secretVariables.keys.sorted() where entry.variables[name] != nil {
            problems.append("has “\(name)” under variables and under secretVariables. Keep one of them.")
        }
        if entry.hasApplications, entry.coolify.adminEmail.isEmpty {
            problems.append(
                "names an image and nobody to whom Coolify shall belong. Add \"coolify\": {\"adminEmail\": "
                    + "\"anna@example.com\"}, an address whose part behind the @ can be resolved."
            )
        }
        if !namesImage,
            !entry.domain.isEmpty || !entry.repository.isEmpty || entry.coolify != .init() || !entry.variables.isEmpty
        {
            problems.append(
                "says what runs there and names no image to run. Add \"image\": {\"name\": "
                    + "\"ghcr.io/anna/price-monitoring-agent\"}."
            )
        }
        if entry.image.isPinned == true, !entry.repository.isEmpty {
            problems.append(
                "names a repository whose workflow deploys, and pins the image, so that each push would deploy the old image "
                    + "again. Take “pinned” out, so that each push deploys the new one, or take “github” out, so that “apply” "
                    + "alone does."
            )
        }
        if entry.hasApplications, !entry.repository.isEmpty, entry.tag != EnvironmentEntry.pipelineTag {
            problems.append(
                "names a repository, whose workflow moves the tag “\(EnvironmentEntry.pipelineTag)” and deploys then, and runs the "
                    + "tag “\(entry.tag.prefix(60))”, so that no push would change anything. Write \"tag\": "
                    + "\"\(EnvironmentEntry.pipelineTag)\" under “image”, or take “github” out."
            )
        }
        if entry.image.user.isEmpty != entry.image.passwordVariable.isEmpty {
            problems.append(
                "needs both “user” and “passwordVariable” under image, or none for an image that all may pull."
            )
        }
        if !entry.coolify.version.isEmpty, entry.coolify.installerSHA256.isEmpty,
            KnownCoolify.installers[entry.coolify.version] == nil
        {
            let known = KnownCoolify.installers.keys.sorted().joined(separator: ", ")
            problems.append(
                "asks for Coolify \(entry.coolify.version), whose installer this version does not know; it knows \(known). "
                    + "Add “installerSHA256”, the checksum of that version's install.sh, once you have looked at it."
            )
        }
        return problems
    }

    private static func isName(_ name: String) -> Bool {
        name.count <= 20 && name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil
    }
}

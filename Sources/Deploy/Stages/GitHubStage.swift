/// The secrets of a repository on GitHub whose workflow deploys: a token that may do nothing else, and each application's
/// webhook.
///
/// GitHub shows no values. What was set is written down as a hash with the time that GitHub gave it, so that a plan shows
/// what somebody else set or removed since.
package struct GitHubStage: Stage {
    package let name = "github"
    private let repository: String
    private let roles: [ApplicationRole]
    private let token: String
    private let domain: String?
    private let discoveries: Discoveries
    private let cli: GitHubCLI
    private let path: String

    /// `domain` is the environment's; `record` is the path of the file in which is written down what was set.
    package init(
        _ repository: EnvironmentWish.Repository,
        roles: [ApplicationRole],
        secrets: GeneratedSecrets,
        domain: String?,
        discoveries: Discoveries,
        cli: GitHubCLI,
        record: String
    ) {
        self.repository = repository.name
        self.roles = roles
        token = secrets.deployToken
        self.domain = domain
        self.discoveries = discoveries
        self.cli = cli
        path = record
    }

    private static let tokenName = "COOLIFY_TOKEN"

    private static func webhookName(_ role: ApplicationRole) -> String {
        "COOLIFY_WEBHOOK_\(role.rawValue.uppercased())"
    }

    private var names: [String] { [Self.tokenName] + roles.map { Self.webhookName($0) } }

    /// Coolify's, as GitHub's machines reach it; nil before the machine has an address.
    private var dashboard: String? {
        discoveries.found.address.map { PublicAddress(domain: domain, address: $0).dashboard }
    }

    /// By name; nil before the applications and the address are known.
    private var values: [String: String]? {
        guard let dashboard else { return nil }
        let applications = discoveries.found.applications
        var values = [Self.tokenName: token]
        let webhooks = Webhooks.addresses(dashboard, applications)
        for role in roles {
            guard let webhook = webhooks[role] else { return nil }
            values[Self.webhookName(role)] = webhook
        }
        return values
    }

    // MARK: Looking

    package func survey() async throws -> StageSurvey {
        let facts = [StageSurvey.Fact("repository", repository)]
        guard let values else {
            return StageSurvey(facts: facts, obstacle: "looked at once the applications are there")
        }
        // The workflow sends its token to no address that is not encrypted.
        guard let dashboard, dashboard.hasPrefix("https://") else {
            let why =
                "GitHub's machines don't reach Coolify at \(dashboard ?? "no address"), which is in this network alone. Leave "
                + "“repository” out of this environment, or name a domain that leads to the machine."
            return StageSurvey(facts: facts, changes: [person(why)])
        }
        let record = try SecretRecord(of: repository, at: path)
        let there: [GitHubCLI.Secret]
        do {
            there = try await cli.secrets(of: repository)
        } catch let error as GitHubError {
            return StageSurvey(facts: facts, changes: [person(error.words(about: repository))])
        }
        let changes = names.compactMap { name in
            change(of: name, to: values[name] ?? "", there.first { $0.name == name }, record.secrets[name])
        }
        let set = names.filter { name in !changes.contains { $0.id == Self.id(name) } }
        return StageSurvey(
            facts: facts + (set.isEmpty ? [] : [.init("secrets", set.joined(separator: ", "))]),
            changes: changes
        )
    }

    private func change(
        of name: String,
        to value: String,
        _ there: GitHubCLI.Secret?,
        _ entry: SecretRecord.Entry?
    ) -> PlannedChange? {
        guard let there else { return missing(name) }
        let why: String
        if let entry {
            if entry.updatedAt != there.updatedAt {
                why = "Somebody else set it at \(there.updatedAt); it was set from here at \(entry.updatedAt)."
            } else if !entry.isOf(value) {
                why = "What it was set to from here at \(entry.updatedAt) is not what is needed any more."
            } else {
                return nil
            }
        } else {
            why = "It was not set from here, and GitHub shows nobody what is in it."
        }
        return PlannedChange(id: Self.id(name), kind: .change, what: words(name), why: why, wanted: dashboard ?? "")
    }

    private func missing(_ name: String) -> PlannedChange {
        PlannedChange(
            id: Self.id(name),
            kind: .create,
            what: words(name),
            why: "The repository has none of that name, and its workflow deploys by it.",
            wanted: dashboard ?? ""
        )
    }

    private func person(_ why: String) -> PlannedChange {
        PlannedChange(
            id: "github",
            kind: .person,
            what: "the secrets of \(repository): \(names.joined(separator: ", "))",
            why: why
        )
    }

    private func words(_ name: String) -> String { "the secret \(name) of \(repository)" }

    /// `coolify-token`.
    private static func id(_ name: String) -> String { name.lowercased().replacing("_", with: "-") }

    /// Whether GitHub can be asked shows before there is anything to tell it.
    package func precheck() async throws -> [PlannedChange] {
        do {
            _ = try await cli.secrets(of: repository)
            return []
        } catch let error as GitHubError {
            return [person(error.words(about: repository))]
        }
    }

    package func outlook() -> [PlannedChange] { names.map { missing($0) } }

    // MARK: Doing

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        guard let name = names.first(where: { Self.id($0) == change.id }) else { return }
        do {
            if change.kind == .destroy { return try await remove(name) }
            guard let value = values?[name] else {
                throw DeployError("The applications are not there any more. Make a new plan.")
            }
            // From here until it is written down, it counts as set by somebody else, and is set again.
            try await cli.set(name, to: value, of: repository)
            guard let set = try await cli.secrets(of: repository).first(where: { $0.name == name }) else {
                throw DeployError("\(words(name)) was set and is not there. Look who else changes it, and apply again.")
            }
            var record = try SecretRecord(of: repository, at: path)
            record.secrets[name] = SecretRecord.Entry(value: value, updatedAt: set.updatedAt)
            try record.write(to: path)
        } catch let error as GitHubError {
            throw DeployError("\(words(name)) can't be changed. \(error.words(about: repository))")
        }
    }

    // MARK: Taking away

    /// Those that were set from here and that nobody else set since: a workflow that deploys to what is gone fails at every
    /// push.
    package func removal() async throws -> [PlannedChange] {
        let record = try SecretRecord(of: repository, at: path)
        guard !record.secrets.isEmpty else { return [] }
        let there: [GitHubCLI.Secret]
        do {
            there = try await cli.secrets(of: repository)
        } catch GitHubError.noRepository {
            return []
        } catch let error as GitHubError {
            throw DeployError(
                "The secrets that were set at GitHub can't be taken away. \(error.words(about: repository)) To leave them "
                    + "there, remove the file “\(path)”."
            )
        }
        return names.reversed().compactMap { name in
            guard let entry = record.secrets[name],
                there.contains(where: { $0.name == name && $0.updatedAt == entry.updatedAt })
            else { return nil }
            return PlannedChange(
                id: Self.id(name),
                kind: .destroy,
                what: words(name),
                why: "It was set from here, and leads to what goes."
            )
        }
    }

    private func remove(_ name: String) async throws {
        try await cli.remove(name, of: repository)
        var record = try SecretRecord(of: repository, at: path)
        record.secrets[name] = nil
        try record.write(to: path)
    }
}

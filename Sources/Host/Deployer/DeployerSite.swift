import Deploy
import Fetch
import FoundationEssentials
import Logging
import Model
import Monitoring
import Operations
import PluginAPI

/// One environment with everything that it takes to work on it.
struct DeployerSite: Sendable {
    let deployment: Deployment
    let provider: any InfrastructureProvider
    /// What is to run on the machine; nil where nothing is.
    let wish: EnvironmentWish?
    /// With which the machine is signed in to.
    let key: OperatorKey
    private let fetcher: Fetcher
    private let tools: StageTools

    /// Throws every problem with the settings at once, before anything is looked at.
    init(_ name: String, _ loaded: LoadedSettings, _ settings: Settings) throws {
        let environment = try Self.entry(name, of: loaded.environments)
        let registry = try InstalledPlugins.registry()
        guard let plugin = registry.provider(PluginID(environment.provider)) else {
            let known = registry.providers.map { "\($0.id)" }.joined(separator: ", ")
            throw Failure(
                .configuration,
                "environments.\(name).provider is “\(environment.provider)”, which is none of this build: \(known)."
            )
        }
        var problems: [String] = []
        var secrets = SecretVariables()
        let options = plugin.options.filter { $0.kind == .secret }
        let values = Self.values(of: environment, secrets: options, &secrets, &problems)
        let wish = environment.wish { variable, place in
            secrets.value(of: variable, for: "environments.\(name).\(place)")
        }
        problems += secrets.problems
        let key = OperatorKey.read(environment.sshKey, "environments.\(name).sshKey")
        if case .failure(let failure) = key { problems.append(failure.message) }
        guard problems.isEmpty, let key = try? key.get() else {
            throw Failure(.configuration, problems.joined(separator: "\n"))
        }
        self.key = key
        let logger = Logger(label: "host")
        let fetcher = Fetcher(settings: settings.fetch, logger: logger)
        self.fetcher = fetcher
        let provider: any InfrastructureProvider
        do {
            provider = try Self.make(plugin, values, fetcher, logger)
        } catch let error as SetupError {
            throw Failure(.configuration, "environments.\(name): the option \(error)")
        }
        (self.provider, self.wish) = (provider, wish)
        let tools = StageTools(
            environment: environment,
            key: key,
            folder: "\(settings.data.folder)/deploy",
            provider: provider,
            exchange: { try await fetcher.exchange($0, through: .operator) }
        )
        self.tools = tools
        deployment = Deployment(
            environment: name,
            folder: tools.folder,
            operatorName: OperatorName.current,
            now: SystemClock.now,
            makeMark: { Self.mark(of: name) },
            stages: { mark, secrets in try tools.workshop(mark, secrets, wish).stages }
        )
    }

    /// Where a backup goes that nobody named: `…/deploy/backups/staging-20261201T041530Z.tar`.
    func backupPath() throws -> String {
        let folder = "\(tools.folder)/backups"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let now = SystemClock.now().iso8601.filter { $0 != "-" && $0 != ":" }
        return "\(folder)/\(deployment.environment)-\(now.prefix { $0 != "." }.filter { $0 != "Z" })Z.tar"
    }

    /// Where the provider says that the machine is; empty where there is none.
    func addresses() async throws -> [String] {
        guard let mark = try deployment.currentMark() else { return [] }
        let workshop = try tools.workshop(mark, GeneratedSecrets(), nil)
        for stage in workshop.stages { _ = try await stage.survey() }
        return workshop.discoveries.found.addresses
    }

    /// Looks for what a verb works with, and at nothing else: what is not as it should be is no hindrance, nor is a registry
    /// that does not answer.
    func workshop(_ mark: String, _ secrets: GeneratedSecrets) async throws -> (Workshop, work: CoolifyWorkplace) {
        let workshop = try tools.workshop(mark, secrets, wish)
        guard let work = workshop.work else {
            throw Failure(
                .configuration,
                "environments.\(deployment.environment) names no image, so nothing runs on its machine. Add \"image\": "
                    + "{\"name\": \"ghcr.io/anna/price-monitoring-agent\"}."
            )
        }
        for name in [MachineStage.name, SignInStage.name, DatabasesStage.name] {
            guard let stage = workshop.stages.first(where: { $0.name == name }) else { continue }
            let survey = try await stage.survey()
            let isFound =
                switch name {
                case MachineStage.name: !workshop.discoveries.found.addresses.isEmpty
                case SignInStage.name: workshop.discoveries.found.address != nil
                default: workshop.discoveries.found.postgresURL != nil
                }
            guard isFound else {
                let reason = survey.changes.first.map { ": \($0.why)" } ?? "."
                throw DeployError(
                    "“\(deployment.environment)” is not complete at “\(name)”\(reason) “plan” says what is missing, and “apply” "
                        + "makes it."
                )
            }
        }
        return (workshop, work)
    }

    /// The same for a verb that changes nothing and may run beside others.
    func lookedAt() async throws -> (Workshop, work: CoolifyWorkplace) {
        guard let mark = try deployment.currentMark(), let secrets = try deployment.currentSecrets() else {
            throw DeployError.nothingThere(deployment.environment)
        }
        return try await workshop(mark, secrets)
    }

    /// Whether there is a database with data that could be lost; throws where that can't be found out.
    func hasDatabase() async throws -> Bool {
        guard let mark = try deployment.currentMark() else { return false }
        let secrets = try deployment.currentSecrets()
        let workshop = try tools.workshop(mark, secrets ?? GeneratedSecrets(), wish)
        var obstacle: String?
        if secrets == nil {
            obstacle =
                "Its passwords are not in “\(deployment.secretsPath)” any more. Put that file back from a backup."
        } else if workshop.work == nil {
            obstacle =
                "environments.\(deployment.environment) names no “image” any more. Put it back into the settings."
        }
        let record = DatabaseRecord(try Journal.entries(of: deployment.journalPath))
        return try await DataAtRisk(record, workshop.stages, workshop.discoveries, obstacle: obstacle).isThere()
    }

    /// Writes a backup to `path`; gives its size in bytes.
    func backUp(to path: String, _ progress: RunProgress) async throws -> Int {
        try await deployment.work("backup") { mark, secrets in
            let (workshop, _) = try await workshop(mark, secrets)
            let backup = EnvironmentBackup(workshop.machine, try workshop.database())
            return try await backup.back(upTo: path) { progress.waits($0) }
        }
    }

    func close() async {
        await tools.close()
        await fetcher.close()
    }

    private static func entry(_ name: String, of entries: EnvironmentEntries) throws -> EnvironmentEntry {
        if let entry = entries.environments[name] { return entry }
        let names = entries.environments.keys.sorted()
        guard !names.isEmpty else {
            throw Failure(
                .configuration,
                "config.json names no environments. Add one: "
                    + "\"environments\": {\"\(name.prefix(20))\": {\"provider\": \"multipass\"}}."
            )
        }
        throw Failure(
            .usage,
            "There is no environment “\(name.prefix(40))” in config.json. There is: \(names.joined(separator: ", "))."
        )
    }

    private static func make(
        _ plugin: any InfrastructureProvider.Type,
        _ values: [String: String],
        _ fetcher: Fetcher,
        _ logger: Logger
    ) throws -> any InfrastructureProvider {
        try plugin.init(
            PluginSetup(
                options: plugin.options,
                values: values,
                exchange: { try await fetcher.exchange($0, through: .operator) },
                mail: { _ in throw Refused("A provider of machines sends no mail.") },
                run: ProcessRunner.run,
                logger: logger
            )
        )
    }

    /// What the file says, and the secrets from where it says they are.
    private static func values(
        of environment: EnvironmentEntry,
        secrets options: [Option],
        _ secrets: inout SecretVariables,
        _ problems: inout [String]
    ) -> [String: String] {
        var values = environment.options
        let place = "environments.\(environment.name)"
        for option in options where values[option.key] != nil {
            problems.append(
                "\(place).options.\(option.key) is a secret, which does not belong into the file. Name the environment variable "
                    + "that holds it: \"secrets\": {\"\(option.key)\": \"VARIABLE\"}."
            )
            values[option.key] = nil
        }
        for (key, variable) in environment.secrets.sorted(by: { $0.key < $1.key }) {
            if let value = secrets.value(of: variable, for: "\(place).secrets.\(key)") { values[key] = value }
        }
        return values
    }

    /// `pma-staging-1f3a9c2b`.
    private static func mark(of environment: String) -> String {
        let number = UInt32.random(in: .min ... .max)
        let digits = String(number, radix: 16)
        return "pma-\(environment)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }
}

import Deploy
import Fetch
import PluginAPI
import Synchronization

/// What the stages of an environment work with.
final class StageTools: Sendable {
    let folder: String
    private let environment: EnvironmentEntry
    private let key: OperatorKey
    private let provider: any InfrastructureProvider
    private let exchange: HTTPExchange
    /// Ways into machines that were opened and have to be closed.
    private let machines = Mutex<[EnvironmentMachine]>([])

    init(
        environment: EnvironmentEntry,
        key: OperatorKey,
        folder: String,
        provider: any InfrastructureProvider,
        exchange: @escaping HTTPExchange
    ) {
        self.environment = environment
        self.key = key
        self.folder = folder
        self.provider = provider
        self.exchange = exchange
    }

    /// Everything to work with on what carries `mark`.
    func workshop(_ mark: String, _ secrets: GeneratedSecrets, _ wish: EnvironmentWish?) throws -> Workshop {
        let discoveries = Discoveries()
        let setup = OpenSSH.Setup(
            mark: mark,
            pins: HostKeyPins("\(folder)/\(environment.name).known_hosts"),
            identity: key.identity,
            run: ProcessRunner.run
        )
        let machine = EnvironmentMachine(setup, discoveries)
        machines.withLock { $0.append(machine) }
        let first: [any Stage] = [
            MachineStage(provider, try request(mark), discoveries, pins: setup.pins)
        ]
        guard let wish else { return Workshop(stages: first, discoveries: discoveries, machine: machine, work: nil) }
        let api = CoolifyAPI(
            root: { "http://127.0.0.1:\(try await machine.tunnel(to: Self.coolifyPort))" },
            token: secrets.coolifyToken,
            secrets: CoolifyWorkplace.hidden(wish, secrets),
            exchange: exchange
        )
        let work = CoolifyWorkplace(
            environment: environment.name,
            mark: mark,
            wish: wish,
            secrets: secrets,
            discoveries: discoveries,
            api: api
        )
        var stages: [any Stage] = [
            SignInStage(setup, machine, discoveries),
            CoolifyStage(wish, secrets, machine, discoveries),
            ImageStage(
                wish.image,
                secrets,
                registry: RegistryClient(exchange),
                host: machine,
                discoveries: discoveries
            ),
            DatabasesStage(work),
            ApplicationsStage(work),
            AddressStage(
                domain: wish.domain,
                discoveries,
                lookup: SystemNames.addresses,
                exchange: exchange,
                host: machine
            ),
        ]
        if let repository = wish.repository {
            stages.append(
                GitHubStage(
                    repository,
                    roles: wish.applications.map(\.role),
                    secrets: secrets,
                    domain: wish.domain,
                    discoveries: discoveries,
                    cli: GitHubCLI(ProcessRunner.run),
                    record: "\(folder)/\(environment.name).github.json"
                )
            )
        }
        return Workshop(stages: first + stages, discoveries: discoveries, machine: machine, work: work)
    }

    /// Where Coolify's API listens on its machine.
    private static let coolifyPort = 8000

    func close() async {
        let all = machines.withLock { machines in
            defer { machines = [] }
            return machines
        }
        for machine in all { await machine.close() }
    }

    private func request(_ mark: String) throws -> MachineRequest {
        guard let name = MachineMark(mark) else {
            throw DeployError("The mark “\(mark)” in the journal is no name. Take the journal from a backup.")
        }
        return MachineRequest(
            environment: environment.name,
            mark: name,
            key: key.publicKey,
            cpus: environment.cpus,
            memoryMiB: environment.memoryMiB,
            diskGiB: environment.diskGiB,
            release: environment.release
        )
    }
}

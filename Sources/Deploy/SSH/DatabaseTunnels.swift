import FoundationEssentials
import PluginAPI

/// Ways from this computer to the databases of an environment, which the applications alone reach otherwise.
package struct DatabaseTunnels: Sendable {
    /// One of them, open until the connection to the machine is closed.
    package struct Way: Hashable, Sendable {
        /// `PostgreSQL`, `Redis`.
        package let title: String
        /// Of this computer, at 127.0.0.1.
        package let port: Int
        package let user: String
        /// Of PostgreSQL its name, of Redis its number.
        package let database: String
    }

    private let machine: EnvironmentMachine
    private let discoveries: Discoveries

    package init(_ machine: EnvironmentMachine, _ discoveries: Discoveries) {
        self.machine = machine
        self.discoveries = discoveries
    }

    /// Of PostgreSQL first, then of Redis; throws where one of them does not run.
    package func open() async throws -> [Way] {
        let found = discoveries.found
        var ways: [Way] = []
        for (kind, url, port) in [(DatabaseKind.postgres, found.postgresURL, 5432), (.redis, found.redisURL, 6379)] {
            guard let url, let container = DatabaseContainer(url: url), let address = try await address(container.id)
            else {
                throw DeployError(
                    "\(kind.title) does not run there. “status” says what is wrong, and “apply” starts it."
                )
            }
            ways.append(
                Way(
                    title: kind.title,
                    port: try await machine.tunnel(to: port, at: address),
                    user: container.user,
                    database: container.name
                )
            )
        }
        return ways
    }

    /// Of a container, which only its machine reaches; nil where it does not run.
    private func address(_ container: String) async throws -> String? {
        let result = try await machine.run("docker inspect \(container)")
        let inspected = try? JSONDecoder().decode([Container].self, from: Data(result.output))
        // One that does not run has an empty one.
        return inspected?.first?.settings.networks.values.map(\.address).first { !$0.isEmpty }
    }

    private struct Container: Decodable {
        let settings: Settings

        enum CodingKeys: String, CodingKey {
            case settings = "NetworkSettings"
        }

        struct Settings: Decodable {
            let networks: [String: Network]

            enum CodingKeys: String, CodingKey {
                case networks = "Networks"
            }
        }

        struct Network: Decodable {
            let address: String

            enum CodingKeys: String, CodingKey {
                case address = "IPAddress"
            }
        }
    }
}

package import PluginAPI
import Synchronization

/// The machine of an environment at the address where it was reached in this survey.
///
/// A virtual machine may have another address after each start, so nothing holds on to one.
package final class EnvironmentMachine: RemoteHost {
    private let setup: OpenSSH.Setup
    private let discoveries: Discoveries
    private let open = Mutex<[String: OpenSSH]>([:])

    package init(_ setup: OpenSSH.Setup, _ discoveries: Discoveries) {
        self.setup = setup
        self.discoveries = discoveries
    }

    /// The way into the machine at `address`.
    func connection(to address: String) throws -> OpenSSH {
        try open.withLock { open in
            if let there = open[address] { return there }
            let new = try OpenSSH(address, setup)
            open[address] = new
            return new
        }
    }

    private var current: OpenSSH {
        get throws {
            guard let address = discoveries.found.address else {
                throw DeployError("The machine has not been reached yet. Look at it with “status”.")
            }
            return try connection(to: address)
        }
    }

    package func run(_ script: String, deadline: Duration) async throws -> CommandResult {
        try await current.run(script, deadline: deadline)
    }

    package func tunnel(to port: Int) async throws -> Int { try await current.tunnel(to: port) }

    /// The same for a port of an address that the machine reaches, such as a container's.
    func tunnel(to port: Int, at host: String) async throws -> Int { try await current.tunnel(to: port, at: host) }

    /// Lets what is open stay open; throws where it was cut.
    package func keepOpen() async throws { try await current.keepOpen() }

    package func fetch(_ remotePath: String, to path: String) async throws {
        try await current.fetch(remotePath, to: path)
    }

    package func send(_ path: String, to remotePath: String) async throws {
        try await current.send(path, to: remotePath)
    }

    package func close() async {
        let all = open.withLock { open in
            defer { open = [:] }
            return Array(open.values)
        }
        for connection in all { await connection.close() }
    }
}

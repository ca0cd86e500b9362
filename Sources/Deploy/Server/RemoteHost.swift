package import PluginAPI

/// The machine of an environment, once somebody may sign in.
package protocol RemoteHost: Sendable {
    /// Runs a POSIX shell script as root; any exit code is a result.
    ///
    /// The script comes by the standard input of a shell, so no list of processes shows what is in it. Throws
    /// `DeployError` where the machine can't be reached.
    func run(_ script: String, deadline: Duration) async throws -> CommandResult
    /// The port of this machine behind which the machine's own `port` is, open until `close`.
    func tunnel(to port: Int) async throws -> Int
    /// Copies a file from the machine.
    func fetch(_ remotePath: String, to path: String) async throws
    /// Copies a file to the machine.
    func send(_ path: String, to remotePath: String) async throws
    func close() async
}

extension RemoteHost {
    package func run(_ script: String) async throws -> CommandResult { try await run(script, deadline: .seconds(60)) }
}

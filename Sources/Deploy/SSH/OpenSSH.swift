import FoundationEssentials
package import PluginAPI
import Synchronization

/// A way into one machine by the OpenSSH of this one.
///
/// The first call signs in; all others go through its connection, which ends ten minutes after it was last used, so that
/// a program that was killed leaves nothing behind for long.
package final class OpenSSH: RemoteHost {
    private let address: String
    private let options: [String]
    private let runner: CommandRunner
    /// Holds the connection's socket, whose path may have a hundred letters and no more.
    private let folder: String
    /// Local port by what is behind it.
    private let tunnels = Mutex<[String: Int]>([:])

    /// What a connection takes.
    package struct Setup: Sendable {
        /// The name under which the host key is pinned.
        package let mark: String
        package let pins: HostKeyPins
        /// The path of the private key, or of the public one where only the agent has the private one.
        package let identity: String
        package let port: Int
        package let run: CommandRunner

        package init(mark: String, pins: HostKeyPins, identity: String, port: Int = 22, run: @escaping CommandRunner) {
            self.mark = mark
            self.pins = pins
            self.identity = identity
            self.port = port
            self.run = run
        }
    }

    package init(_ address: String, _ setup: Setup) throws {
        self.address = address
        runner = setup.run
        let id = UUID().uuidString.prefix(8).lowercased()
        folder = FileManager.default.temporaryDirectory.appending(path: "pma-\(id)").path
        try Folder.make(folder)
        options = [
            "-F", "none", "-o", "Port=\(setup.port)", "-o", "User=root", "-o", "BatchMode=yes",
            "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=\(setup.pins.path)",
            "-o", "GlobalKnownHostsFile=none", "-o", "HostKeyAlias=\(setup.mark)", "-o", "UpdateHostKeys=no",
            "-o", "CheckHostIP=no", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=15",
            "-o", "ServerAliveCountMax=4", "-o", "LogLevel=ERROR", "-o", "ControlMaster=auto",
            "-o", "ControlPath=\(folder)/ssh", "-o", "ControlPersist=600",
            // Of an agent's keys only this one is offered: after a few wrong ones a server listens to no more.
            "-o", "IdentitiesOnly=yes", "-o", "IdentityFile=\(setup.identity)",
        ]
    }

    package func run(_ script: String, deadline: Duration) async throws -> CommandResult {
        do {
            return try await attempt(script, deadline: deadline)
        } catch let problem as SSHProblem {
            throw DeployError(problem.sentence(about: address))
        }
    }

    /// Throws `SSHProblem` where the machine can't be got into.
    func attempt(_ script: String, deadline: Duration = .seconds(60)) async throws -> CommandResult {
        // The shell reads all of it before it begins, so that no command of it takes the rest for its own input.
        let input = "{\n\(script)\nexit\n}\n"
        let command = Command("ssh", options + [address, "sh -s"], input: Array(input.utf8), deadline: deadline)
        let result: CommandResult
        do {
            result = try await runner(command)
        } catch CommandError.timeout {
            throw SSHProblem.unreachable("It took longer than \(deadline.components.seconds) seconds.")
        } catch let error as CommandError {
            throw DeployError("\(error) Install it (Debian, Ubuntu: openssh-client).")
        }
        // A script may end with 255 too, but says nothing of the kind then.
        if result.exitCode == 255 { throw SSHProblem(String(decoding: result.errors, as: UTF8.self)) }
        return result
    }

    package func tunnel(to port: Int) async throws -> Int { try await tunnel(to: port, at: "127.0.0.1") }

    /// The port of this machine behind which a port of an address is that the machine reaches.
    func tunnel(to port: Int, at host: String) async throws -> Int {
        let place = "\(host):\(port)"
        if let local = tunnels.withLock({ $0[place] }), LoopbackPort.answers(local) { return local }
        // Somebody else may take the port between here and there.
        for _ in 0..<5 {
            let local = try LoopbackPort.free()
            let forward = ["-O", "forward", "-L", "127.0.0.1:\(local):\(place)", address]
            // The connection that is asked for it must be there.
            _ = try await run("true", deadline: .seconds(60))
            let result = try await runner(Command("ssh", options + forward, deadline: .seconds(30)))
            if result.exitCode == 0 {
                tunnels.withLock { $0[place] = local }
                return local
            }
        }
        throw DeployError("No tunnel to \(place) at \(address) could be opened: no port of this machine was free.")
    }

    /// Lets the connection not end for want of use; throws where it has ended, and its tunnels with it.
    func keepOpen() async throws {
        let result = try await runner(Command("ssh", options + ["-O", "check", address], deadline: .seconds(30)))
        guard result.exitCode == 0 else {
            throw DeployError("The connection to \(address) was lost, and its tunnels with it. Give the command again.")
        }
        _ = try await run("true", deadline: .seconds(60))
    }

    package func fetch(_ remotePath: String, to path: String) async throws {
        try await copy("root@\(bracketed):\(remotePath)", path, "\(remotePath) could not be fetched from \(address)")
    }

    package func send(_ path: String, to remotePath: String) async throws {
        try await copy(path, "root@\(bracketed):\(remotePath)", "\(path) could not be sent to \(address)")
    }

    package func close() async {
        // A connection that is gone already needs no end.
        _ = try? await runner(Command("ssh", options + ["-O", "exit", address], deadline: .seconds(10)))
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// As `scp` wants an address with colons.
    private var bracketed: String { address.contains(":") ? "[\(address)]" : address }

    private func copy(_ source: String, _ target: String, _ what: String) async throws {
        let result = try await runner(
            Command("scp", ["-q", "-p"] + options + [source, target], deadline: .seconds(3600))
        )
        guard result.exitCode == 0 else {
            let why = OneLine.text(String(decoding: result.errors, as: UTF8.self), limit: 300)
            throw DeployError("\(what): \(why.isEmpty ? "scp ended with \(result.exitCode)" : why).")
        }
    }
}

extension SSHProblem {
    /// With what to do.
    func sentence(about address: String) -> String {
        switch self {
        case .otherHostKey:
            "The machine at \(address) has another host key than when it was first signed in to. If nobody installed it "
                + "anew, somebody may be between you and it: do nothing before you know. "
        case .denied:
            "The machine at \(address) refuses your key. Check that the private key that belongs to “sshKey” is on this "
                + "machine or in the agent; one with a passphrase has to be in the agent, for nobody is asked here (ssh-add -l "
                + "lists them, ssh-add FILE adds one). “doctor” looks for it."
        case .unreachable(let why):
            "The machine at \(address) can't be reached by SSH: \(why.hasSuffix(".") ? why : why + ".") Check that it runs, "
                + "and that its firewall lets your address in."
        }
    }
}

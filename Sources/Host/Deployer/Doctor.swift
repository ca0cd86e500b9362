import Deploy
import FoundationEssentials
import Model
import PluginAPI

/// Looks for what is in the way on this computer: programs, the key, GitHub's program, and port 22 of the machine.
struct Doctor: Sendable {
    let run: CommandRunner
    /// Where programs are looked for, as PATH says it.
    let path: String

    /// OpenSSH's programs, without which nothing can be done.
    func programs() -> [ProviderFinding] {
        let missing = ["ssh", "scp", "ssh-keyscan"].filter { !isThere($0) }
        guard !missing.isEmpty else { return [] }
        return [
            ProviderFinding(
                .blocking,
                missing.joined(separator: ", "),
                "\(missing.count == 1 ? "is" : "are") not on the PATH",
                remedy: "Install OpenSSH's client (Debian, Ubuntu: openssh-client)."
            )
        ]
    }

    private func isThere(_ program: String) -> Bool {
        path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// Whether the key can be signed in with where nobody is asked for its passphrase.
    func key(_ key: OperatorKey) async -> [ProviderFinding] {
        guard key.needsAgent else { return [] }
        // No agent, or one that has nothing, is as good as one without this key.
        let listed = try? await run(Command("ssh-add", ["-L"], deadline: .seconds(10)))
        let lines = String(decoding: listed?.output ?? [], as: UTF8.self).split(whereSeparator: \.isNewline)
        guard !lines.contains(where: { $0.hasPrefix(key.publicKey.essence) }) else { return [] }
        let isPublic = key.identity.hasSuffix(".pub")
        return [
            ProviderFinding(
                .blocking,
                isPublic ? "The private key of “\(key.identity)”" : "The private key “\(key.identity)”",
                isPublic
                    ? "is neither beside it nor in the agent"
                    : "has a passphrase, and the agent does not have it; nobody can be asked for it here",
                remedy: "Give the command: ssh-add \(isPublic ? "FILE" : key.identity). Where there is no agent: eval "
                    + "\"$(ssh-agent)\" before it."
            )
        ]
    }

    /// Whether the repository's secrets can be set; all else can be done without.
    func gitHub(_ repository: String) async -> [ProviderFinding] {
        do {
            _ = try await GitHubCLI(run).secrets(of: repository)
            return []
        } catch let error as GitHubError {
            return [
                ProviderFinding(
                    .warning,
                    "GitHub",
                    "does not let the secrets of \(repository) be set from here",
                    remedy: error.words(about: repository)
                )
            ]
        } catch {
            // Whoever cancels it wants no answer.
            return []
        }
    }

    /// Whether any of the machine's addresses answers at the port of SSH.
    func knock(at addresses: [String]) async -> [ProviderFinding] {
        guard !addresses.isEmpty else { return [] }
        for address in addresses {
            let command = Command("ssh-keyscan", ["-T", "5", address], deadline: .seconds(30))
            if let said = try? await run(command), !said.output.isEmpty { return [] }
        }
        return [
            ProviderFinding(
                .blocking,
                "Port 22 of the machine, \(addresses.joined(separator: ", ")),",
                "does not answer from here",
                remedy:
                    "Look with the provider's console whether the machine runs. If it does, something between here and it is in "
                    + "the way: its firewall, where your own address may have changed (at DigitalOcean set “sshFrom” to it, "
                    + "and “apply” changes the firewall), a VPN, or a network that lets port 22 out to nowhere."
            )
        ]
    }
}

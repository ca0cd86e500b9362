import PluginAPI

/// Whether instances answer where this program runs: from inside of WSL2 that is another question than from Windows.
struct Reach: Sendable {
    enum Result: Hashable {
        /// These of the addresses answer.
        case some([String])
        case none
        /// There is no program to ask with.
        case unknown
    }

    /// OpenSSH's own way to ask for host keys; it comes with `ssh`.
    private static let program = "ssh-keyscan"

    let client: Client

    /// Knocks at port 22 of every address.
    func ask(_ addresses: [String]) async throws(ProviderError) -> Result {
        // What could be taken for an option, or for many addresses, is no address.
        let plain = addresses.filter { $0.allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == "." || $0 == ":") } }
        guard !plain.isEmpty else { return .none }
        let command = Command(
            Self.program,
            ["-T", "5", "-t", "ed25519,ecdsa,rsa"] + plain,
            deadline: .seconds(60 + 10 * plain.count)
        )
        let result: CommandResult
        do {
            result = try await client.run(command)
        } catch CommandError.notRunnable {
            return .unknown
        } catch is CommandError {
            return .none
        } catch {
            throw .cancelled
        }
        let lines = String(decoding: result.output, as: UTF8.self).split(whereSeparator: \.isNewline)
        let answering = Set(
            lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").first.map(String.init) }
        )
        let found = plain.filter { answering.contains($0) }
        return found.isEmpty ? .none : .some(found)
    }

    /// How WSL2 is joined to Windows, in its own word: `nat`, `mirrored`; nil outside of it, and where it does not say.
    func networkingMode() async throws(ProviderError) -> String? {
        guard client.isWindows else { return nil }
        do {
            let result = try await client.run(Command("wslinfo", ["--networking-mode"], deadline: .seconds(30)))
            let word = OneLine.text(ForeignText.decoded(result.output), limit: 40).lowercased()
            return result.exitCode == 0 && !word.isEmpty ? word : nil
        } catch is CommandError {
            // Older ones have no such program.
            return nil
        } catch {
            throw .cancelled
        }
    }
}

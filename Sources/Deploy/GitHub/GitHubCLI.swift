import FoundationEssentials
package import PluginAPI

/// Asks GitHub by its own program, with the log-in that the operator has there. <https://cli.github.com/manual/>
package struct GitHubCLI: Sendable {
    /// A secret of a repository, whose value nobody can read.
    package struct Secret: Hashable, Sendable, Decodable {
        /// In capitals.
        package let name: String
        /// When it was set last, as GitHub writes it: `2026-12-01T00:00:01Z`.
        package let updatedAt: String

        private enum CodingKeys: String, CodingKey {
            case name
            case updatedAt = "updated_at"
        }
    }

    /// Whatever GH_HOST says, the repository is there.
    private static let host = "github.com"

    private let run: CommandRunner
    private let deadline: Duration

    /// `deadline` is for one call.
    package init(_ run: @escaping CommandRunner, deadline: Duration = .seconds(60)) {
        self.run = run
        self.deadline = deadline
    }

    /// All secrets that the repository's workflows get.
    ///
    /// Throws `GitHubError`, or `CancellationError`.
    package func secrets(of repository: String) async throws -> [Secret] {
        struct List: Decodable { let secrets: [Secret] }
        // `gh secret list` says only on which day one was set; a repository has at most a hundred.
        let output = try await gh([
            "api", "--hostname", Self.host, "repos/\(repository)/actions/secrets?per_page=100",
        ])
        guard let list = try? JSONDecoder().decode(List.self, from: Data(output)) else {
            throw GitHubError.failed("gave a list of secrets that can't be read")
        }
        return list.secrets
    }

    /// Sets a secret, whether it is there or not; the value is encrypted before it leaves this machine.
    package func set(_ name: String, to value: String, of repository: String) async throws {
        _ = try await gh(
            ["secret", "set", name, "--app", "actions", "--repo", "\(Self.host)/\(repository)"],
            input: value
        )
    }

    /// Takes a secret away; one that is gone is fine.
    package func remove(_ name: String, of repository: String) async throws {
        do {
            _ = try await gh(["secret", "delete", name, "--app", "actions", "--repo", "\(Self.host)/\(repository)"])
        } catch GitHubError.noRepository {
            // It says the same of a secret that is not there.
        }
    }

    private func gh(_ arguments: [String], input: String = "") async throws -> [UInt8] {
        let quiet = ["GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1"]
        let command = Command("gh", arguments, input: Array(input.utf8), environment: quiet, deadline: deadline)
        let result: CommandResult
        do {
            result = try await run(command)
        } catch CommandError.notRunnable {
            throw GitHubError.noProgram
        } catch let error as CommandError {
            throw GitHubError.failed("did not end well: \(error.description.dropLast())")
        }
        guard result.exitCode != 0 else { return result.output }
        throw Self.failure(result, hiding: input)
    }

    private static func failure(_ result: CommandResult, hiding secret: String) -> GitHubError {
        var text = String(decoding: result.errors, as: UTF8.self)
        if !secret.isEmpty { text = text.replacing(secret, with: "[redacted]") }
        // Its own code for a missing log-in; one that has others asks without, and GitHub says so.
        if result.exitCode == 4 || text.contains("Requires authentication") { return .notSignedIn }
        if text.contains("rate limit") || text.contains("HTTP 429") { return .tooMany }
        if text.contains("HTTP 401") { return .tokenRefused }
        if text.contains("HTTP 403") { return .notAllowed }
        if text.contains("HTTP 404") { return .noRepository }
        let said = OneLine.text(text, limit: 200)
        return .failed("ended with \(result.exitCode): “\(said.isEmpty ? "nothing" : said)”")
    }
}

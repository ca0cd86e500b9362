import FoundationEssentials
import PluginAPI

/// The judge of recorded requests, which holds them against an official API description.
///
/// It is a Python program outside of the repository; `SHARED_FOLDER` says where, and `OPENAPI_PYTHON` by which Python,
/// which needs openapi-core.
package struct RequestJudge: Sendable {
    private static let folder = ProcessInfo.processInfo.environment["SHARED_FOLDER"] ?? ""
    private static let program = "\(folder)/tools/contract/validate-requests"
    private static let python = ProcessInfo.processInfo.environment["OPENAPI_PYTHON"] ?? "python3"

    /// What the description does not take, and how many different requests were looked at.
    package struct Verdict: Sendable {
        package let faults: [String]
        package let judged: Int

        package init(faults: [String], judged: Int) {
            self.faults = faults
            self.judged = judged
        }
    }

    /// As the program names the description: `coolify`, `digitalocean`, `github`.
    private let api: String

    package init(_ api: String) { self.api = api }

    /// Whether program, description and Python's openapi-core are there.
    package static func isThere() async throws -> Bool {
        guard !folder.isEmpty, FileManager.default.fileExists(atPath: program) else { return false }
        let look = Command(python, ["-c", "import openapi_core"], deadline: .seconds(600))
        return try await TestCommands.runner(look).exitCode == 0
    }

    /// Why a test is skipped without it.
    package static let missing = """
        Set SHARED_FOLDER to the folder with tools/contract/validate-requests, and OPENAPI_PYTHON to a Python with \
        openapi-core (pip).
        """

    /// Judges each different request once: the judge is slow, waiting asks the same again and again, and one thing is asked
    /// like another.
    package func verdict(on recording: String) async throws -> Verdict {
        var known: Set<String> = []
        let lines = recording.split(separator: "\n").filter { line in
            known.insert(String(line.replacing(/[a-z0-9]{20,}/, with: "id"))).inserted
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "requests-\(UUID().uuidString).jsonl").path
        try TextFile.write(lines.joined(separator: "\n"), to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let command = Command(Self.python, [Self.program, api, path], deadline: .seconds(1200))
        let result = try await TestCommands.runner(command)
        let said = String(decoding: result.output + result.errors, as: UTF8.self).split(separator: "\n")
            .map(String.init)
        let counts = said.last?.split { !$0.isNumber }.compactMap { Int($0) } ?? []
        guard counts.count == 2 else { return Verdict(faults: ["The judge gave no verdict: \(said)"], judged: 0) }
        return Verdict(faults: said.dropLast().filter { !isOfDescription($0) }, judged: counts[0] + counts[1])
    }

    /// Two mistakes of DigitalOcean's description itself: a key's fingerprint is called read-only though it stands in
    /// addresses, and the kinds of actions are named by files that its one file does not have.
    private func isOfDescription(_ line: String) -> Bool {
        guard api == "digitalocean" else { return false }
        return line.contains(/\/v2\/account\/keys\/[0-9a-f:]{47}: InvalidParameter: Invalid path parameter/)
            || line.contains("/actions: InvalidRequestBody") && line.contains("could not be resolved")
    }
}

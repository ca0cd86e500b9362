import FoundationEssentials
import Subprocess
import SystemPackage

/// The programs of PostgreSQL that this machine has, in whatever versions.
struct PostgresPrograms: Sendable {
    /// Where they are looked for, the first folder first.
    private let folders: [String]

    init(folders: [String] = Self.standardFolders) {
        self.folders = folders
    }

    /// The folders of `PATH`, and those into which Debian puts one version beside the other.
    private static var standardFolders: [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let versions = "/usr/lib/postgresql"
        // Where there is no such folder, there are no such versions.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
        return path.split(separator: ":").map(String.init) + names.sorted().map { "\(versions)/\($0)/bin" }
    }

    /// The oldest one that is not older than the server, which is the only one that surely gets on with it.
    ///
    /// A program that is newer than the server may set what the server doesn't know.
    func program(_ name: String, forServer major: Int) async throws -> PostgresProgram {
        let found = await all(name)
        let fitting = found.filter { $0.major >= major }
        if let oldest = fitting.map(\.major).min(), let program = fitting.first(where: { $0.major == oldest }) {
            return program
        }
        let there =
            found.isEmpty
            ? "and there is none in PATH" : "and here are only: \(found.map(\.description).joined(separator: ", "))"
        throw Failure(
            .failed,
            "The server is PostgreSQL \(major), so \(name) \(major) or a newer one is needed, \(there). "
                + "On Debian it is in the package postgresql-client-\(major)."
        )
    }

    private func all(_ name: String) async -> [PostgresProgram] {
        var found: [PostgresProgram] = []
        for folder in folders {
            let path = "\(folder)/\(name)"
            guard FileManager.default.isExecutableFile(atPath: path), let major = await Self.major(of: path) else {
                continue
            }
            found.append(PostgresProgram(name: name, path: path, major: major))
        }
        return found
    }

    /// nil when it does not say: then it is none of these programs, or does not work.
    private static func major(of path: String) async -> Int? {
        let ended = try? await Subprocess.run(
            .path(FilePath(path)),
            arguments: ["--version"],
            output: .string(limit: 1000),
            error: .discarded
        )
        guard let ended, ended.terminationStatus.isSuccess else { return nil }
        // pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1); before the release: 19beta1
        let version = ended.standardOutput.split(separator: ")").dropFirst().first ?? ""
        return Int(version.drop(while: \.isWhitespace).prefix(while: \.isNumber))
    }
}

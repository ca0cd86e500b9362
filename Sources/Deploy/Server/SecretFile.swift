import FoundationEssentials

/// The generated secrets of one environment, in a file that only its owner can read.
package struct SecretFile: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    private struct Content: Codable {
        /// Whose they are: what is made after a `destroy` gets others.
        let mark: String
        let secrets: GeneratedSecrets
    }

    /// nil where none were kept for `mark`.
    package func secrets(of mark: String) throws -> GeneratedSecrets? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = try? Data(contentsOf: URL(filePath: path)),
            let content = try? JSONDecoder().decode(Content.self, from: bytes)
        else {
            throw DeployError(
                "The file “\(path)” with the environment's passwords can't be read. Take it from a backup: the servers "
                    + "can't be reached without it."
            )
        }
        return content.mark == mark ? content.secrets : nil
    }

    /// Those of `mark`; makes them where there are none, and returns once they are on the disk.
    package func keep(for mark: String) throws -> GeneratedSecrets {
        if let kept = try secrets(of: mark) { return kept }
        let made = GeneratedSecrets()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try OwnFile.replace(path, with: Array(try encoder.encode(Content(mark: mark, secrets: made))))
        return made
    }
}

import FoundationEssentials
import Moving
import SQL
import Testing

/// A folder for the files of one test, gone when the test ends.
final class Exported: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "moving-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    // What cannot be removed is left to the system.
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String = "all.jsonl") -> String { "\(folder)/\(name)" }

    func bytes(_ name: String = "all.jsonl") throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }

    func lines(_ name: String = "all.jsonl") throws -> [String] {
        String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func write(_ text: String, _ name: String = "all.jsonl") throws { try write(Array(text.utf8), name) }

    func write(_ bytes: [UInt8], _ name: String = "all.jsonl") throws {
        try Data(bytes).write(to: URL(filePath: path(name)))
    }

    /// Exports everything, always at the same moment.
    @discardableResult
    func export(
        _ database: any Database,
        _ name: String = "all.jsonl",
        replacing: Bool = false,
        withSecrets: Bool = true
    ) async throws -> ExportHead {
        let secrets = ChannelSecrets { $0.hasPrefix("plugin") ? ["url"] : nil }
        return try await Export(database: database, program: "9.9.9", secrets: secrets) { FullDatabase.start }
            .run(to: path(name), replacing: replacing, withSecrets: withSecrets)
    }
}

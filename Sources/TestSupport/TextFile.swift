import FoundationEssentials

/// Text files of the checkout, as tests read them.
package enum TextFile {
    /// The path of `name` in the folder of the source file `source`, which is `#filePath`.
    package static func path(_ name: String, besides source: String) -> String {
        let folder = source.lastIndex(of: "/").map { String(source[..<$0]) } ?? "."
        return "\(folder)/\(name)"
    }

    /// The text of a file; throws where it cannot be read.
    package static func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// Writes a file and the folders above it.
    package static func write(_ text: String, to path: String) throws {
        let address = URL(filePath: path)
        try FileManager.default.createDirectory(
            at: address.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: address)
    }

    /// The names in a folder, sorted; empty where there is no such folder.
    package static func names(in folder: String) -> [String] {
        // A folder that is not there has no names in it, which is what the caller wants to know.
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}

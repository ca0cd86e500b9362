import FoundationEssentials
import Testing

@testable import Web

struct EmbeddingTests {
    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Web")
    }

    /// The files of a folder of `Sources/Web`, by name, without their last line end.
    private static func files(in name: String) throws -> [String: String] {
        let folder = folder.appending(path: name)
        var texts: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let text = String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
            texts[file] = text.hasSuffix("\n") ? String(text.dropLast()) : text
        }
        return texts
    }

    @Test func `the templates in the binary are those in the folder; else run scripts/embed`() throws {
        #expect(try Self.files(in: "Templates") == EmbeddedTemplates.all)
    }

    @Test func `the assets in the binary are those in the folder; else run scripts/embed`() throws {
        #expect(try Self.files(in: "Assets") == EmbeddedAssets.all)
    }
}

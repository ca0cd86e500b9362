import FoundationEssentials
import Subprocess

/// A certificate authority of one test, made by openssl in a folder of its own, which goes with the object.
package final class TestAuthority: Sendable {
    /// A server's certificate and its key, as PEM.
    package struct Certificate: Sendable {
        package let text: String
        package let key: String
    }

    private let folder: String

    package init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await make("root", ["-subj", "/CN=Root of a test"])
    }

    deinit {
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The path of the certificate that those it issues are signed by.
    package var root: String { "\(folder)/root.crt" }

    package var rootText: String {
        get throws { try String(contentsOf: URL(filePath: root), encoding: .utf8) }
    }

    /// A certificate that is made out to one name.
    package func issue(for host: String) async throws -> Certificate {
        try await make(
            host,
            [
                "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)", "-CA", root, "-CAkey",
                "\(folder)/root.key",
            ]
        )
        return Certificate(
            text: try String(contentsOf: URL(filePath: "\(folder)/\(host).crt"), encoding: .utf8),
            key: try String(contentsOf: URL(filePath: "\(folder)/\(host).key"), encoding: .utf8)
        )
    }

    private func make(_ name: String, _ options: [String]) async throws {
        let ended = try await Subprocess.run(
            .name("openssl"),
            arguments: Arguments(
                ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
                    + ["-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).crt"] + options
            ),
            output: .discarded,
            error: .string(limit: 10_000)
        )
        guard ended.terminationStatus.isSuccess else {
            throw ChildProcess.Failure(description: "openssl failed: \(ended.standardError)")
        }
    }
}

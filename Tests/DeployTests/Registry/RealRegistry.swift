import Crypto
import Fetch
import FoundationEssentials
import Model
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// Debian's `docker-registry` on a port of this machine, with images that are made up.
final class RealRegistry: Sendable {
    /// Whom it lets in.
    enum Door {
        case everybody
        /// With this file of users.
        case password(String)
        /// With tokens that another address gives out, signed by a key of this certificate.
        case token(realm: String, certificates: String)
    }

    let port: Int
    private let folder: String
    private let child: ChildProcess

    var name: String { "127.0.0.1:\(port)" }

    static func isThere() async throws -> Bool {
        do {
            let command = Command("docker-registry", ["--version"], deadline: .seconds(600))
            return try await TestCommands.runner(command).exitCode == 0
        } catch CommandError.notRunnable {
            return false
        }
    }

    static let missing: Comment = "Needs the Debian package docker-registry: scripts/setup test installs it."

    /// Starts it and waits until it answers.
    ///
    /// `images` are pushed before, through a door that is open; gives their digests by tag.
    static func start(
        _ door: Door = .everybody,
        _ images: [MadeUpImage],
        through fetcher: Fetcher
    ) async throws -> (registry: RealRegistry, digests: [String: String]) {
        let path = FileManager.default.temporaryDirectory.appending(path: "registry-\(UUID().uuidString)").path
        let open = try RealRegistry(.everybody, folder: path)
        try await open.awaitAnswer(fetcher)
        var digests: [String: String] = [:]
        for image in images { digests[image.tag] = try await image.push(to: "http://\(open.name)", fetcher) }
        guard case .everybody = door else {
            open.child.close()
            let closed = try RealRegistry(door, folder: path)
            try await closed.awaitAnswer(fetcher)
            return (closed, digests)
        }
        return (open, digests)
    }

    private init(_ door: Door, folder: String) throws {
        self.folder = folder
        port = try TestServer.freePort()
        var lines = [
            "version: 0.1", "log: {level: error, accesslog: {disabled: true}}",
            "storage: {filesystem: {rootdirectory: \(folder)/images}}", "http: {addr: \"127.0.0.1:\(port)\"}",
        ]
        switch door {
        case .everybody: break
        case .password(let users):
            try TextFile.write(users, to: "\(folder)/users")
            lines.append("auth: {htpasswd: {realm: test, path: \(folder)/users}}")
        case .token(let realm, let certificates):
            try TextFile.write(certificates, to: "\(folder)/root.crt")
            lines.append("auth:\n  token:\n    realm: \(realm)\n    service: registry of a test")
            lines.append("    issuer: a test\n    rootcertbundle: \(folder)/root.crt")
        }
        try TextFile.write(lines.joined(separator: "\n"), to: "\(folder)/registry.yml")
        // It ends with the test process.
        let script = """
            ( cat >/dev/null; kill -KILL $$ ) <&0 &
            exec docker-registry serve "$0/registry.yml" >"$0/log" 2>&1
            """
        child = try ChildProcess("/bin/bash", ["-c", script, folder])
    }

    deinit {
        child.close()
        // The system removes what is left in its temporary folder; another one may still use it.
        try? FileManager.default.removeItem(atPath: "\(folder)/registry.yml")
    }

    private func awaitAnswer(_ fetcher: Fetcher) async throws {
        for _ in 0..<2400 {
            let answer = try? await fetcher.exchange(HTTPRequest(url: "http://\(name)/v2/"), through: .operator)
            if let answer, [200, 401].contains(answer.status) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        let log = (try? TextFile.read("\(folder)/log")) ?? ""
        throw DeployError("The registry of this test does not answer: \(log.suffix(500))")
    }
}

/// An image without anything in it.
struct MadeUpImage {
    let repository: String
    let tag: String
    /// `linux/amd64`.
    let platforms: [String]
    /// Whether it is a list of images; else `platforms` has one.
    var isList = true

    static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    static let indexType = "application/vnd.oci.image.index.v1+json"

    /// Its digest.
    func push(to url: String, _ fetcher: Fetcher) async throws -> String {
        let base = "\(url)/v2/\(repository)"
        var entries: [String] = []
        var last = ""
        for platform in platforms {
            let parts = platform.split(separator: "/")
            let config = """
                {"architecture":"\(parts[1])","os":"\(parts[0])","config":{},"rootfs":{"type":"layers","diff_ids":[]}}
                """
            let digest = try await pushBlob(config, base, fetcher)
            let manifest = """
                {"schemaVersion":2,"mediaType":"\(Self.manifestType)","config":{"mediaType":\
                "application/vnd.oci.image.config.v1+json","digest":"\(digest)","size":\(config.utf8.count)},"layers":[]}
                """
            last = Self.digest(of: manifest)
            try await put(manifest, Self.manifestType, "\(base)/manifests/\(isList ? last : tag)", fetcher)
            entries.append(
                """
                {"mediaType":"\(Self.manifestType)","digest":"\(last)","size":\(manifest.utf8.count),\
                "platform":{"architecture":"\(parts[1])","os":"\(parts[0])"}}
                """
            )
        }
        guard isList else { return last }
        // As the build tools add it: a statement on how it was built.
        if let first = entries.first {
            entries.append(
                first.replacing(/"architecture":"\w+","os":"\w+"/, with: #""architecture":"unknown","os":"unknown""#)
            )
        }
        let index =
            #"{"schemaVersion":2,"mediaType":"\#(Self.indexType)","manifests":[\#(entries.joined(separator: ","))]}"#
        try await put(index, Self.indexType, "\(base)/manifests/\(tag)", fetcher)
        return Self.digest(of: index)
    }

    private func pushBlob(_ text: String, _ base: String, _ fetcher: Fetcher) async throws -> String {
        let begun = try await fetcher.exchange(
            HTTPRequest(method: .post, url: "\(base)/blobs/uploads/"),
            through: .operator
        )
        guard begun.status == 202, let place = begun.headers["Location"] else { throw failure(begun) }
        let digest = Self.digest(of: text)
        let mark = place.contains("?") ? "&" : "?"
        try await put(text, "application/octet-stream", "\(place)\(mark)digest=\(digest)", fetcher)
        return digest
    }

    private func put(_ text: String, _ type: String, _ url: String, _ fetcher: Fetcher) async throws {
        let request = HTTPRequest(method: .put, url: url, headers: ["Content-Type": type], body: Array(text.utf8))
        let answer = try await fetcher.exchange(request, through: .operator)
        guard answer.status == 201 else { throw failure(answer) }
    }

    private func failure(_ answer: HTTPResponse) -> DeployError {
        let text = String(decoding: answer.body.prefix(300), as: UTF8.self)
        return DeployError("The registry takes no images: \(answer.status) \(text)")
    }

    private static func digest(of text: String) -> String {
        "sha256:" + SHA256.hash(data: Data(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

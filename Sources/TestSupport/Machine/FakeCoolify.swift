import FoundationEssentials

/// The fake Coolify alone, on a port of this machine, without a machine around it; it ends with the object.
package final class FakeCoolify: Sendable {
    /// The plain texts of its tokens, by what they may do.
    package enum Token: String, CaseIterable, Sendable {
        case root, read, write, deploy
        /// Reads secrets too.
        case sensitive
    }

    private let process: ChildProcess
    private let folder: CoolifyFolder
    package let port: Int

    /// With the first account and a token of each kind; its API is on unless told otherwise.
    package init(_ control: CoolifyControl = CoolifyControl(), isEnabled: Bool = true) async throws {
        folder = try CoolifyFolder()
        try folder.write(control)
        let tokens = Token.allCases.flatMap { ["--token", "\(Self.plain($0))=\(Self.abilities($0))"] }
        process = try ChildProcess(
            "/usr/bin/python3",
            [
                TextFile.path("fake-coolify.py", besides: #filePath), "--state", folder.path, "--port", "0",
                "--until-eof",
            ]
                + ["--admin", "anna@example.org"] + tokens + (isEnabled ? ["--enabled"] : [])
        )
        let line = try await process.lines(1)[0]
        guard let port = Int(line) else {
            throw ChildProcess.Failure(description: "The fake Coolify did not say its port but: \(line)")
        }
        self.port = port
    }

    deinit {
        process.close()
        folder.remove()
    }

    /// What a request to it has behind `Bearer`.
    package static func plain(_ token: Token) -> String { "\(token.rawValue)-of-the-first-account" }

    private static func abilities(_ token: Token) -> String {
        token == .sensitive ? "read,read:sensitive" : token.rawValue
    }

    /// `http://127.0.0.1:PORT/api/v1`.
    package var address: String { "http://127.0.0.1:\(port)/api/v1" }

    /// What it remembers now.
    package var state: CoolifyState { get throws { try folder.state() } }

    /// Each request to its API, oldest first.
    package var requests: [CoolifyRequest] { get throws { try folder.requests() } }

    /// The path of the recording, for the judge of requests.
    package var recording: String { folder.recording }

    /// Tells it something else from the next request on.
    package func change(_ body: (inout CoolifyControl) -> Void) throws { try folder.change(body) }
}

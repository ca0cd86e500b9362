import FoundationEssentials
import Synchronization
import TestSupport
import Testing

/// The script that tells Coolify to deploy, against a server that answers as the test says.
struct DeployTests {
    private static let token = "12|s3cret"
    private static let taken = #"{"deployments":[{"message":"queued","deployment_uuid":"d0"}]}"#

    private func deploy(to address: String, _ changes: [String: String?] = [:]) async throws -> Checkout.Finished {
        var variables: [String: String?] = [
            "COOLIFY_TOKEN": Self.token, "DEPLOY_PAUSE_SECONDS": "0", "DEPLOY_TRIES": "3",
        ]
        for role in ["WEB", "WORKER", "SCHEDULER"] {
            variables["COOLIFY_WEBHOOK_\(role)"] = "\(address)/api/v1/deploy?uuid=\(role.lowercased())&force=false"
        }
        variables.merge(changes) { $1 }
        return try await Checkout.run([Checkout.path(".github/scripts/deploy")], variables.compactMapValues(\.self))
    }

    private func role(_ request: TestRequest) -> String {
        String(request.target.drop { $0 != "=" }.dropFirst().prefix { $0 != "&" })
    }

    @Test func `each application is asked once, by POST and with the token`() async throws {
        let server = try TestServer { _ in .response(body: Array(Self.taken.utf8)) }
        let finished = try await deploy(to: server.url)
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(server.requests.map(role) == ["web", "worker", "scheduler"])
        for request in server.requests {
            #expect(request.method == "POST")
            #expect(request.path == "/api/v1/deploy")
            #expect(request["Authorization"] == "Bearer \(Self.token)")
        }
        #expect(finished.text.contains("d0"))
        #expect(!finished.text.contains("s3cret"))
    }

    @Test(arguments: [429, 500, 502, 503, 504])
    func `what may pass by itself is tried again`(status: Int) async throws {
        let asked = Mutex(0)
        let server = try TestServer { _ in
            let isFirst = asked.withLock { count in
                count += 1
                return count <= 2
            }
            return .response(isFirst ? status : 200, headers: [("Retry-After", "0")], body: Array(Self.taken.utf8))
        }
        let finished = try await deploy(to: server.url)
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(server.requests.map(role) == ["web", "web", "web", "worker", "scheduler"])
    }

    @Test func `a server that stays away is a failure that says so`() async throws {
        let port = try TestServer.freePort()
        let finished = try await deploy(to: "http://127.0.0.1:\(port)")
        #expect(!finished.isSuccess)
        #expect(finished.text.contains("try 2 of 3 ended with no answer"))
        #expect(
            finished.text.contains("::error title=Deploy::scheduler: Coolify did not take the deployment (no answer)")
        )
    }

    /// A deployment may have begun, and a second one would not be asked for by anybody.
    @Test func `a server that hangs up when it was asked is asked once, and that is what is said`() async throws {
        let server = try TestServer { _ in TestAnswer(steps: [.reset]) }
        let finished = try await deploy(to: server.url)
        #expect(!finished.isSuccess)
        #expect(server.requests.map(role) == ["web", "worker", "scheduler"])
        #expect(finished.text.contains("It was asked and did not answer, so the deployment may have begun"))
        #expect(!finished.text.contains("tries"), "\(finished.text)")
    }

    /// As behind a firewall that drops what is not meant for it.
    ///
    /// The words to curl are the script's own, and its answers those of a curl that gave up: 28, before a connection was
    /// there and after it.
    @Test(arguments: [("0.000000", 3, "It stayed so for 3 tries"), ("0.031000", 1, "may have begun")])
    func `what did not come through is tried again, and what may have is not`(sent: String, tries: Int, words: String)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.path + "/deploy-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let curl = "#!/bin/sh\ncat >/dev/null\necho \"$*\" >>\(folder)/said\nprintf '000 \(sent)'\nexit 28\n"
        try TextFile.write(curl, to: "\(folder)/curl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/curl")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let finished = try await deploy(to: "https://coolify.example", ["PATH": "\(folder):\(path)"])
        #expect(!finished.isSuccess)
        let said = try TextFile.read("\(folder)/said").split(separator: "\n")
        #expect(said.count == 3 * tries)
        #expect(said.allSatisfy { $0.contains("--connect-timeout 10 --max-time 40 ") })
        #expect(finished.text.contains("web: Coolify did not take the deployment (no answer). \(words)") || tries == 1)
        #expect(finished.text.contains(words), "\(finished.text)")
    }

    /// The job has a limit of its own, which would end the script in the middle of a word.
    @Test func `no further try is begun when the time for them is over`() async throws {
        let server = try TestServer { _ in .response(503, headers: [("Retry-After", "0")]) }
        let finished = try await deploy(to: server.url, ["DEPLOY_SECONDS": "0"])
        #expect(!finished.isSuccess)
        #expect(server.requests.map(role) == ["web", "worker", "scheduler"])
        #expect(finished.text.contains("It was tried once: look at the server"))
    }

    @Test(arguments: [
        (302, "leads elsewhere"), (400, "Look at what it answered"), (401, "make a new one that may deploy"),
        (403, "API is off"), (404, "knows no such application"), (405, "takes no POST"),
        (422, "Look at what it answered"),
    ])
    func `what another try does not change is not tried again, and is explained`(status: Int, advice: String)
        async throws
    {
        let body = #"{"message":"No, \#(Self.token) may not."}"#
        let server = try TestServer { request in
            let isWorker = role(request) == "worker"
            return .response(isWorker ? status : 200, headers: [("Location", "/elsewhere")], body: Array(body.utf8))
        }
        let finished = try await deploy(to: server.url)
        #expect(!finished.isSuccess)
        // The others are deployed all the same.
        #expect(server.requests.map(role) == ["web", "worker", "scheduler"])
        #expect(finished.text.contains("worker: Coolify did not take the deployment (\(status))."))
        #expect(finished.text.contains(advice))
        #expect(finished.text.contains(#"| {"message":"No, [redacted] may not."}"#))
        #expect(!finished.text.contains("s3cret"))
    }

    @Test func `a server's answer cannot give orders to GitHub`() async throws {
        let server = try TestServer { _ in .response(500, body: Array("\r::set-output name=a::b\n  ::debug::c\n".utf8))
        }
        let finished = try await deploy(to: server.url)
        #expect(!finished.isSuccess)
        #expect(finished.text.contains("| ::set-output"))
        let orders = finished.text.split(separator: "\n").filter { $0.drop { $0 == " " }.hasPrefix("::") }
        #expect(orders.count == 3)
        #expect(orders.allSatisfy { $0.hasPrefix("::error title=Deploy::") })
    }

    @Test func `the token is not among the arguments of any program`() async throws {
        let server = try TestServer { _ in .response(body: Array(Self.taken.utf8)) }
        let folder = FileManager.default.temporaryDirectory.path + "/deploy-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let spy = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\(folder)/said\nPATH='\(path)' exec curl \"$@\"\n"
        try TextFile.write(spy, to: "\(folder)/curl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/curl")
        let finished = try await deploy(to: server.url, ["PATH": "\(folder):\(path)"])
        #expect(finished.isSuccess, "\(finished.text)")
        let said = try TextFile.read("\(folder)/said")
        #expect(said.split(separator: "\n").count == 3)
        #expect(!said.contains("s3cret"))
    }

    @Test func `a repository without secrets deploys nothing and says so`() async throws {
        let server = try TestServer { _ in .response() }
        var nothing: [String: String?] = ["COOLIFY_TOKEN": nil]
        for role in ["WEB", "WORKER", "SCHEDULER"] { nothing["COOLIFY_WEBHOOK_\(role)"] = "" }
        let finished = try await deploy(to: server.url, nothing)
        #expect(finished.isSuccess)
        #expect(finished.text.contains("::notice title=Deploy::Nothing was deployed"))
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: ["COOLIFY_TOKEN", "COOLIFY_WEBHOOK_SCHEDULER"])
    func `a secret that was forgotten is named`(name: String) async throws {
        let server = try TestServer { _ in .response() }
        let finished = try await deploy(to: server.url, [name: nil])
        #expect(!finished.isSuccess)
        #expect(finished.text.contains("are missing: \(name)."))
        #expect(server.requests.isEmpty)
    }

    @Test func `the token is not sent readable over a network`() async throws {
        let finished = try await deploy(to: "http://coolify.example:8000")
        #expect(!finished.isSuccess)
        #expect(finished.text.contains("web: COOLIFY_WEBHOOK_WEB does not begin with https://"))
    }
}

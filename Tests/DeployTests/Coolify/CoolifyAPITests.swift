import Model
import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import Deploy

/// How Coolify is asked, and what becomes of its answers.
@Suite struct CoolifyAPITests {
    private static let token = "token-that-nobody-may-see"

    /// Answers that come one after the other, the last one again and again.
    private final class Line: Sendable {
        let waits = Recorder<Duration>()
        let recording: RecordingExchange
        let api: CoolifyAPI

        init(_ answers: [@Sendable (HTTPRequest) throws -> HTTPResponse], secrets: [String] = []) {
            let turn = Mutex(0)
            recording = RecordingExchange { request in
                let own = turn.withLock { turn in
                    defer { turn += 1 }
                    return min(turn, answers.count - 1)
                }
                return try answers[own](request)
            }
            let waits = waits
            api = CoolifyAPI(
                root: { "http://127.0.0.1:41234" },
                token: CoolifyAPITests.token,
                secrets: secrets,
                exchange: recording.exchange,
                patience: Patience { waits.record($0) }
            )
        }

        convenience init(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) {
            self.init([CoolifyAPITests.answer(status, body, headers)])
        }
    }

    private static func answer(
        _ status: Int,
        _ body: String,
        _ headers: HTTPHeaders = [:]
    ) -> @Sendable (HTTPRequest) throws -> HTTPResponse {
        { HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: $0.url) }
    }

    private static let lost: @Sendable (HTTPRequest) throws -> HTTPResponse = { _ in
        throw ExchangeError.timeout("Nothing came from 127.0.0.1 within 30 seconds.")
    }

    @Test func `each request says who asks and what it takes for an answer`() async throws {
        let line = Line(201, #"{"uuid":"p1"}"#)
        _ = try await line.api.makeProject(name: "Prices", description: "mark project")
        let request = try #require(line.recording.requests.first)
        #expect(request.method == .post && request.url == "http://127.0.0.1:41234/api/v1/projects")
        #expect(request.headers["Authorization"] == "Bearer \(Self.token)")
        #expect(request.headers["Accept"] == "application/json")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"description":"mark project","name":"Prices"}"#)
    }

    @Test(arguments: [
        (401, #"{"message":"Unauthenticated."}"#, "does not know the deployer's token (401). Run “apply” again"),
        (400, #"{"message":"Invalid token.","docs":"x"}"#, "refuses the deployer's token (400): “Invalid token.”"),
        (400, #"{"message":"Invalid request.","error":"No JSON."}"#, "(400): “Invalid request.” “No JSON.”. Change"),
        (
            403, #"{"success":true,"message":"API is disabled."}"#,
            "(403): “API is disabled.”. Run “apply” again, which switches"
        ),
        (404, #"{"message":"Database not found."}"#, "has no such thing (404): “Database not found.”"),
        (405, #"{"message":"This endpoint has changed to a POST request."}"#, "another kind of request"),
        (
            409, #"{"message":"Conflict.","conflicts":[{"domain":"a.b","resource_name":"c"}]}"#,
            "(409): “Conflict.” a.b, c. Remove"
        ),
        (
            422, #"{"message":"Validation failed.","errors":{"x":["Not allowed.","Nor this."],"a":"Wrong."}}"#,
            "(422): “Validation failed.” a: Wrong. x: Not allowed. Nor this. Change what it names"
        ),
        (422, "<html>no json</html>", "to list its projects (422). Change"),
        (302, "", "refused to list its projects (302)."),
    ])
    func `a refusal says what Coolify said, and what to do`(status: Int, body: String, words: String) async throws {
        let line = Line(status, body)
        let error = await #expect(throws: DeployError.self) { try await line.api.projects() }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("Coolify ") == true)
        #expect(line.recording.requests.count == 1)
    }

    @Test func `what is secret is in no error, however Coolify writes it`() async throws {
        let secret = #"pa/ss"word secret"#
        let body =
            #"{"message":"Bad pa\/ss\"word secret.","errors":{"a":["is token-that-nobody-may-see","pa%2Fss%22word%20secret"]}}"#
        let line = Line([Self.answer(422, body)], secrets: [secret])
        let error = await #expect(throws: DeployError.self) { try await line.api.projects() }
        let text = error?.description ?? ""
        #expect(text.contains("“Bad ….” a: is … …"), "\(text)")
        #expect(!text.contains("word") && !text.contains("nobody"))
        let other = Line([{ _ in throw ExchangeError.unreachable("No way to \(Self.token)") }])
        let silent = await #expect(throws: DeployError.self) { try await other.api.projects() }
        #expect(silent?.description.contains("No way to …. Check that the machine is up") == true)
        #expect(!String(reflecting: CoolifyVariable(.object(["uuid": "a", "key": "K", "value": "v-e-r-y"]))).isEmpty)
        #expect("\(try #require(CoolifyVariable(.object(["uuid": "a", "key": "K", "value": "v-e-r-y"]))))" == "K")
    }

    @Test func `where there are too many requests it waits as long as it is told`() async throws {
        let busy = Self.answer(429, #"{"message":"Too Many Attempts."}"#, ["Retry-After": "42"])
        let line = Line([busy, Self.answer(429, ""), Self.answer(200, "[]")])
        #expect(try await line.api.projects() == [])
        #expect(line.waits.values == [.seconds(42), .seconds(2)])
        // Even what may be done only once, for it was not done.
        let once = Line([busy, Self.answer(201, #"{"uuid":"a"}"#)])
        guard case .answer = try await once.api.makeProject(name: "Prices", description: "x") else {
            Issue.record("It was not made.")
            return
        }
        let long = Line(429, #"{"message":"Too Many Attempts."}"#, headers: ["Retry-After": "3600"])
        let error = await #expect(throws: DeployError.self) { try await long.api.projects() }
        #expect(error?.description.contains("takes no more requests for now (429)") == true)
        #expect(long.waits.values == [])
    }

    @Test(arguments: [answer(500, #"{"message":"Server Error"}"#), answer(502, "<html>"), lost])
    func `what leaves the same behind is asked again, what would be made twice is not`(
        trouble: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse
    ) async throws {
        let line = Line([trouble, trouble, Self.answer(200, "[]")])
        #expect(try await line.api.projects() == [])
        #expect(line.waits.values == [.seconds(1), .seconds(2)])
        let never = Line([trouble])
        await #expect(throws: DeployError.self) { try await never.api.projects() }
        #expect(never.recording.requests.count == CoolifyAPI.attempts)
        let change = Line([trouble, Self.answer(200, #"{"uuid":"a"}"#)])
        try await change.api.changeApplication("a", ["limits_memory": "1g"])
        #expect(change.recording.requests.count == 2)
        let once = Line([trouble])
        for ask in [
            { try await once.api.makeProject(name: "Prices", description: "x") },
            { try await once.api.makeDatabase("redis", [:]) },
            { try await once.api.makeApplication("web", [:]) },
            { try await once.api.deploy("a") },
        ] as [() async throws -> CoolifyAPI.Outcome] {
            guard case .unknown = try await ask() else {
                Issue.record("It is known what became of it.")
                return
            }
        }
        #expect(once.recording.requests.count == 4)
    }

    @Test func `a task that is cancelled asks no more`() async throws {
        let line = Line([{ _ in throw CancellationError() }])
        await #expect(throws: CancellationError.self) { try await line.api.projects() }
        #expect(line.recording.requests.count == 1)
    }

    @Test func `lists may come as objects, and fields nobody knows are left alone`() async throws {
        let line = Line(
            200,
            #"{"10":{"uuid":"c","new":{"x":[1]}},"2":{"uuid":"b","name":"B"},"0":{"uuid":"a","id":1.5}}"#
        )
        #expect(try await line.api.projects().map(\.id) == ["a", "b", "c"])
        for odd in ["\"text\"", "7", "<html>", ""] {
            let line = Line(200, odd)
            let error = await #expect(throws: DeployError.self) { try await line.api.projects() }
            #expect(error?.description.contains("gave an answer that cannot be read") == true)
        }
    }

    @Test func `numbers and truths are the same in every form`() throws {
        let value = try #require(
            CoolifyValue(json: Array(#"{"a":"8080","b":8080,"c":1,"d":"1","e":true,"f":null}"#.utf8))
        )
        #expect(value["a"]?.word == value["b"]?.word)
        #expect(["c", "d", "e"].allSatisfy { value[$0]?.isTrue == true })
        #expect(value["f"] == nil && value["g"] == nil)
    }

    @Test(arguments: [
        ("running:healthy", true, true, false), ("running:unhealthy", true, false, false),
        ("running", true, false, false),
        ("exited:unhealthy", false, false, true), ("starting:unknown", false, false, false), ("", false, false, true),
        ("restarting:unknown", false, false, false), ("degraded:unhealthy", false, false, false),
    ])
    func `what a status means`(text: String, runs: Bool, works: Bool, isDown: Bool) {
        let status = CoolifyStatus(text)
        #expect(status.isRunning == runs && status.isHealthy == works && status.isDown == isDown)
    }

    @Test func `the own server is found, and one that can't be used is known`() async throws {
        let two =
            #"[{"uuid":"a","name":"far","ip":"198.51.100.7"},{"uuid":"b","name":"localhost","ip":"host.docker.internal","is_reachable":true,"is_usable":true}]"#
        #expect(try await Line(200, two).api.ownServer().id == "b")
        let broken = #"[{"uuid":"b","ip":"host.docker.internal","settings":{"is_reachable":true,"is_usable":false}}]"#
        #expect(try await Line(200, broken).api.ownServer().isUsable == false)
        let error = await #expect(throws: DeployError.self) { try await Line(200, "[]").api.ownServer() }
        #expect(error?.description.contains("Coolify has 0 servers") == true)
    }

    @Test func `a deployment's log is what people should see of it, in order`() throws {
        let logs =
            #"[{"output":"second\nthird","order":2,"hidden":false},{"output":"first","order":1},{"output":"no","order":3,"hidden":true},{"output":null,"order":4}]"#
        let value = CoolifyValue.object(["deployment_uuid": "d", "status": "in_progress", "logs": .text(logs)])
        let deployment = try #require(CoolifyDeployment(value))
        #expect(deployment.log == ["first", "second", "third"])
        #expect(!deployment.isOver && !deployment.isFinished)
        #expect(CoolifyDeployment(.object(["deployment_uuid": "d", "status": "cancelled-by-user"]))?.isOver == true)
        #expect(CoolifyDeployment(.object(["deployment_uuid": "d"]))?.log == [])
    }

    @Test func `a note reads as it was written, and a person's words are none`() throws {
        var note = CoolifyNote(mark: "pma-staging-1f3a9c", kind: "web")
        #expect(note.text == "pma-staging-1f3a9c web")
        note[.before] = "b"
        note[.deployed] = "d"
        #expect(note.text == "pma-staging-1f3a9c web, deployed d, before b")
        #expect(CoolifyNote(note.text) == note)
        #expect(CoolifyNote("\(note.text), do not touch it")?.isOf("pma-staging-1f3a9c", "web") == true)
        #expect(CoolifyNote("") == nil && CoolifyNote("the web application") == nil && CoolifyNote("web") == nil)
    }
}

import FoundationEssentials
import Model
import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import Deploy

/// What becomes of a registry's answers and of a machine's log-ins in a plan.
@Suite(.timeLimit(.minutes(20)))
struct ImageStageTests {
    private static let anna = ImageWish.Login(user: "anna", password: "it's a $5 \"secret\"\\")
    private static let manifest = #"{"manifests":[{"platform":{"os":"linux","architecture":"amd64"}}]}"#

    private static func auth(_ login: ImageWish.Login) -> String {
        Data("\(login.user):\(login.password)".utf8).base64EncodedString()
    }

    private static func config(_ login: ImageWish.Login, _ key: String = "ghcr.io") -> String {
        #"{"auths":{"\#(key)":{"auth":"\#(auth(login))"},"other.example":{"auth":"eDp5"}}}"#
    }

    /// A registry that shows the image to everybody but those who come with a log-in that it does not know.
    private final class Shop: Sendable {
        let manifest = Mutex(ImageStageTests.manifest)
        let known: Set<String>

        init(_ logins: ImageWish.Login...) { known = Set(logins.map { "Basic \(ImageStageTests.auth($0))" }) }

        var client: RegistryClient {
            RegistryClient(
                { request in
                    func answer(_ status: Int, _ headers: HTTPHeaders = [:], _ body: String = "") -> HTTPResponse {
                        HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: request.url)
                    }
                    let authorization = request.headers["Authorization"]
                    if request.url.hasPrefix("https://ghcr.io/token") {
                        guard authorization.map(self.known.contains) ?? true else { return answer(403) }
                        return answer(200, [:], #"{"token":"t"}"#)
                    }
                    guard authorization == "Bearer t" else {
                        return answer(401, ["WWW-Authenticate": #"Bearer realm="https://ghcr.io/token""#])
                    }
                    return answer(200, [:], self.manifest.withLock { $0 })
                },
                clock: ImpatientClock()
            )
        }
    }

    private func stage(
        _ login: ImageWish.Login?,
        _ machine: LoginMachine,
        _ shop: Shop = Shop(anna),
        _ discoveries: Discoveries = Discoveries()
    ) -> ImageStage {
        let wish = ImageWish(name: "ghcr.io/anna/agent", tag: "latest", login: login)
        return ImageStage(wish, GeneratedSecrets(), registry: shop.client, host: machine, discoveries: discoveries)
    }

    /// Does what the survey lists, and looks again.
    private func apply(_ stage: ImageStage) async throws -> StageSurvey {
        for change in try await stage.survey().changes { try await stage.perform(change) { _ in } }
        return try await stage.survey()
    }

    @Test func `an image for everybody needs nothing, and what its tag stands for is found out`() async throws {
        let discoveries = Discoveries()
        let stage = stage(nil, try LoginMachine(), Shop(), discoveries)
        let survey = try await stage.survey()
        #expect(survey.changes == [])
        #expect(survey.obstacle == nil)
        #expect(survey.facts.map(\.name) == ["image", "digest", "pinned", "platforms"])
        #expect(survey.facts[1].value == discoveries.found.digest)
        #expect(discoveries.found.digest?.hasPrefix("sha256:") == true)
        #expect(stage.outlook() == [])
        #expect(try await stage.precheck() == [])
    }

    @Test func `a machine without a log-in gets it, by the standard input and never as an argument`() async throws {
        let machine = try LoginMachine()
        let stage = stage(Self.anna, machine)
        #expect(try await stage.precheck() == [])
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.kind) == [.create])
        #expect(survey.changes == stage.outlook())
        #expect(survey.changes.first?.what == "the machine logs in to ghcr.io as “anna”")
        #expect(survey.obstacle == nil)
        let after = try await apply(stage)
        #expect(after.changes == [])
        #expect(after.facts.last == .init("log-in", "anna"))
        #expect(machine.calls == [#"["login", "ghcr.io", "--username", "anna", "--password-stdin"]"#])
        #expect(try machine.config.contains(Self.auth(Self.anna)))
    }

    @Test func `a tag that moves stops the run that planned something else, and the next one plans it`() async throws {
        let (shop, machine) = (Shop(Self.anna), try LoginMachine())
        let stage = stage(Self.anna, machine, shop)
        let before = try await Plan.survey([stage], of: "staging", mark: "m")
        let same = try await Plan.survey([stage], of: "staging", mark: "m")
        #expect(before.fingerprint == same.fingerprint)
        shop.manifest.withLock { $0 = Self.manifest + " " }
        let after = try await Plan.survey([stage], of: "staging", mark: "m")
        #expect(after.obstacles.first?.why.contains("Apply again") == true)
        let next = try await Plan.survey([self.stage(Self.anna, machine, shop)], of: "staging", mark: "m")
        #expect(next.obstacles.isEmpty)
    }

    @Test(arguments: ["ghcr.io", "https://ghcr.io", "https://ghcr.io/v2/"])
    func `another log-in is changed, and others are left alone`(key: String) async throws {
        let old = ImageWish.Login(user: "bert", password: "x:y")
        let machine = try LoginMachine(Self.config(old, key))
        let survey = try await stage(Self.anna, machine).survey()
        #expect(survey.changes.map(\.kind) == [.change])
        #expect(survey.changes.map(\.id) == ["registry-login"])
        guard key == "ghcr.io" else { return }
        #expect(try await apply(stage(Self.anna, machine)).changes == [])
        #expect(try machine.config.contains("other.example"))
    }

    @Test func `a log-in that has expired is taken away where the settings name none, for it breaks public images`()
        async throws
    {
        let machine = try LoginMachine(Self.config(.init(user: "bert", password: "old")))
        let stage = stage(nil, machine, Shop())
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.id) == ["registry-logout"])
        #expect(survey.changes.first?.why.contains("“bert”") == true)
        #expect(try await apply(stage).changes == [])
        #expect(machine.calls == [#"["logout", "ghcr.io"]"#])
        #expect(try machine.config.contains("other.example"))
    }

    @Test func `a log-in that works is left alone though the settings name none`() async throws {
        let machine = try LoginMachine(Self.config(Self.anna))
        let survey = try await stage(nil, machine).survey()
        #expect(survey.changes == [])
        #expect(survey.facts.last == .init("log-in", "anna, which the settings do not name"))
    }

    @Test func `a token that has expired is an obstacle before there is a machine`() async throws {
        let discoveries = Discoveries()
        discoveries.note { $0.digest = "sha256:old" }
        let stage = stage(Self.anna, try LoginMachine(), Shop(), discoveries)
        let found = try await stage.precheck()
        #expect(found.map(\.kind) == [.obstacle])
        #expect(found.first?.what == "the image ghcr.io/anna/agent:latest")
        #expect(found.first?.why.contains("has expired") == true)
        let survey = try await stage.survey()
        #expect(survey.changes == found)
        #expect(survey.obstacle != nil)
        #expect(discoveries.found.digest == nil)
    }

    @Test func `an image for other machines is an obstacle`() async throws {
        let discoveries = Discoveries()
        discoveries.note { $0.architecture = "aarch64" }
        let survey = try await stage(nil, try LoginMachine(), Shop(), discoveries).survey()
        #expect(survey.changes.map(\.kind) == [.obstacle])
        #expect(
            survey.changes.first?.why.hasPrefix("It runs on linux/amd64, and the machine is linux/arm64.") == true
        )
        #expect(survey.obstacle != nil)
        discoveries.note { $0.architecture = "x86_64" }
        #expect(try await stage(nil, try LoginMachine(), Shop(), discoveries).survey().changes == [])
    }

    @Test(arguments: [
        (#"{"credsStore":"secretservice"}"#, "keeps passwords by “secretservice”"),
        (#"{"credHelpers":{"ghcr.io":"pass"}}"#, "keeps passwords by “pass”"), ("{", "is no file of Docker's"),
    ])
    func `what keeps Docker's log-in from Coolify is an obstacle`(config: String, words: String) async throws {
        let survey = try await stage(Self.anna, try LoginMachine(config)).survey()
        #expect(survey.changes.map(\.kind) == [.obstacle])
        #expect(survey.changes.first?.why.contains(words) == true)
    }

    @Test func `a log-in that Docker refuses fails without a word of the password`() async throws {
        let machine = try LoginMachine()
        let wrong = ImageWish.Login(user: "anna", password: "wrong")
        let stage = stage(wrong, machine, Shop(wrong))
        let change = try #require(try await stage.survey().changes.first)
        let error = await #expect(throws: DeployError.self) { try await stage.perform(change) { _ in } }
        #expect(error?.description.contains("denied: [redacted]") == true)
        #expect(error?.description.contains("wrong") == false)
    }

    @Test func `nothing that is shown holds a password`() async throws {
        let old = ImageWish.Login(user: "bert", password: "0ldPassword")
        let stage = stage(Self.anna, try LoginMachine(Self.config(old)))
        let plan = try await Plan.survey([stage], of: "staging", mark: "m")
        for secret in [Self.anna.password, old.password, Self.auth(Self.anna), Self.auth(old)] {
            #expect(!plan.text.contains(secret))
            #expect(try !plan.json().contains(secret))
        }
    }
}

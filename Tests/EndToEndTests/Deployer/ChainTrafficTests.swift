import FoundationEssentials
import TestSupport
import Testing

extension DeployerSuite {
    /// What the real program asks of Coolify and DigitalOcean in the whole life of an environment, held against their own
    /// descriptions; the judge takes seconds for each request.
    @Suite(.serialized, .timeLimit(.minutes(60)))
    struct ChainTrafficTests {
        @Test(
            .enabled(if: StormTests.isLong, "scripts/test --long runs it."),
            .enabled(Comment(rawValue: RequestJudge.missing)) { try await RequestJudge.isThere() }
        )
        func `all that a whole life asks is what the descriptions take`() async throws {
            let desk = try await OperatorDesk(.digitalocean)
            for words in [
                ["doctor"], ["plan"], ["apply", "--yes"], ["status"], ["logs"], ["apply", "--yes"],
                ["destroy", "--confirm", "staging"],
            ] {
                let run = try await desk.host(words)
                #expect(run.isSuccess, "\(words): \(run.text)\n\(run.problems)")
            }
            #expect(try desk.machines == 0)
            for (api, recording) in [
                ("coolify", try TextFile.read(desk.machine.recording)), ("digitalocean", desk.cloudRecording),
            ] {
                let verdict = try await RequestJudge(api).verdict(on: recording)
                #expect(verdict.faults == [])
                #expect(verdict.judged > 10)
                print("\(verdict.judged) different requests to \(api) are what its description takes.")
            }
        }
    }
}

import Subprocess
import TestSupport
import Testing

extension DeployerSuite {
    /// What somebody looked at, answered and asked for at once with others is what is done.
    @Suite(.serialized, .timeLimit(.minutes(30)))
    struct ChainAnswerTests {
        /// The exit code and the journal say what the words say.
        @Test func `what is not answered with yes is left, and so is what was not looked at`() async throws {
            let desk = try await OperatorDesk()
            #expect(try await desk.host("apply", "--yes").isSuccess)
            let other = ["variables": #"{"HOST_SMTP_FROM": "prices@example.org"}"#]
            try desk.configure(other)
            let never = try await desk.host(["apply"], answering: "no")
            #expect(never.status == .exited(1), "\(never.text)")
            #expect(never.text.contains("Nothing was done."))

            // That the variables differ shows once the machine runs.
            try desk.tellState("Stopped")
            let half = try await desk.host(["apply"], answering: "yes", "no")
            #expect(half.status == .exited(1), "\(half.text)")
            #expect(half.text.contains("to change.") && !half.text.contains("Nothing was done."), "\(half.text)")

            try desk.tellState("Stopped")
            let plan = try await desk.host("plan")
            let shown = try #require(plan.text.firstMatch(of: /fingerprint is ([0-9a-f]{16})\./)).output.1
            let begun = try await desk.host("apply", "--yes", "--plan", String(shown))
            #expect(begun.status == .exited(1), "\(begun.text)")
            #expect(begun.problems.contains("What was done before it stays"), "\(begun.problems)")
            let again = try await desk.host("apply", "--yes", "--plan", String(shown))
            #expect(again.problems.contains("This run changed nothing."), "\(again.problems)")
            #expect(try await desk.host("apply", "--yes").isSuccess)

            _ = try await desk.machine.push(tag: "dev", content: "another")
            #expect(try await desk.host("apply", "--yes").isSuccess)
            let kept = try await desk.host(["rollback"], answering: "no")
            #expect(kept.status == .exited(1), "\(kept.text)")
            // The account stays with whom it was made for.
            try desk.configure(
                other.merging([
                    "coolify": #"{"adminEmail": "other@example.org", "installer": "\#(TestMachine.installer)", "#
                        + #""installerSHA256": "\#(try TestMachine.installerSHA256)"}"#
                ]) { $1 }
            )
            let status = try await desk.host("status")
            #expect(status.text.contains("coolify account: anna@example.org\n"), "\(status.text)")
            let rollback = try #require(status.text.split(separator: "\n").last { $0.contains(" rollback by ") })
            #expect(rollback.hasSuffix(": something was left"))
        }

        @Test func `a plan that was looked at is what is done, value by value`() async throws {
            let desk = try await OperatorDesk(.digitalocean)
            let network = { (sshFrom: String, more: [String: String]) in
                let options = #"{"server": "\#(desk.cloudAddress)", "sshFrom": "\#(sshFrom)"}"#
                try desk.configure(["options": options].merging(more) { $1 })
            }
            func fingerprint(_ variables: [String: String] = [:]) async throws -> String {
                let plan = try await desk.host("plan", variables: variables)
                return String(try #require(plan.text.firstMatch(of: /fingerprint is ([0-9a-f]{16})\./)).output.1)
            }
            try network("203.0.113.7", [:])
            let first = try await fingerprint()
            #expect(try await fingerprint() == first)
            try network("0.0.0.0/0", [:])
            #expect(try await !desk.host("apply", "--yes", "--plan", first).isSuccess)
            #expect(try desk.machines == 0)
            try network("203.0.113.7", [:])
            let made = try await desk.host("apply", "--yes", "--plan", first)
            #expect(made.isSuccess, "\(made.text)\n\(made.problems)")

            try network("198.51.100.9", [:])
            let narrow = try await fingerprint()
            try network("0.0.0.0/0", [:])
            #expect(try await fingerprint() != narrow)
            let other = try await desk.host("apply", "--yes", "--plan", narrow)
            #expect(other.status == .exited(1) && other.problems.contains("another one now"), "\(other.problems)")
            #expect(!desk.cloudRecording.contains("0.0.0.0/0\\\""))

            // The machine is as it should be, so that the plan shows what the applications need.
            try network("203.0.113.7", ["secretVariables": #"{"HOST_SMTP_URL": "TEST_MAIL"}"#])
            let secret = { (word: String) in ["TEST_MAIL": "smtp://anna:\(word)@mail.example.org"] }
            let one = try await fingerprint(secret("hunter2"))
            #expect(try await fingerprint(secret("hunter3")) != one)
            let done = try await desk.host("apply", "--yes", "--plan", one, variables: secret("hunter2"))
            #expect(done.isSuccess, "\(done.text)\n\(done.problems)")
        }

        @Test func `two operators at once: one works, and the other is told who`() async throws {
            let desk = try await OperatorDesk()
            async let first = desk.host("apply", "--yes")
            async let second = desk.host("apply", "--yes")
            let both = try await [first, second]
            // Whoever came second while the first was at work was refused; where it came later, nothing was left to do.
            #expect(both.contains { $0.isSuccess })
            for run in both where !run.isSuccess {
                #expect(run.problems.contains("Another run is changing this environment: apply by "), "\(run.text)")
            }
            let last = try await desk.host("apply", "--yes")
            #expect(last.isSuccess, "\(last.problems)")
            #expect(try desk.wrongs() == [])
        }
    }
}

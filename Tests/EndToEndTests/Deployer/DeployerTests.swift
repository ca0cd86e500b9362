import FoundationEssentials
import Subprocess
import TestSupport
import Testing

/// The deployer's verbs with the real binary, against a Multipass without virtual machines.
@Suite(.timeLimit(.minutes(30)))
struct DeployerTests {
    @Test func `from nothing to a machine, which a second time is left alone, and to nothing again`() async throws {
        let desk = try Desk()
        let plan = try await desk.host("plan")
        #expect(plan.text.contains("  + "))
        #expect(plan.text.contains("1 to create."))
        #expect(try desk.fake.state.instances.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/data/deploy"))

        let made = try await desk.host("apply", "--yes")
        #expect(made.isSuccess, "\(made.problems)")
        #expect(made.text.hasSuffix("Nothing is to be done.\n"))
        let names = try desk.fake.state.instances.keys.sorted()
        #expect(names.count == 1)
        #expect(names.first?.hasPrefix("pma-staging-") == true)

        let calls = try desk.fake.state.calls.count { $0.first == "launch" }
        let again = try await desk.host("apply", "--yes")
        #expect(again.isSuccess)
        #expect(try desk.fake.state.calls.count { $0.first == "launch" } == calls)
        let status = try await desk.host("status")
        #expect(status.isSuccess)
        #expect(status.text.contains("apply by ") && status.text.contains(": done"))

        let wrong = try await desk.host("destroy", "--confirm", "production")
        #expect(!wrong.isSuccess)
        #expect(try desk.fake.state.instances.count == 1)
        let gone = try await desk.host("destroy", "--confirm", "staging")
        #expect(gone.isSuccess, "\(gone.problems)")
        #expect(try desk.fake.state.instances.isEmpty)
        #expect(try await desk.host("destroy", "--confirm", "staging").text == "There is nothing to take away.\n")
    }

    /// The fake kills the program that called it, before or after it did what it was called for.
    @Test func `killed at any of its commands, the next run makes the same one machine`() async throws {
        let whole = try Desk()
        let made = try await whole.host("apply", "--yes")
        #expect(made.isSuccess, "\(made.problems)")
        let count = whole.killPoints.count
        try #require(count >= 4, "\(made.text) \(made.problems)")
        var kills = 0
        for number in 1...count {
            for moment in KillPoints.Moment.allCases {
                let desk = try Desk()
                try desk.killPoints.kill(at: number, moment)
                let killed = try await desk.host("apply", "--yes")
                #expect(killed.status == .signaled(9), "\(number) \(moment): \(killed.text) \(killed.problems)")
                try desk.killPoints.rest()
                kills += 1
                let resumed = try await desk.host("apply", "--yes")
                #expect(resumed.isSuccess, "\(number) \(moment): \(resumed.problems)")
                #expect(try desk.fake.state.instances.count == 1, "\(number) \(moment)")
                #expect(try await desk.host("plan").text.contains("Nothing is to be done."), "\(number) \(moment)")
            }
        }
        print("The deployer was killed at \(kills) points of \(count) commands: one machine each time.")
    }

    @Test func `a plan that was looked at is what is done, or nothing is`() async throws {
        let desk = try Desk()
        let other = try await desk.host("apply", "--yes", "--plan", "0123456789abcdef")
        #expect(other.status == .exited(1))
        #expect(other.problems.contains("another one now"))
        #expect(try desk.fake.state.instances.isEmpty)
        let shown = try await desk.host("plan")
        let fingerprint = try #require(shown.text.firstMatch(of: /fingerprint is ([0-9a-f]{16})\./)).output.1
        let done = try await desk.host("apply", "--yes", "--plan", String(fingerprint))
        #expect(done.isSuccess, "\(done.problems)")
    }

    @Test func `where nobody can be asked nothing is done without a word for it`() async throws {
        let desk = try Desk()
        for (verb, option) in [("apply", "--yes"), ("destroy", "--confirm")] {
            if verb == "destroy" { #expect(try await desk.host("apply", "--yes").isSuccess) }
            let before = try desk.fake.state.instances.count
            let asked = try await desk.host(verb)
            #expect(asked.status == .exited(64))
            #expect(asked.problems.contains(option))
            #expect(try desk.fake.state.instances.count == before)
        }
    }

    @Test func `the doctor names the programs that are missing`() async throws {
        let desk = try Desk()
        let doctor = try await desk.host("doctor", path: "/nonexistent")
        #expect(doctor.status == .exited(1), "\(doctor.text) \(doctor.problems)")
        #expect(doctor.text.contains("blocking: ssh, scp, ssh-keyscan are not on the PATH."), "\(doctor.text)")
        #expect(!doctor.text.contains("Nothing keeps"))
    }

    @Test func `what is wrong with the settings is said before anything is touched`() async throws {
        let desk = try Desk()
        for (config, words) in [
            (#"{"environments": {"staging": {"provider": "multipas"}}}"#, "none of this build: "),
            (
                #"{"environments": {"staging": {"provider": "digitalocean", "options": {"token": "x"}}}}"#,
                "does not belong"
            ),
            (
                #"{"environments": {"staging": {"provider": "digitalocean", "secrets": {"token": "NO_SUCH_VARIABLE"}}}}"#,
                "NO_SUCH_VARIABLE, which is not set"
            ),
            (#"{"environments": {"staging": {"provider": "multipass", "sshKey": "/no/key.pub"}}}"#, "/no/key.pub"),
            (
                #"{"environments": {"staging": {"provider": "multipass", "sshKey": "KEY", "options": {"exe": "x"}}}}"#,
                "exe is not an option"
            ),
        ] {
            let written = config.replacing("KEY", with: "\(desk.folder)/key.pub")
            try TextFile.write(written, to: "\(desk.folder)/config.json")
            let plan = try await desk.host("plan")
            #expect(plan.status == .exited(78), "\(plan.problems)")
            #expect(plan.problems.contains(words), "\(plan.problems)")
        }
        #expect(try desk.fake.state.calls.isEmpty)
    }
}

/// Somebody's folder with settings, a key and a Multipass.
private final class Desk: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "deployer-\(UUID().uuidString)").path
    let fake: FakeMultipass
    /// At its commands to Multipass.
    let killPoints: KillPoints

    init() throws {
        fake = try FakeMultipass()
        killPoints = try KillPoints(at: "\(folder)/touches")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f anna@laptop\n"
        try TextFile.write(key, to: "\(folder)/key.pub")
        try TextFile.write(
            """
            {"environments": {"staging": {"provider": "multipass", "sshKey": "\(folder)/key.pub",
              "options": {"executable": "\(fake.executable)"}}}}
            """,
            to: "\(folder)/config.json"
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// `path` is where the deployer finds programs.
    func host(_ verb: String, _ words: String..., path: String? = nil) async throws -> Command.Finished {
        let paths = path.map { ["PATH=\($0)"] } ?? []
        let variables = killPoints.environment.map { "\($0.key)=\($0.value)" } + paths
        return try await Command.run(
            "env",
            variables + [Installation.binary, "--role", "deployer", verb, "--environment", "staging"] + words
                + ["--config", "\(folder)/config.json", "--set", "data.folder=\(folder)/data"]
        )
    }
}

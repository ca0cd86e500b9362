import PluginAPI
import TestSupport
import Testing

@testable import MultipassPlugin

/// Every way in which Multipass fails, by its own exit codes and words.
@Suite(.timeLimit(.minutes(20)))
struct TroubleTests {
    private func error(_ laptop: Laptop) async throws -> ProviderError {
        try #require(await #expect(throws: ProviderError.self) { try await laptop.apply() })
    }

    @Test func `a program that is not there is named, with how to get it`() async throws {
        let laptop = try Laptop(["executable": "/nowhere/multipass"])
        let error = try await error(laptop)
        #expect(error.problem == "cannot be run as “/nowhere/multipass”")
        #expect(error.remedy.contains("snap install multipass"))
        #expect(error.retry == .never)
        let findings = try await laptop.plugin().diagnose()
        #expect(findings.map(\.weight) == [.blocking])
        #expect(findings.first?.remedy == error.remedy)
    }

    @Test(arguments: [("multipass", "snap start multipass"), ("multipass.exe", "net start Multipass")])
    func `a daemon that does not answer is named, with how to start it`(name: String, help: String) async throws {
        let words = "list failed: cannot connect to the multipass socket\n"
        let laptop = try Laptop(name: name) { $0.troubles = [.init("*", exit: 3, errors: words, times: 9)] }
        let error = try await error(laptop)
        #expect(error.problem == "cannot be reached: list failed: cannot connect to the multipass socket")
        #expect(error.remedy.contains(help))
        #expect(error.retry == .later(after: .seconds(10)))
        let findings = try await laptop.plugin().diagnose()
        #expect(findings.first?.thing == "Multipass's daemon")
        let silent = try Laptop { $0.daemon = nil }
        #expect(try await silent.plugin().diagnose().first?.thing == "Multipass's daemon")
    }

    @Test func `a launch that takes too long is waited for, not begun again`() async throws {
        let words = "launch failed: Timed out waiting for instance launch.\n"
        let laptop = try Laptop { state in
            state.troubles = [.init("launch", exit: 5, errors: words, isDone: true)]
            state.startingLooks = 9
        }
        #expect(try await laptop.apply().changes == [])
        #expect(try laptop.calls("launch").count == 1)
        #expect(try laptop.calls("exec").count == 1)
        #expect(laptop.lines.values.contains { $0.hasPrefix("The instance is “Starting”") })
    }

    @Test func `a launch whose program never ends is waited for too`() async throws {
        let laptop = try Laptop()
        laptop.meddler.harm { _, arguments in arguments.first == "launch" ? .timeout : nil }
        #expect(try await laptop.apply().changes == [])
        #expect(try laptop.calls("launch").count == 1)
    }

    @Test(arguments: [
        "launch failed: instance \"pma-staging-1f3a9c\" is being prepared\n",
        "launch failed: instance \"pma-staging-1f3a9c\" already exists\n",
        "launch failed: The following errors occurred:\ntimed out waiting for initialization to complete\n",
    ])
    func `one that somebody is making already is waited for`(words: String) async throws {
        let laptop = try Laptop { $0.troubles = [.init("launch", errors: words, isDone: true)] }
        #expect(try await laptop.apply().changes == [])
    }

    @Test func `a launch that fails says why, and leaves nothing to be repeated`() async throws {
        let words = "launch failed: Remote \"\" is unknown or unreachable.\n"
        let laptop = try Laptop { $0.troubles = [.init("launch", errors: words)] }
        let error = try await error(laptop)
        #expect(error.problem == "failed (exit code 2): launch failed: Remote \"\" is unknown or unreachable.")
        #expect(try await laptop.apply().changes == [])
        let damaged = try Laptop {
            $0.troubles = [.init("launch", errors: "launch failed: Downloaded image hash does not match\n")]
        }
        #expect(try await self.error(damaged).retry == .later(after: .seconds(10)))
    }

    @Test func `a command line that it does not know means that it is too old`() async throws {
        let laptop = try Laptop { $0.troubles = [.init("launch", exit: 1, errors: "Unknown option 'timeout'.\n")] }
        let error = try await error(laptop)
        #expect(error.retry == .never)
        #expect(error.remedy.contains("1.13"))
    }

    @Test func `what it calls worth another try gets one`() async throws {
        let laptop = try Laptop { $0.troubles = [.init("list", exit: 4, times: 2)] }
        #expect(try await laptop.apply().changes == [])
        #expect(laptop.clock.waits.filter { $0 == .seconds(5) }.count >= 2)
    }

    @Test func `exec's own 2 is not taken for the machine's 2`() async throws {
        let words = "exec failed: ssh connection failed: 'Connection refused'\n"
        let soon = try Laptop { $0.troubles = [.init("exec", errors: words, times: 3)] }
        #expect(try await soon.apply().changes == [])
        #expect(try soon.calls("exec").count == 4)
        let never = try Laptop { $0.troubles = [.init("exec", errors: words, times: 99)] }
        let error = try await error(never)
        #expect(
            error.problem
                == "lets Multipass run nothing in it: exec failed: ssh connection failed: 'Connection refused'"
        )
    }

    @Test func `a first start with warnings will do, one with an error will not`() async throws {
        let warned = try Laptop { $0.cloudInitCode = 2 }
        #expect(try await warned.apply().changes == [])
        #expect(warned.lines.values.contains { $0.hasPrefix("The first start ended with warnings") })
        let failed = try Laptop { $0.cloudInitCode = 1 }
        #expect(try await error(failed).problem == "could not end its first start: cloud-init ended with 1")
    }

    @Test(arguments: [("multipass", "socketfilterfw"), ("multipass.exe", "hosts.ics")])
    func `an instance without an address is explained`(name: String, help: String) async throws {
        let request = SampleMachine.request()
        // As the real one writes it; it is looked at too often for a real program.
        let runner: CommandRunner = { command in
            let row =
                "{\"name\":\"\(request.mark)\",\"state\":\"Running\",\"ipv4\":[],\"release\":\"Ubuntu 22.04 LTS\"}"
            let text = command.arguments.first == "list" ? "{\"list\":[\(row)]}" : "{\"errors\":[],\"info\":{}}"
            return CommandResult(exitCode: 0, output: Array(text.utf8))
        }
        let plugin = try Multipass(PluginSetup(of: Multipass.self, ["executable": name], run: runner))
        let survey = try await plugin.survey(request)
        #expect(survey.machine?.state == .starting)
        let change = try #require(survey.changes.first)
        let error = await #expect(throws: ProviderError.self) {
            try await plugin.perform(change, for: request, progress: { _ in })
        }
        #expect(error?.problem == "runs, but has no address, though it was waited for")
        #expect(error?.remedy.contains(help) == true)
    }

    @Test func `an old version, a daemon of another one, and a driver without addresses are diagnosed`() async throws {
        let fine = try Laptop()
        #expect(try await fine.plugin().diagnose() == [])
        let old = try Laptop { state in
            state.version = "1.9.2"
            state.daemon = "1.9.0"
            state.driver = "virtualbox"
        }
        let findings = try await old.plugin().diagnose()
        #expect(findings.map(\.weight) == [.blocking, .warning, .blocking])
        #expect(findings.last?.thing == "Multipass's driver VirtualBox")
        let strange = try Laptop(["network": "eth9"]) { $0.driver = nil }
        #expect(try await strange.plugin().diagnose().map(\.problem) == ["is none that Multipass lists"])
    }

    @Test func `an answer that is no JSON is no reason to stop without a word`() async throws {
        let runner: CommandRunner = { _ in CommandResult(exitCode: 0, output: Array("hello".utf8)) }
        let plugin = try Multipass(PluginSetup(of: Multipass.self, [:], run: runner))
        let error = await #expect(throws: ProviderError.self) { try await plugin.survey(SampleMachine.request()) }
        #expect(error?.problem == "gave an answer that cannot be read: “hello”")
    }

    @Test func `a change that this version does not know is refused by name`() async throws {
        let change = MachineChange("gateway", .create, what: "a gateway", why: "A test.")
        let error = await #expect(throws: ProviderError.self) { try await Laptop().perform(change) }
        #expect(error?.thing == "The change “gateway”")
    }
}

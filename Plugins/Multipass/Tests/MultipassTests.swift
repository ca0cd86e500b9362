import PluginAPI
import TestSupport
import Testing

@testable import MultipassPlugin

@Suite(.timeLimit(.minutes(20)))
struct MultipassTests {
    @Test func `from nothing, one instance is planned, made and found`() async throws {
        let laptop = try Laptop()
        let plan = try await laptop.survey()
        #expect(plan.machine == nil)
        #expect(plan.changes.map(\.id) == ["instance"])
        #expect(
            plan.changes.first?.what
                == "the instance “pma-staging-1f3a9c”: Ubuntu 22.04, 2 processors, 4096 MiB, 40 GiB"
        )
        #expect(try laptop.fake.state.instances.isEmpty)
        let survey = try await laptop.apply()
        #expect(survey.changes == [])
        #expect(survey.findings == [])
        #expect(survey.machine?.state == .running)
        // Docker's bridge in it is no address of its own.
        #expect(survey.machine?.addresses == ["10.168.32.2"])
        let launch = try #require(try laptop.calls("launch").first)
        #expect(
            launch == [
                "launch", "22.04", "--name", "pma-staging-1f3a9c", "--cpus", "2", "--memory", "4096M", "--disk", "40G",
                "--cloud-init", "-", "--timeout", "900",
            ]
        )
        let difference = try GoldenFile("cloud-init.yaml").difference(from: laptop.instance().cloudInit)
        #expect(difference == nil)
    }

    @Test func `what is made already is fine`() async throws {
        let laptop = try Laptop()
        let change = try #require(try await laptop.survey().changes.first)
        try await laptop.perform(change)
        try await laptop.perform(change)
        #expect(try laptop.calls("launch").count == 1)
    }

    @Test func `a network is joined, and one that is not there is refused before anything is made`() async throws {
        let laptop = try Laptop(["network": "eth0"])
        try await laptop.apply()
        #expect(try laptop.instance().network == "eth0")
        let all = ["10.168.32.2", "192.168.178.57", "172.17.0.1", "10.0.1.1"]
        try laptop.fake.change { $0.instances["pma-staging-1f3a9c"]?.ipv4 = all }
        #expect(try await laptop.survey().machine?.addresses == ["10.168.32.2", "192.168.178.57"])
        let other = try Laptop(["network": "eth9"])
        let strange = try await other.survey()
        #expect(
            strange.findings.map(\.description) == [
                "The network “eth9” is none that Multipass knows. Set the option “network” to one of these, or to nothing: eth0, wlan0."
            ]
        )
        #expect(strange.isBlocked)
        let bare = try Laptop(["network": "eth0"]) { $0.networks = nil }
        let none = try await bare.survey()
        #expect(none.findings.map(\.problem) == ["cannot be joined: Multipass lists no networks here"])
    }

    @Test func `a stopped one is started`() async throws {
        let laptop = try Laptop()
        try await laptop.apply()
        try laptop.fake.change { $0.instances["pma-staging-1f3a9c"]?.state = "Stopped" }
        let survey = try await laptop.survey()
        #expect(survey.machine?.state == .stopped)
        #expect(survey.machine?.addresses == [])
        #expect(survey.changes.map(\.id) == ["start"])
        #expect(survey.changes.first?.drift == .init(from: "Stopped", to: "Running"))
        #expect(try await laptop.apply().machine?.state == .running)
    }

    @Test func `a deleted one is brought back with what it holds, and no second one is made`() async throws {
        let laptop = try Laptop()
        try await laptop.apply()
        try laptop.fake.change { $0.instances["pma-staging-1f3a9c"]?.state = "Deleted" }
        let survey = try await laptop.survey()
        // Its disk is still there, so it is no machine that can be forgotten.
        #expect(survey.machine?.state == .stopped)
        #expect(survey.changes.map(\.id) == ["recover", "start"])
        #expect(try await laptop.apply().changes == [])
        #expect(try laptop.calls("launch").count == 1)
    }

    @Test func `the addresses are read anew each time`() async throws {
        let laptop = try Laptop()
        try await laptop.apply()
        try laptop.fake.change { $0.instances["pma-staging-1f3a9c"]?.ipv4 = ["172.30.1.9"] }
        #expect(try await laptop.survey().machine?.addresses == ["172.30.1.9"])
    }

    @Test func `another size needs a person, who is told the command`() async throws {
        let laptop = try Laptop()
        try await laptop.apply()
        try laptop.fake.change { state in
            state.instances["pma-staging-1f3a9c"]?.cpus = 1
            state.instances["pma-staging-1f3a9c"]?.memory = 2 << 30
            state.instances["pma-staging-1f3a9c"]?.disk = 80 << 30
        }
        let survey = try await laptop.survey()
        #expect(survey.changes == [])
        #expect(survey.findings.map(\.weight) == [.warning, .warning, .note])
        #expect(
            survey.findings.first?.description == """
                The instance “pma-staging-1f3a9c” has 1 processors, not 2. It has to stand still for a change: “multipass \
                stop pma-staging-1f3a9c && multipass set local.pma-staging-1f3a9c.cpus=2 && multipass start \
                pma-staging-1f3a9c”.
                """
        )
    }

    @Test(arguments: ["Running", "Stopped", "Deleted"])
    func `only the instance with the mark goes, whatever state it is in`(state: String) async throws {
        let laptop = try Laptop()
        try await laptop.apply()
        try laptop.fake.change { memory in
            memory.instances["theirs"] = memory.instances["pma-staging-1f3a9c"]
            memory.instances["theirs"]?.state = "Deleted"
            memory.instances["pma-staging-1f3a9c"]?.state = state
            memory.instances["pma-staging-1f3a9c"]?.snapshots = 2
        }
        let changes = try await laptop.plugin().removal(of: laptop.request)
        #expect(changes.map(\.id) == ["remove-instance"])
        try await laptop.destroy()
        #expect(try laptop.fake.state.instances.keys.sorted() == ["theirs"])
        #expect(try await laptop.plugin().removal(of: laptop.request) == [])
    }

    // MARK: The samples of the real one

    @Test func `the real one's JSON is read`() async throws {
        let folder = TextFile.path("Fixtures", besides: #filePath)
        for (name, state) in [("bogus-instance", Machine.State.running), ("bombastic", .stopped)] {
            let runner: CommandRunner = { command in
                let file = command.arguments.first == "list" ? "list.json" : "info.json"
                return CommandResult(exitCode: 0, output: Array(try TextFile.read("\(folder)/\(file)").utf8))
            }
            let plugin = try Multipass(PluginSetup(of: Multipass.self, [:], run: runner))
            let survey = try await plugin.survey(SampleMachine.request(mark: name))
            #expect(survey.machine?.state == state)
            #expect(survey.machine?.addresses == (state == .running ? ["10.21.124.56"] : []))
        }
    }

    @Test(arguments: [("executable", "-rf"), ("executable", "a\nb"), ("network", "a,mode=manual"), ("network", "--x")])
    func `a wrong option is refused beside its name`(key: String, value: String) throws {
        let error = #expect(throws: SetupError.self) { try Multipass(PluginSetup(of: Multipass.self, [key: value])) }
        #expect(error?.key == key)
    }

    @Test(arguments: [("__rc=0\n", 0), ("status: done\n__rc=2\n", 2), ("__rc=1\n__rc=0", 0)])
    func `the code is the last that the machine wrote`(output: String, code: Int) {
        #expect(Work.code(in: output) == code)
        #expect(Work.code(in: "exec failed: ssh connection failed") == nil)
    }
}

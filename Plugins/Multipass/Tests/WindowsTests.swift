import FoundationEssentials
import PluginAPI
import Synchronization
import TestSupport
import Testing

@testable import MultipassPlugin

/// Inside of WSL2, where Windows' program is called.
@Suite(.timeLimit(.minutes(20)))
struct WindowsTests {
    /// A computer with Windows' program, which answers as it does there.
    private func laptop(_ change: (inout FakeMultipass.State) -> Void = { _ in }) throws -> Laptop {
        try Laptop(name: "multipass.exe") { state in
            state.encoding = "utf-16"
            state.isWindows = true
            state.driver = "hyperv"
            change(&state)
        }
    }

    @Test(arguments: ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
    func `answers in any encoding and with Windows' line ends are read`(encoding: String) async throws {
        let laptop = try Laptop(name: "multipass.exe") { state in
            state.encoding = encoding
            state.isWindows = true
            state.driver = "hyperv"
        }
        #expect(try await laptop.apply().changes == [])
        #expect(try laptop.instance().cloudInit.hasPrefix("#cloud-config\n"))
        let findings = try await laptop.plugin().diagnose()
        #expect(findings.map(\.weight) == [.note])
        #expect(findings.first?.thing == "Hyper-V's Default Switch")
        try await laptop.destroy()
        #expect(try laptop.fake.state.instances.isEmpty)
    }

    @Test func `what was read is what was written`() {
        let text = "ä {\"list\": []}"
        let wide = Array(text.utf16)
        let little = wide.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        let big = wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        #expect(ForeignText.decoded([0xff, 0xfe] + little) == text)
        #expect(ForeignText.decoded([0xfe, 0xff] + big) == text)
        #expect(ForeignText.decoded(little) == text)
        #expect(ForeignText.decoded([0xef, 0xbb, 0xbf] + Array(text.utf8)) == text)
        #expect(ForeignText.decoded(Array("a\r\nb".utf8)) == "a\nb")
        #expect(ForeignText.decoded([]) == "")
        #expect(ForeignText.decoded([0xff, 0xfe, 0x41]) == "")
    }

    // MARK: Whether instances answer

    /// Docker's bridge in it may be one of this computer too, which would answer in its place.
    @Test func `a new machine is knocked at, at every address of its own`() async throws {
        let laptop = try laptop()
        laptop.network.state.withLock { $0.answers = { $0 == "10.168.32.2" } }
        #expect(try await laptop.apply().changes == [])
        #expect(laptop.network.state.withLock { $0.knocks } == [["10.168.32.2"]])
        let other = try self.laptop()
        other.network.state.withLock { $0.answers = { $0 == "172.17.0.1" } }
        await #expect(throws: ProviderError.self) { try await other.apply() }
        let elsewhere = try Laptop()
        elsewhere.network.state.withLock { $0.answers = { _ in false } }
        #expect(try await elsewhere.apply().changes == [])
        #expect(elsewhere.network.state.withLock { $0.knocks } == [])
    }

    @Test func `one that answers after a while will do, at the address that it has by then`() async throws {
        let laptop = try laptop()
        let fake = laptop.fake
        let count = Mutex(0)
        laptop.network.state.withLock { state in
            state.answers = { address in
                // The list showed an old address first.
                if count.withLock({
                    $0 += 1; return $0
                }) == 4 {
                    try? fake.change { $0.instances["pma-staging-1f3a9c"]?.ipv4 = ["172.30.1.9"] }
                }
                return address == "172.30.1.9"
            }
        }
        #expect(try await laptop.apply().changes == [])
        #expect(laptop.network.state.withLock { $0.knocks.last } == ["172.30.1.9"])
        #expect(laptop.lines.values.contains("The instance does not answer inside of WSL2 yet."))
    }

    @Test(arguments: [
        (String?.none, "Windows forwards nothing from WSL", "networkingMode=mirrored"),
        ("nat", "Windows forwards nothing from WSL", "hosts.ics"),
        ("mirrored", "WSL's networking mode “mirrored” reaches", "Windows forwards nothing from WSL"),
    ])
    func `one that never answers stops the work with what helps, the most likely first`(
        mode: String?,
        first: String,
        second: String
    ) async throws {
        let laptop = try laptop()
        laptop.network.state.withLock { state in
            state.answers = { _ in false }
            state.mode = mode
        }
        let error = try #require(await #expect(throws: ProviderError.self) { try await laptop.apply() })
        #expect(error.problem == "runs, and does not answer inside of WSL2 on port 22 of 10.168.32.2")
        let lines = error.remedy.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(lines[1].hasPrefix("1. \(first)"))
        #expect(lines[2].contains(second))
        for word in ["hosts.ics", "Remove-HNSNetwork", "VPN", "VirtualBox"] { #expect(error.remedy.contains(word)) }
        #expect(error.remedy.contains("mirrored") == (mode != "nat"))
        #expect(error.retry == .later(after: nil))
        // The machine is there, and a second run makes no other one.
        laptop.network.state.withLock { $0.answers = { _ in true } }
        #expect(try await laptop.apply().changes == [])
        #expect(try laptop.calls("launch").count == 1)
    }

    @Test func `doctor knocks at every instance that runs`() async throws {
        let laptop = try laptop()
        let early = try await laptop.plugin().diagnose()
        #expect(early.map(\.weight) == [.note, .note])
        #expect(early.last?.problem == "can't be seen yet, for none runs")
        try await laptop.apply()
        try laptop.fake.change { state in
            state.instances["theirs"] = state.instances["pma-staging-1f3a9c"]
            state.instances["theirs"]?.ipv4 = ["10.168.32.9"]
            state.instances["asleep"] = state.instances["pma-staging-1f3a9c"]
            state.instances["asleep"]?.state = "Stopped"
        }
        laptop.network.state.withLock { state in
            state.knocks = []
            state.answers = { $0 == "10.168.32.2" }
        }
        let some = try await laptop.plugin().diagnose().filter { $0.weight != .note }
        #expect(some.map(\.weight) == [.warning])
        #expect(some.first?.thing == "The instance “theirs”")
        #expect(laptop.network.state.withLock { $0.knocks } == [["10.168.32.2"], ["10.168.32.9"]])
        laptop.network.state.withLock { $0.answers = { _ in false } }
        let none = try await laptop.plugin().diagnose().filter { $0.weight != .note }
        #expect(none.map(\.weight) == [.blocking, .blocking])
        #expect(none.first?.remedy.contains("Set-NetIPInterface -Forwarding Enabled") == true)
        laptop.network.state.withLock { $0.hasOpenSSH = false }
        let bare = try await laptop.plugin().diagnose().filter { $0.weight != .note }
        #expect(bare.map(\.thing) == ["OpenSSH"])
    }

    @Test func `doctor says on other systems what is between here and the instance`() async throws {
        let laptop = try Laptop()
        try await laptop.apply()
        laptop.network.state.withLock { $0.answers = { _ in false } }
        let findings = try await laptop.plugin().diagnose()
        #expect(findings.map(\.weight) == [.blocking])
        #expect(findings.first?.problem.hasPrefix("runs, and does not answer from here") == true)
        #expect(findings.first?.remedy.contains("systemctl status ssh") == true)
    }

    @Test func `the real ssh-keyscan tells who answers`() async throws {
        let client = Client(executable: "multipass.exe", run: TestCommands.runner, clock: ImpatientClock())
        // Nobody listens on port 22 of an address for examples.
        let result = try await Reach(client: client).ask(["192.0.2.1", "-oProxyCommand=true", "a b"])
        #expect(result == .none || result == .unknown)
        #expect(try await Reach(client: client).ask([]) == .none)
    }

    // MARK: Where its program is

    /// A computer on which these programs are found, the first along the PATH first.
    private func found(_ programs: [String], _ executable: String = "multipass") async throws -> [String] {
        let called = Recorder<String>()
        let runner: CommandRunner = { command in
            if command.executable == "sh" {
                let first = command.arguments.dropFirst(3).first { programs.contains($0) }
                return CommandResult(exitCode: first == nil ? 127 : 0, output: Array("\(first ?? "")\n".utf8))
            }
            called.record(command.executable)
            guard programs.contains(command.executable) else { throw CommandError.notRunnable("There is none.") }
            return CommandResult(exitCode: 0, output: Array("{\"list\":[]}".utf8))
        }
        let plugin = try Multipass(PluginSetup(of: Multipass.self, ["executable": executable], run: runner))
        // What is not there is told by its name in the list of calls.
        _ = try? await plugin.survey(SampleMachine.request())
        return called.values
    }

    @Test func `Windows' program is found where there is no other`() async throws {
        #expect(try await found(["multipass", "multipass.exe"]) == ["multipass"])
        #expect(try await found(["multipass.exe"]) == ["multipass.exe"])
        #expect(try await found([Client.windowsPlace]) == ["/mnt/c/Program Files/Multipass/bin/multipass.exe"])
        #expect(try await found([]) == ["multipass"])
        // Whoever named one gets that one.
        #expect(try await found(["multipass"], "multipass.exe") == ["multipass.exe"])
        #expect(try await found([], #"D:\Tools\multipass.exe"#) == ["/mnt/d/Tools/multipass.exe"])
    }

    @Test func `the shell finds what is on the PATH`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "path-\(UUID().uuidString)").path
        let fake = try FakeMultipass(name: "multipass.exe")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/multipass.exe",
            withDestinationPath: fake.executable
        )
        let runner: CommandRunner = { command in
            try await TestCommands.runner(
                Command(
                    command.executable,
                    command.arguments,
                    environment: ["PATH": "\(folder):/bin"],
                    deadline: .seconds(600)
                )
            )
        }
        let client = try await Client(executable: "multipass", run: runner, clock: ImpatientClock()).found()
        #expect(client.executable == "\(folder)/multipass.exe")
        #expect(client.isWindows)
        try FileManager.default.removeItem(atPath: folder)
    }
}

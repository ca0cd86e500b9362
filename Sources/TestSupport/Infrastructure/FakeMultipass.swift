import FoundationEssentials

/// A `multipass` in a folder of its own, which goes with the object: `fake-multipass.py`, with what it remembers.
package final class FakeMultipass: Sendable {
    /// One instance, as the fake remembers it.
    package struct Instance: Codable, Sendable {
        /// As Multipass writes it: `Running`, `Stopped`, `Deleted`.
        package var state: String
        package var cpus: Int
        /// Bytes.
        package var memory: Int
        /// Bytes.
        package var disk: Int
        package var ipv4: [String]
        package var release: String
        /// What was read from the standard input.
        package var cloudInit: String
        package var snapshots: Int
        /// How many more looks it is `Starting`.
        package var starting: Int
        package var network: String
    }

    /// What goes wrong with the next calls of a command.
    package struct Trouble: Codable, Sendable {
        package var command: String
        package var exit = 2
        package var errors = ""
        /// Whether it is done all the same.
        package var isDone = false
        /// Whether it never ends.
        package var hangs = false
        package var times = 1

        package init(
            _ command: String,
            exit: Int = 2,
            errors: String = "",
            isDone: Bool = false,
            hangs: Bool = false,
            times: Int = 1
        ) {
            self.command = command
            self.exit = exit
            self.errors = errors
            self.isDone = isDone
            self.hangs = hangs
            self.times = times
        }
    }

    /// All that it remembers.
    package struct State: Codable, Sendable {
        package var instances: [String: Instance] = [:]
        package var troubles: [Trouble] = []
        /// nil: this version does not tell it.
        package var driver: String? = "qemu"
        /// nil: the driver has none to choose.
        package var networks: [String]? = ["eth0", "wlan0"]
        package var version = "1.16.3"
        /// nil: it does not answer.
        package var daemon: String? = "1.16.3"
        /// How many looks a new instance is `Starting`.
        package var startingLooks = 2
        /// What a new instance gets.
        package var addresses = ["10.168.32.2", "172.17.0.1"]
        /// `utf-8`, `utf-8-sig`, `utf-16` or `utf-16-le`.
        package var encoding = "utf-8"
        /// Whether lines end as on Windows.
        package var isWindows = false
        /// What `cloud-init status --wait` ends with.
        package var cloudInitCode = 0
        /// The root of the machine that stands for an instance, whose root's keys are those of its cloud-init.
        package var machine: String?
        /// Each call's arguments, oldest first.
        package var calls: [[String]] = []

        package init() {}

        /// Where each instance is one and the same machine.
        package init(_ machine: TestMachine) {
            addresses = [machine.address]
            self.machine = machine.outside("")
        }
    }

    private let folder: String
    /// For the option `executable`.
    package let executable: String

    /// `name` is multipass or multipass.exe.
    package init(_ state: State = State(), name: String = "multipass") throws {
        let id = UUID().uuidString
        folder = FileManager.default.temporaryDirectory.appending(path: "price-monitor-multipass-\(id)").path
        executable = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = TextFile.path("../fake-multipass.py", besides: #filePath)
        try FileManager.default.createSymbolicLink(atPath: executable, withDestinationPath: script)
        try write(state)
    }

    deinit {
        // What cannot be removed now goes with the machine's temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Only while none of its programs runs.
    package var state: State {
        get throws { try JSONDecoder().decode(State.self, from: Data(TextFile.read("\(folder)/state.json").utf8)) }
    }

    /// Only while none of its programs runs.
    package func change(_ body: (inout State) -> Void) throws {
        var state = try state
        body(&state)
        try write(state)
    }

    private func write(_ state: State) throws {
        let text = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
        try TextFile.write(text, to: "\(folder)/state.json")
    }
}

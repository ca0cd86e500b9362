import Crypto
import FoundationEssentials
import Glibc
import Synchronization

/// A machine with Ubuntu's face, for what the deployer does over SSH: a root, processes and a network of its own.
///
/// OpenSSH is the real one; a stub installer, fetched from `installer`, starts the fake Coolify; `docker` and
/// `cloud-init` are stand-ins that refuse any form they don't know; the registry, if wanted, is Debian's. Its root is an
/// overlay over this system's own, in memory: that takes less than a second, where debootstrap takes more than a minute
/// and a mirror. Several may run at once. It ends with the object, or with the test's process.
package final class TestMachine: Sendable {
    /// The registry on port 5000, which speaks plain HTTP.
    package struct Registry: Codable, Sendable {
        /// nil: anybody may pull and push.
        package var user: String?
        package var password: String?

        package init(user: String? = nil, password: String? = nil) {
            self.user = user
            self.password = password
        }

        /// What it has, under the tags `latest` and `dev`.
        package static let repository = "anna/price-monitoring-agent"
    }

    /// How a script ended.
    package struct Ended: Codable, Sendable {
        package let code: Int
        package let output: String
        package let errors: String
    }

    private struct Settings: Codable {
        let publicKey: String
        let registry: Registry?
        let dataMiB: Int
        let program: String?

        enum CodingKeys: String, CodingKey { case publicKey, registry, dataMiB, program }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(publicKey, forKey: .publicKey)
            // null where there is none, instead of nothing.
            try container.encode(registry, forKey: .registry)
            try container.encode(dataMiB, forKey: .dataMiB)
            try container.encode(program, forKey: .program)
        }
    }

    private struct Said: Codable {
        let address: String
        let pid: Int
        let digests: [String: String]?
    }

    private struct Answer<Content: Decodable>: Decodable {
        let answer: Content?
        let error: String?
    }

    private let process: ChildProcess
    private let folder: String
    private let coolify: CoolifyFolder
    private let pid: Int
    private let place: Mutex<String>
    /// Commands are answered in their order, a line each.
    private let turn = Places(1)
    private let asked = Mutex(0)
    /// Tag → digest of the image in the registry.
    package let digests: [String: String]
    /// Where each touch of it is counted, and the program that touches it can be killed.
    package let killPoints: KillPoints

    /// Starts one that lets root in with `publicKey`, a line of authorized_keys.
    ///
    /// With `program`, the path of the `host` that applications are to be, these and the databases really run; else
    /// Coolify only says so.
    package init(
        publicKey: String,
        registry: Registry? = nil,
        control: CoolifyControl = CoolifyControl(),
        dataMiB: Int = 512,
        program: String? = nil
    ) async throws {
        if let why = Self.whyNot { throw ChildProcess.Failure(description: why) }
        folder = FileManager.default.temporaryDirectory.appending(path: "machine-\(UUID().uuidString)").path
        coolify = CoolifyFolder(at: "\(folder)/shared/coolify")
        try FileManager.default.createDirectory(atPath: coolify.path, withIntermediateDirectories: true)
        var control = control
        control.runtime = program == nil ? nil : .init()
        try coolify.write(control)
        killPoints = try KillPoints(at: "\(folder)/shared/touches")
        let settings = try JSONEncoder().encode(
            Settings(publicKey: publicKey, registry: registry, dataMiB: dataMiB, program: program)
        )
        process = try ChildProcess(
            TextFile.path("machine/launch.py", besides: #filePath),
            [folder, String(decoding: settings, as: UTF8.self)]
        )
        let said = try JSONDecoder().decode(Said.self, from: Data(try await process.lines(1)[0].utf8))
        place = Mutex(said.address)
        pid = said.pid
        digests = said.digests ?? [:]
    }

    deinit { stop() }

    /// Ends it and all that runs on it; may be called again.
    package func stop() {
        process.close()
        // Its root was in memory; the system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Why there can be no such machine here; nil where there can.
    package static let whyNot: String? = {
        guard getuid() == 0 else { return "A machine of its own needs root: run these tests as root." }
        let kinds = (try? TextFile.read("/proc/filesystems")) ?? ""
        guard kinds.contains("\toverlay") else { return "A machine of its own needs overlay file systems." }
        let programs = ["/usr/sbin/sshd", "/usr/bin/ssh-keygen", "/usr/bin/unshare", "/usr/bin/docker-registry"]
        let missing = (programs + ["/usr/bin/python3"]).filter { !FileManager.default.isExecutableFile(atPath: $0) }
        guard missing.isEmpty else {
            return "A machine of its own needs \(missing.joined(separator: ", ")): scripts/setup run test."
        }
        guard let said = refusal() else { return nil }
        return
            "A machine of its own needs the rights to mount and to make networks, in a container --cap-add SYS_ADMIN "
            + "and --cap-add NET_ADMIN: \(said)"
    }()

    package static var isPossible: Bool { whyNot == nil }

    /// A program that tries what a machine is made of; it says what is refused, and fails then.
    package static let trial = TextFile.path("machine/possible.sh", besides: #filePath)

    /// What the system says to that; nil where it refuses nothing.
    private static func refusal() -> String? {
        guard let output = popen("'\(trial)' </dev/null", "r") else { return "it could not be tried." }
        var said: [UInt8] = []
        while case let byte = fgetc(output), byte != EOF { said.append(UInt8(truncatingIfNeeded: byte)) }
        guard pclose(output) != 0 else { return nil }
        return String(decoding: said, as: UTF8.self).split(separator: "\n").joined(separator: " ")
    }

    /// IPv4.
    package var address: String { place.withLock { $0 } }

    // MARK: What is there

    /// Where the machine itself fetches Coolify's installer from.
    package static let installer = "http://127.0.0.1:8089/install.sh"

    /// Of the installer, 64 hexadecimal digits.
    package static var installerSHA256: String {
        get throws {
            let text = try TextFile.read(TextFile.path("machine/downloads/install.sh", besides: #filePath))
            let digits = SHA256.hash(data: Data(text.utf8)).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }
            return digits.joined()
        }
    }

    /// As an image is named that its registry has: `10.251.1.2:5000/anna/price-monitoring-agent`.
    package var image: String { "\(address):5000/\(Registry.repository)" }

    /// What a path is outside, as long as the machine runs; links to whole paths lead astray.
    package func outside(_ path: String) -> String { "/proc/\(pid)/root\(path)" }

    /// The text of one of its files.
    package func file(_ path: String) throws -> String { try TextFile.read(outside(path)) }

    /// What its Coolify remembers; nil before it was started the first time.
    package var state: CoolifyState? {
        get throws {
            FileManager.default.fileExists(atPath: "\(coolify.path)/state.json") ? try coolify.state() : nil
        }
    }

    /// Each request to Coolify's API, oldest first.
    package var requests: [CoolifyRequest] { get throws { try coolify.requests() } }

    /// The path of the recording, for the judge of requests.
    package var recording: String { coolify.recording }

    // MARK: What goes wrong

    /// Tells Coolify something else from the next request on.
    package func change(_ body: (inout CoolifyControl) -> Void) throws { try coolify.change(body) }

    /// Lets cloud-init run for so many looks yet, and end with a code: 1 is an error, 2 one that can be lived with.
    package func cloudInit(looks: Int, code: Int = 0) throws {
        try TextFile.write(#"{"looks": \#(looks), "code": \#(code)}"#, to: "\(folder)/shared/cloud-init.json")
    }

    /// Throws out whoever is in over SSH, and lets nobody in.
    package func closePort() async throws { try await tell("close_port") }

    package func openPort() async throws { try await tell("open_port") }

    /// Throws out whoever is in over SSH, and shows another host key from now on.
    package func changeHostKey() async throws { try await tell("change_host_key") }

    /// Moves to another address of its network.
    package func changeAddress() async throws {
        let new = try await tell("change_address")
        place.withLock { $0 = new }
    }

    /// Leaves no byte on /data.
    package func fillDisk() async throws { try await tell("fill") }

    package func freeDisk() async throws { try await tell("free") }

    /// Lets root in with a key: a line of authorized_keys.
    package func authorize(_ key: String) throws {
        let path = outside("/root/.ssh/authorized_keys")
        try TextFile.write(try TextFile.read(path) + key + "\n", to: path)
    }

    /// Copies a file of this system to it.
    package func copy(_ path: String, to other: String) throws {
        try TextFile.write(try TextFile.read(path), to: outside(other))
    }

    /// Gives a certificate to the name that it is for.
    package func install(_ certificate: TestAuthority.Certificate, for name: String) throws {
        // The key comes first, for a certificate without one is none.
        try TextFile.write(certificate.key, to: "\(folder)/shared/certificates/\(name).key")
        try TextFile.write(certificate.text, to: "\(folder)/shared/certificates/\(name).crt")
    }

    /// Changes who may use the registry, which needs to have been there with a user.
    package func setRegistryLogin(user: String, password: String) async throws {
        try await tell("set_registry_login", user, password)
    }

    /// Pushes another image under a tag; its digest.
    package func push(tag: String, content: String) async throws -> String { try await tell("push", tag, content) }

    /// What stands before a program and its words where it should find `names` at this machine, and trust what
    /// `certificate`, a path, has signed, as nobody else on this system does.
    package func asOperator(names: [String], certificate: String? = nil) throws -> [String] {
        let hosts = "\(folder)/hosts"
        try TextFile.write("\(address) \(names.joined(separator: " "))\n", to: hosts)
        return [TextFile.path("machine/as-operator.sh", besides: #filePath), hosts, certificate ?? "-"]
    }

    /// Runs a shell script on it, without SSH.
    package func run(_ script: String) async throws -> Ended { try await ask("run", script) }

    @discardableResult
    private func tell(_ words: String...) async throws -> String { try await ask(words) }

    private func ask<Content: Decodable>(_ words: String...) async throws -> Content { try await ask(words) }

    private func ask<Content: Decodable>(_ words: [String]) async throws -> Content {
        await turn.take()
        defer { turn.giveBack() }
        let number = asked.withLock { count in
            count += 1
            return count
        }
        process.send(String(decoding: try JSONEncoder().encode(words), as: UTF8.self))
        // The first line was no answer.
        let line = try await process.lines(number + 1)[number]
        let said = try JSONDecoder().decode(Answer<Content>.self, from: Data(line.utf8))
        guard let content = said.answer else {
            throw ChildProcess.Failure(description: "The machine failed at \(said.error ?? line).")
        }
        return content
    }
}

import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

/// The machine that the deployer is tried on, by what a deployer does with one.
@Suite(.timeLimit(.minutes(20)), .enabled(if: TestMachine.isPossible, "\(TestMachine.whyNot ?? "")"))
struct TestMachineTests {
    @Test func `one signs in by the key, and finds an Ubuntu of its own`() async throws {
        let (key, machine) = try await Self.machine()
        let said = try await key.ssh(
            machine,
            """
            . /etc/os-release
            echo "$ID $VERSION_ID"
            hostname
            cloud-init status --wait
            echo mine >/etc/of-the-machine
            docker version
            """
        )
        #expect(said.text.hasPrefix("ubuntu 22.04\nmachine\n"))
        #expect(said.text.contains("status: done"))
        #expect(said.result.exitCode == 127, "Docker comes with Coolify's installer: \(said.errors)")
        #expect(try machine.file("/etc/of-the-machine") == "mine\n")
        #expect(!FileManager.default.fileExists(atPath: "/etc/of-the-machine"))
        let stranger = try await Key.make()
        #expect(try await stranger.ssh(machine, "true").result.exitCode == 255)
        try machine.authorize(stranger.line)
        #expect(try await stranger.ssh(machine, "true").result.exitCode == 0)
    }

    @Test func `the installer brings Coolify, with its first account, and may run again`() async throws {
        let (key, machine) = try await Self.machine { $0.healthAfter = 3 }
        let install = """
            set -e
            curl -fsSL \(TestMachine.installer) >install.sh
            echo "\(try TestMachine.installerSHA256)  install.sh" | sha256sum -c -
            export ROOT_USERNAME=root ROOT_USER_EMAIL=anna@example.org ROOT_USER_PASSWORD=Aa1-abcdefgh AUTOUPDATE=false
            USER=root HOME=/root bash install.sh 4.3.10
            """
        let said = try await key.ssh(machine, install)
        #expect(said.result.exitCode == 0, "\(said.errors)")
        #expect((1...9).allSatisfy { said.text.contains("Step \($0)/9: ") }, "\(said.text)")
        #expect(
            try await key.ssh(machine, "docker inspect --format '{{.State.Health.Status}}' coolify").text == "healthy\n"
        )
        #expect(try await key.ssh(machine, "curl -s http://127.0.0.1:8000/api/health").text == "OK")
        let state = try #require(try machine.state)
        #expect(state.users == ["anna@example.org"])
        #expect(state.settings["is_registration_enabled"] == "0" && state.settings["is_auto_update_enabled"] == "0")
        let before = try machine.file("/data/coolify/source/.env")
        #expect(before.contains("ROOT_USER_PASSWORD=Aa1-abcdefgh"))
        #expect(try await key.ssh(machine, install).result.exitCode == 0)
        #expect(try machine.file("/data/coolify/source/.env") == before)
        #expect(try await key.ssh(machine, "docker ps --format '{{.Names}}'").text.hasPrefix("coolify\n"))
    }

    @Test func `a key whose comment says coolify is taken away`() async throws {
        let key = try await Key.make(comment: "anna@coolify")
        let machine = try await TestMachine(publicKey: key.line)
        _ = try await key.ssh(machine, "curl -fsSL \(TestMachine.installer) | bash -s 4.3.10")
        #expect(try await key.ssh(machine, "true").result.exitCode == 255)
    }

    @Test(arguments: [
        ("anna@example.org", "short1A-", true), ("anna@example.org", "alllowercase1-", false),
        ("anna@laptop.local", "Aa1-abcdefgh", false), ("anna@example.org", "Password123!", false),
    ])
    func `an account that Coolify does not like leaves its door open`(
        email: String,
        password: String,
        isMade: Bool
    ) async throws {
        let (key, machine) = try await Self.machine()
        let said = try await key.ssh(
            machine,
            """
            export ROOT_USERNAME=root ROOT_USER_EMAIL=\(email) ROOT_USER_PASSWORD='\(password)'
            curl -fsSL \(TestMachine.installer) | bash -s 4.3.10
            curl -s -m 600 --retry 50 --retry-connrefused --retry-delay 1 -o /dev/null -w '%{http_code}' \
                http://127.0.0.1:8000/register
            """
        )
        #expect(said.text.hasSuffix(isMade ? "302" : "200"), "\(said.text)")
        #expect(try machine.state?.users.isEmpty == !isMade)
    }

    @Test func `SQL goes to Coolify's tables, and what PostgreSQL refuses is refused`() async throws {
        let (key, machine) = try await Self.machine()
        _ = try await key.ssh(machine, "curl -fsSL \(TestMachine.installer) | bash -s 4.3.10")
        let psql = "docker exec -i coolify-db psql -U coolify -d coolify -tA -v ON_ERROR_STOP=1"
        let insert = """
            insert into personal_access_tokens (tokenable_type, tokenable_id, name, token, abilities, team_id, created_at,
                updated_at) values ('App\\Models\\User', 0, 'mine', 'abc', '["root"]', '0', now(), now()) returning id;
            """
        let made = try await key.ssh(machine, "\(psql) <<'END'\n\(insert)\nEND")
        #expect(made.text == "1\nINSERT 0 1\n", "\(made.errors)")
        let twice = try await key.ssh(machine, "\(psql) <<'END'\n\(insert)\nEND")
        #expect(twice.result.exitCode == 3)
        #expect(try machine.state?.tokens.map(\.name) == ["mine"])
        let asked = try await key.ssh(machine, "\(psql) -c 'select is_api_enabled, fqdn from instance_settings'")
        #expect(asked.text == "f|\n")
        for wrong in [
            "update instance_settings set is_api_enabled = 1", #"select "mine" from users"#, "select * from nowhere",
            "drop table users", "insert into users (id) values (7)",
        ] {
            #expect(try await key.ssh(machine, "\(psql) <<'END'\n\(wrong);\nEND").result.exitCode == 3, "\(wrong)")
        }
        #expect(
            try await key.ssh(machine, "docker exec coolify-db psql -U postgres -c 'select 1'").result.exitCode == 2
        )
        #expect(try await key.ssh(machine, "docker system prune -af").result.exitCode == 125)
    }

    @Test func `its registry lets those in who have its password, and Docker keeps them`() async throws {
        let (key, machine) = try await Self.machine(registry: .init(user: "anna", password: "s3cret"))
        _ = try await key.ssh(machine, "curl -fsSL \(TestMachine.installer) | bash -s 4.3.10")
        let login = "docker login \(machine.address):5000 -u anna --password-stdin"
        #expect(try await key.ssh(machine, "echo wrong | \(login)").result.exitCode == 1)
        #expect(try await key.ssh(machine, "echo s3cret | \(login)").text == "Login Succeeded\n")
        #expect(try machine.file("/root/.docker/config.json").contains("\(machine.address):5000"))
        let head = """
            curl -s -u anna:s3cret -o /dev/null -D - -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
                -I http://127.0.0.1:5000/v2/\(TestMachine.Registry.repository)/manifests/dev
            """
        let digest = try #require(machine.digests["dev"])
        #expect(try await key.ssh(machine, head).text.contains("Docker-Content-Digest: \(digest)"))
        #expect(machine.digests["latest"] != digest)
        let pushed = try await machine.push(tag: "dev", content: "Another one.\n")
        #expect(pushed != digest)
        #expect(try await key.ssh(machine, head).text.contains(pushed))
        try await machine.setRegistryLogin(user: "anna", password: "new")
        #expect(try await key.ssh(machine, "echo s3cret | \(login)").result.exitCode == 1)
    }

    @Test func `doors close, keys and addresses change, disks fill`() async throws {
        let (key, machine) = try await Self.machine()
        let scan = "ssh-keyscan -t ed25519 localhost 2>/dev/null | cut -d' ' -f3"
        let old = try await machine.run(scan).output
        try await machine.closePort()
        #expect(try await key.ssh(machine, "true").result.exitCode == 255)
        try await machine.openPort()
        #expect(try await key.ssh(machine, "true").result.exitCode == 0)
        #expect(try await machine.run(scan).output == old)
        try await machine.changeHostKey()
        let new = try await machine.run(scan).output
        #expect(new != old && !new.isEmpty)
        try await machine.fillDisk()
        #expect(try await key.ssh(machine, "head -c 100000 /dev/zero >/data/big").result.exitCode != 0)
        try await machine.freeDisk()
        #expect(try await key.ssh(machine, "head -c 100000 /dev/zero >/data/big").result.exitCode == 0)
        let before = machine.address
        try await machine.changeAddress()
        #expect(machine.address != before)
        #expect(try await key.ssh(machine, "true").result.exitCode == 0)
    }

    @Test func `its proxy lets those through that Coolify knows, to what runs`() async throws {
        let (key, machine) = try await Self.machine()
        let authority = try await TestAuthority()
        let names = ["coolify.example.org", "app.example.org"]
        for name in names { try machine.install(try await authority.issue(for: name), for: name) }
        try machine.copy(authority.root, to: "/root/root.crt")
        _ = try await key.ssh(
            machine,
            """
            curl -fsSL \(TestMachine.installer) | bash -s 4.3.10
            docker exec -i coolify-db psql -U coolify -d coolify <<'END'
            update instance_settings set fqdn = 'https://coolify.example.org', is_api_enabled = true;
            END
            docker restart coolify
            """
        )
        func status(_ address: String) async throws -> String {
            let known = (names + ["nobody.example.org"]).flatMap { name in
                ["443", "80"].map { "--resolve \(name):\($0):127.0.0.1" }
            }
            let words = "-s --retry 60 --retry-all-errors --retry-delay 1 --cacert /root/root.crt -o /dev/null"
            let done = try await machine.run(
                "curl \(words) -w '%{http_code}' \(known.joined(separator: " ")) \(address)"
            )
            return done.output
        }
        // Until it has started again its proxy knows nobody of that name.
        for _ in 0..<240 where try await status("https://coolify.example.org/api/health") != "200" {
            try await Task.sleep(for: .milliseconds(250))
        }
        #expect(try await status("https://coolify.example.org/api/health") == "200")
        #expect(try await status("http://coolify.example.org/") == "302")
        #expect(try await status("https://coolify.example.org/api/v1/version") == "401")
        #expect(try await status("http://nobody.example.org/") == "404")
        #expect(try await status("https://app.example.org/") == "404")
    }

    @Test func `two machines know nothing of each other`() async throws {
        let (key, one) = try await Self.machine()
        let other = try await TestMachine(publicKey: key.line)
        #expect(one.address != other.address)
        #expect(try await key.ssh(one, "echo one >/root/me").result.exitCode == 0)
        #expect(try await key.ssh(other, "cat /root/me").result.exitCode != 0)
        one.stop()
        #expect(try await key.ssh(other, "true").result.exitCode == 0)
    }

    private static func machine(
        registry: TestMachine.Registry? = nil,
        _ body: (inout CoolifyControl) -> Void = { _ in }
    ) async throws -> (Key, TestMachine) {
        var control = CoolifyControl()
        body(&control)
        let key = try await Key.make()
        return (key, try await TestMachine(publicKey: key.line, registry: registry, control: control))
    }
}

/// A pair of keys in a folder of its own, which goes with the object.
final class Key: Sendable {
    /// With the files `key` and `key.pub`.
    let folder: String
    /// The public half.
    let line: String

    static func make(comment: String = "pma@test") async throws -> Key {
        let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let words = ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", "\(folder)/key"]
        let command = Command("ssh-keygen", words, deadline: .seconds(600))
        try #require(try await TestCommands.runner(command).exitCode == 0)
        let line = try TextFile.read("\(folder)/key.pub").split(separator: "\n").first.map(String.init)
        return Key(folder, try #require(line))
    }

    private init(_ folder: String, _ line: String) {
        self.folder = folder
        self.line = line
    }

    deinit {
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs a script as the root of a machine; 255 where one does not get in.
    func ssh(_ machine: TestMachine, _ script: String) async throws -> Said {
        let options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "BatchMode=yes"]
        let words = ["-F", "none", "-i", "\(folder)/key", "-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=60"]
        return Said(
            result: try await TestCommands.runner(
                Command(
                    "ssh",
                    words + options.flatMap { ["-o", $0] } + ["root@\(machine.address)", "sh -s"],
                    input: Array(script.utf8),
                    deadline: .seconds(600)
                )
            )
        )
    }

    struct Said {
        let result: CommandResult
        var text: String { String(decoding: result.output, as: UTF8.self) }
        var errors: String { String(decoding: result.errors, as: UTF8.self) }
    }
}

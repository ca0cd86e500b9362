import FoundationEssentials
import Subprocess
import TestSupport
import Testing

extension DeployerSuite {
    /// What goes wrong on the way to production: each has its own words, and once it is mended the same command goes on.
    @Suite(.serialized, .timeLimit(.minutes(30)))
    struct ChainFaultTests {
        /// Goes on after it was mended.
        private func resume(_ desk: OperatorDesk, _ what: String) async throws {
            let resumed = try await desk.host("apply", "--yes")
            #expect(resumed.isSuccess, "\(what): \(resumed.text)\n\(resumed.problems)")
            #expect(try desk.wrongs() == [], "\(what)")
        }

        private func refused(_ run: Command.Finished, _ words: String..., code: TerminationStatus = .exited(1)) {
            #expect(run.status == code, "\(run.text)\n\(run.problems)")
            for words in words {
                #expect((run.text + run.problems).contains(words), "\(words): \(run.text)\n\(run.problems)")
            }
        }

        @Test func `an image or a tag that is not there, and a log-in that expired, are found before anything is made`()
            async throws
        {
            let desk = try await OperatorDesk(registry: .init(user: "anna", password: "right"))
            let image = { (name: String, tag: String) in
                [
                    "image": #"{"name": "\#(name)", "tag": "\#(tag)", "plainHTTP": true, "user": "anna", "#
                        + #""passwordVariable": "TEST_REGISTRY"}"#
                ]
            }
            let right = ["TEST_REGISTRY": "right"]
            try desk.configure(image(desk.machine.image, "nightly"))
            refused(try await desk.host(["apply", "--yes"], variables: right), "nightly", "dev, latest")
            try desk.configure(image(desk.machine.image, "dev"))
            refused(
                try await desk.host(["apply", "--yes"], variables: ["TEST_REGISTRY": "wrong"]),
                "image.passwordVariable"
            )
            refused(try await desk.host(["plan"], variables: [:]), "TEST_REGISTRY, which is not set", code: .exited(78))
            #expect(try desk.machines == 0)
            let made = try await desk.host(["apply", "--yes"], variables: right)
            #expect(made.isSuccess, "\(made.text)\n\(made.problems)")
            // The password is changed at the registry: the machine's own log-in is of no use any more.
            try await desk.machine.setRegistryLogin(user: "anna", password: "newer")
            refused(try await desk.host(["apply", "--yes"], variables: right), "image.passwordVariable")
            let mended = try await desk.host(["apply", "--yes"], variables: ["TEST_REGISTRY": "newer"])
            #expect(mended.isSuccess, "\(mended.text)\n\(mended.problems)")
            #expect(mended.text.contains("log"))
        }

        @Test func `a disk that is full stops the run before Coolify is put on it`() async throws {
            let desk = try await OperatorDesk(dataMiB: 64)
            refused(try await desk.host("apply", "--yes"), "the machine's disk", "MiB are free")
            #expect(try desk.machine.state == nil)
        }

        @Test func `a Coolify that is newer than asked for is left alone until somebody says that it fits`()
            async throws
        {
            var control = CoolifyControl()
            control.version = "4.4.0"
            let desk = try await OperatorDesk(control: control)
            refused(try await desk.host("apply", "--yes"), "Coolify 4.4.0", "It is newer than the 4.3.10")
            refused(try await desk.host("apply", "--yes"), "Coolify 4.4.0", "Nothing was done")
            #expect(try desk.machine.requests.isEmpty)
            let coolify =
                #"{"version": "4.4.0", "adminEmail": "anna@example.org", "installer": "\#(TestMachine.installer)", "#
                + #""installerSHA256": "\#(try TestMachine.installerSHA256)"}"#
            try desk.configure(["coolify": coolify])
            try await resume(desk, "once it is asked for")
        }

        @Test func `a machine with another host key is not spoken to`() async throws {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            try await desk.machine.changeHostKey()
            refused(try await desk.host("apply", "--yes"), "another host key", "staging.known_hosts")
            try FileManager.default.removeItem(atPath: "\(desk.folder)/data/deploy/staging.known_hosts")
            try await resume(desk, "once the old key is forgotten")
        }

        @Test func `a machine that does not answer is said to, with what to do, and gone on with when it does`()
            async throws
        {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            try await desk.machine.closePort()
            let plan = try await desk.host("plan")
            #expect(plan.isSuccess, "\(plan.problems)")
            #expect(plan.text.contains("wait until the machine answers by SSH"))
            #expect(plan.text.contains("firewall"))
            // A run that was begun meanwhile waits for it, and goes on by itself.
            async let waiting = desk.host("apply", "--yes")
            let journal = "\(desk.folder)/data/deploy/staging.journal"
            while try !TextFile.read(journal).contains(#""change":"answer""#) {
                try await Task.sleep(for: .milliseconds(50))
            }
            try await desk.machine.openPort()
            let waited = try await waiting
            #expect(waited.isSuccess, "\(waited.text)\n\(waited.problems)")
            #expect(waited.text.contains("wait until the machine answers by SSH"))
            try await resume(desk, "once it answers")
        }

        /// Each of them hides the data from here for a while, and none of them means that there are none.
        @Test func `data that can't be reached are not destroyed without a word for it`() async throws {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            let hosts = "\(desk.folder)/data/deploy/staging.known_hosts"
            let known = try TextFile.read(hosts)
            let sql = { (statement: String) in
                let ended = try await desk.machine.run(
                    "docker exec coolify-db psql -U coolify -d coolify -q -c \"\(statement)\""
                )
                #expect(ended.code == 0, "\(ended.errors)")
            }
            func refuses(_ words: String) async throws {
                refused(
                    try await desk.host("destroy", "--confirm", "staging"),
                    words,
                    "--without-backup",
                    "Nothing was"
                )
                #expect(try desk.machines == 1, "\(words)")
            }
            try FileManager.default.removeItem(atPath: hosts)
            try await refuses("host key is not known here any more")
            try TextFile.write(known, to: hosts)

            #expect(try await desk.machine.run("mv /machine/docker-installed /machine/docker-away").code == 0)
            try await refuses("Docker may be down")
            #expect(try await desk.machine.run("mv /machine/docker-away /machine/docker-installed").code == 0)

            try await sql("update objects set data = replace(data, 'pma-', 'xma-') where kind = 'project'")
            try await refuses("Write the mark back")
            try await sql("update objects set data = replace(data, 'xma-', 'pma-') where kind = 'project'")

            try desk.tellState("Deleted")
            try await refuses("deleted but not purged")
            try desk.tellState("Stopped")
            try await refuses("It does not run.")
            try desk.tellState("Running")

            let secrets = "\(desk.folder)/data/deploy/staging.secrets.json"
            let kept = try TextFile.read(secrets)
            try FileManager.default.removeItem(atPath: secrets)
            try await refuses("staging.secrets.json")
            try TextFile.write(kept, to: secrets)

            // As after a restart of the machine: that hides nothing.
            try desk.machine.cloudInit(looks: 1000)
            let gone = try await desk.host("destroy", "--confirm", "staging")
            #expect(gone.isSuccess, "\(gone.text)\n\(gone.problems)")
            #expect(gone.text.contains("Its data is in "))
            #expect(try desk.machines == 0)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/data/deploy/backups").count == 1
            )
        }

        @Test func `whoever wants to lose the data says so`() async throws {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            try desk.tellState("Deleted")
            refused(try await desk.host("destroy", "--confirm", "staging"), "--without-backup")
            let gone = try await desk.host("destroy", "--confirm", "staging", "--without-backup")
            #expect(gone.isSuccess, "\(gone.problems)")
            #expect(try desk.machines == 0)
        }

        @Test func `a machine that has another address is the same machine`() async throws {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            let old = desk.machine.address
            try await desk.machine.changeAddress()
            try desk.tellAddress()
            try desk.configure()
            let plan = try await desk.host("plan")
            #expect(
                plan.text.contains(desk.machine.address) && desk.machine.address != old,
                "\(plan.text)\n\(plan.problems)"
            )
            try await resume(desk, "at its new address")
            #expect(try desk.machine.state?.settings["fqdn"] == "http://coolify.\(desk.machine.address).sslip.io")
        }

        @Test func `a version that never gets healthy ends the run, and the one before keeps serving`() async throws {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            let before = try #require(try desk.machine.state?.applications.first { $0.name.contains("web") }?.container)
            _ = try await desk.machine.push(tag: "dev", content: "broken")
            try desk.machine.change { $0.neverHealthy = ["price-monitor-web"] }
            let failed = try await desk.host("apply", "--yes")
            refused(failed, "keeps serving", "apply --environment staging")
            #expect(
                try desk.machine.state?.applications.first { $0.name.contains("web") }?.container?.name == before.name
            )
            try desk.machine.change { $0.neverHealthy = [] }
            try await resume(desk, "once it gets healthy")
        }

        /// Each of them at a request that makes something.
        @Test func `errors, limits and lost answers of Coolify end in one of each thing`() async throws {
            var control = CoolifyControl()
            control.troubles = [
                .init("POST", "^/projects$", status: 500),
                .init("POST", "^/databases/postgresql$", how: .lostAfter),
                .init("POST", "^/databases/redis$", how: .lostBefore),
                .init(
                    "POST",
                    "^/applications/dockerimage$",
                    status: 429,
                    body: ["message": "Too Many Attempts."],
                    headers: ["Retry-After": "1"]
                ),
                .init("PATCH", "envs/bulk$", how: .lostAfter),
                .init("POST", "^/deploy", how: .lostAfter),
                .init("GET", "^/deployments/", status: 502),
            ]
            control.lazyDatabases = ["price-monitor-redis"]
            let desk = try await OperatorDesk(control: control)
            var messages: [String] = []
            for _ in 0..<8 {
                let run = try await desk.host("apply", "--yes")
                if run.isSuccess { break }
                #expect(run.status == .exited(1), "\(run.text)\n\(run.problems)")
                messages.append(run.problems)
            }
            // Nobody gets the bare words of a server that failed.
            for message in messages { #expect(message.contains(".") && !message.contains("\n\n"), "\(message)") }
            try await resume(desk, "\(messages)")
        }

        @Test func `an account that Coolify does not take stops the run while no name leads to it`() async throws {
            let desk = try await OperatorDesk()
            let coolify =
                #"{"adminEmail": "anna@laptop.local", "installer": "\#(TestMachine.installer)", "installerSHA256": "#
                + #""\#(try TestMachine.installerSHA256)"}"#
            try desk.configure(["coolify": coolify])
            refused(try await desk.host("apply", "--yes"), "anna@laptop.local", "coolify.adminEmail")
            let address = try desk.machine.state?.settings["fqdn"] ?? nil
            #expect(address == nil || address == "")
            try desk.configure()
            try await resume(desk, "with an address that can be resolved")
        }

        @Test func `an installer that is another one than was checked is not run`() async throws {
            let desk = try await OperatorDesk()
            let other = String(repeating: "0", count: 64)
            let coolify =
                #"{"adminEmail": "anna@example.org", "installer": "\#(TestMachine.installer)", "installerSHA256": "#
                + "\"\(other)\"}"
            try desk.configure(["coolify": coolify])
            refused(try await desk.host("apply", "--yes"), "is not what it was")
            #expect(try desk.machine.state == nil)
            try desk.configure()
            try await resume(desk, "with the right checksum")
        }

        @Test func `a journal of a newer version is left alone`() async throws {
            let desk = try await OperatorDesk()
            try await resume(desk, "the first run")
            let path = "\(desk.folder)/data/deploy/staging.journal"
            let journal = try TextFile.read(path)
            try TextFile.write(journal + "{\"version\":99,\"event\":\"moved\"}\n", to: path)
            for verb in ["plan", "apply", "status", "env"] {
                let words = verb == "apply" ? [verb, "--yes"] : [verb]
                refused(try await desk.host(words), "newer version of this program")
            }
            try TextFile.write(journal, to: path)
            try await resume(desk, "with the version that wrote it")
        }
    }
}

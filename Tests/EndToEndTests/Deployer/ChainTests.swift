import FoundationEssentials
import Subprocess
import TestSupport
import Testing

extension DeployerSuite {
    /// From nothing to an application that answers, with the real program over the real OpenSSH.
    @Suite(.serialized, .timeLimit(.minutes(30)))
    struct ChainTests {
        @Test(arguments: OperatorDesk.Provider.allCases)
        func `from nothing to green, and a second time nothing is to be done`(
            provider: OperatorDesk.Provider
        ) async throws {
            let desk = try await OperatorDesk(provider)
            let plan = try await desk.host("plan")
            #expect(plan.isSuccess, "\(plan.problems)")
            for words in ["install Coolify", "PostgreSQL postgres:15-alpine", "application worker", "deploy scheduler"]
            {
                #expect(plan.text.contains(words), "\(plan.text)")
            }
            #expect(try desk.machines == 0)

            let made = try await desk.host("apply", "--yes")
            #expect(made.isSuccess, "\(made.text)\n\(made.problems)")
            #expect(made.text.hasSuffix("Nothing is to be done.\n"))
            #expect(try desk.wrongs() == [])
            // What a plan of nothing announced is what was done.
            let announced = plan.text.split(separator: "\n").filter { $0.hasPrefix("  + ") || $0.hasPrefix("  ~ ") }
                .count
            #expect(
                made.text.split(separator: "\n").count { $0.hasPrefix("+ ") || $0.hasPrefix("~ ") } >= announced - 2
            )

            let requests = try desk.machine.requests.count { $0.method != "GET" }
            let again = try await desk.host("apply", "--yes")
            #expect(again.text.hasSuffix("Nothing is to be done.\n"), "\(again.text)\n\(again.problems)")
            #expect(try desk.machine.requests.count { $0.method != "GET" } == requests)

            let status = try await desk.host("status")
            #expect(status.isSuccess, "\(status.text)\n\(status.problems)")
            #expect(status.text.contains("coolify dashboard: http://coolify."))
            #expect(status.text.contains("coolify password: in \(desk.folder)/data/deploy/staging.secrets.json"))
            let json = try await desk.host("plan", "--json")
            #expect(json.text.contains(#""isDone":true"#))
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/data/deploy").count == 4)
        }

        /// Databases and applications really run, with the variables that Coolify was given.
        ///
        /// The domain's records are waited for, its certificate is looked at, and what the database held comes back.
        @Test func `with a domain, people reach the pages by TLS`() async throws {
            let domain = "prices.example.org"
            let desk = try await OperatorDesk(
                .digitalocean,
                settings: ["domain": "\"\(domain)\""],
                program: Installation.binary
            )
            let authority = try await TestAuthority()
            let names = [domain, "coolify.\(domain)"]
            for name in names { try desk.machine.install(try await authority.issue(for: name), for: name) }
            let made = try await desk.host("apply", "--yes", names: names, trusting: authority.root)
            #expect(made.isSuccess, "\(made.text)\n\(made.problems)")
            #expect(try desk.wrongs() == [])
            #expect(try desk.machine.state?.settings["fqdn"] == "https://coolify.\(domain)")
            let page = try await Command.run(
                "env",
                try desk.machine.asOperator(names: names, certificate: authority.root)
                    + ["curl", "-sS", "--fail", "-L", "https://\(domain)/"]
            )
            #expect(page.text.contains("<title>"), "\(page.problems)")
            let link = try await desk.host("invite", names: names, trusting: authority.root)
            #expect(link.text.contains("https://\(domain)/"), "\(link.text)\n\(link.problems)")
            try await Self.tryTunnels(desk, names, authority.root)
            let path = "\(desk.folder)/data.tar"
            let saved = try await desk.host("backup", path, names: names, trusting: authority.root)
            #expect(saved.isSuccess, "\(saved.text)\n\(saved.problems)")
            let database = try #require(try desk.machine.state?.databases.first { $0.kind == "postgresql" })
            let sql = { (statement: String) in
                try await desk.machine.run(
                    "docker exec \(database.uuid) psql -tA -U prices -d prices -c \"\(statement)\""
                )
            }
            let before = try await sql("select count(*) from schema_migration")
            #expect(before.code == 0, "\(before.errors)")
            #expect(try await sql("drop table schema_migration").code == 0)
            let restored = try await desk.host(
                "restore",
                path,
                "--confirm",
                "staging",
                names: names,
                trusting: authority.root
            )
            #expect(restored.isSuccess, "\(restored.text)\n\(restored.problems)")
            #expect(try await sql("select count(*) from schema_migration").output == before.output)
            #expect(try desk.wrongs() == [])
            // Elsewhere nobody knows the name yet, and the plan says which records are missing.
            let plan = try await desk.host("plan")
            #expect(plan.text.contains("\(domain) A \(desk.machine.address)"), "\(plan.text)")
        }

        /// Gives the commands that the tunnels print, and ends them.
        private static func tryTunnels(_ desk: OperatorDesk, _ names: [String], _ root: String) async throws {
            let script = """
                exec 3< <(exec "$@" --show-passwords)
                tunnels=$!
                while read -r line <&3; do
                    echo "$line"
                    case $line in
                        PGPASSFILE=*) eval "$line -w -tA" <<<"select 40 + 2"; passwords=${line%% psql*} ;;
                        REDISCLI_AUTH=*) eval "$line ping" </dev/null ;;
                        "Open until Ctrl-C.") kill -TERM "$tunnels"; break ;;
                    esac
                done
                wait "$tunnels"
                echo "ended with $?"
                [ -e "${passwords#PGPASSFILE=}" ] || echo "no passwords left"
                """
            let run = try await Command.run(
                "bash",
                ["-c", script, "tunnels"] + (try desk.words("tunnel", names: names, trusting: root))
            )
            let secrets = try desk.secrets()
            #expect(run.text.contains("\n42\n") && run.text.contains("\nPONG\n"), "\(run.text)\n\(run.problems)")
            #expect(run.text.contains("\nended with 0\nno passwords left\n"), "\(run.text)\n\(run.problems)")
            // Only where they are asked for.
            #expect(secrets.count { run.text.contains(":\($0)@127.0.0.1:") } == 2)
        }

        /// A push deploys by what the repository was given: the token may deploy and do nothing else.
        @Test(.enabled(Comment(rawValue: FakeGitHub.missing)) { try await FakeGitHub.isPossible() })
        func `the repository's workflow gets what it deploys with`() async throws {
            let domain = "prices.example.org"
            let github = try await FakeGitHub()
            let desk = try await OperatorDesk()
            try desk.configure(
                ["domain": "\"\(domain)\"", "github": #"{"repository": "\#(FakeGitHub.repository)"}"#],
                tag: "latest"
            )
            let authority = try await TestAuthority()
            let names = [domain, "coolify.\(domain)"]
            for name in names { try desk.machine.install(try await authority.issue(for: name), for: name) }
            var variables = github.environment()
            let made = try await desk.host(
                "apply",
                "--yes",
                names: names,
                trusting: authority.root,
                variables: variables
            )
            #expect(made.isSuccess, "\(made.text)\n\(made.problems)")
            #expect(made.text.hasSuffix("Nothing is to be done.\n"))
            #expect(made.text.contains("pinned: no"))
            let values = try github.values
            #expect(values.count == 4)
            // A push: the workflow moves the tag, then asks for the deployments.
            let pushed = try await desk.machine.push(tag: "latest", content: "what was pushed")
            #expect(pushed != desk.machine.digests["latest"])
            let token = try #require(values["COOLIFY_TOKEN"])
            #expect(try desk.secrets().contains(token))
            for role in ["WEB", "WORKER", "SCHEDULER"] {
                let webhook = try #require(values["COOLIFY_WEBHOOK_\(role)"])
                let asked = try await Command.run(
                    "env",
                    try desk.machine.asOperator(names: names, certificate: authority.root)
                        + ["curl", "-sS", "--fail", "-X", "POST", "-H", "Authorization: Bearer \(token)", webhook]
                )
                #expect(asked.text.contains("deployment_uuid"), "\(asked.text) \(asked.problems)")
            }
            // Coolify goes on while it is looked at.
            while try desk.machine.state?.unfinished != 0 {
                _ = try await desk.host("status", names: names, trusting: authority.root, variables: variables)
            }
            #expect(try desk.machine.state?.applications.map(\.container?.digest) == [pushed, pushed, pushed])
            #expect(try desk.wrongs() == [])
            let after = try await desk.host("plan", names: names, trusting: authority.root, variables: variables)
            #expect(after.text.hasSuffix("Nothing is to be done.\n"), "\(after.text)\n\(after.problems)")
            let forbidden = try await Command.run(
                "env",
                try desk.machine.asOperator(names: names, certificate: authority.root)
                    + [
                        "curl", "-s", "-w", "%{http_code}", "-H", "Authorization: Bearer \(token)",
                        "https://coolify.\(domain)/api/v1/projects",
                    ]
            )
            #expect(forbidden.text.hasSuffix("403"), "\(forbidden.text)")
            if try await RequestJudge.isThere() {
                let verdict = try await RequestJudge("github").verdict(on: try github.recording)
                #expect(verdict.faults == [])
                #expect(verdict.judged > 3)
            }
            // Without gh's log-in all else can be looked at, and the plan says which command to give.
            variables = github.environment(token: nil)
            let plan = try await desk.host("plan", names: names, trusting: authority.root, variables: variables)
            #expect(plan.text.contains("gh auth login"), "\(plan.text)\n\(plan.problems)")
        }

        @Test func `each verb does what it says`() async throws {
            let desk = try await OperatorDesk(
                settings: [
                    "variables": #"{"HOST_SMTP_FROM": "prices@example.org"}"#,
                    "secretVariables": #"{"HOST_SMTP_URL": "TEST_MAIL_PASSWORD"}"#,
                ]
            )
            let missing = try await desk.host("plan")
            #expect(missing.status == .exited(78))
            #expect(missing.problems.contains("TEST_MAIL_PASSWORD, which is not set"))
            let secret = ["TEST_MAIL_PASSWORD": "smtps://prices:5ecret-of-the-mail-server@smtp.example.org"]
            for verb in ["logs", "env", "invite", "backup", "rollback"] {
                let early = try await desk.host([verb] + (verb == "rollback" ? ["--yes"] : []), variables: secret)
                #expect(early.status == .exited(1))
                #expect(early.problems.contains("Make it with “apply”"), "\(verb): \(early.problems)")
            }
            let made = try await desk.host(["apply", "--yes"], variables: secret)
            #expect(made.isSuccess, "\(made.text)\n\(made.problems)")

            let logs = try await desk.host(["logs", "worker", "--lines", "5"], variables: secret)
            #expect(logs.isSuccess && !logs.text.isEmpty, "\(logs.problems)")
            let variables = try await desk.host(["env"], variables: secret)
            #expect(variables.isSuccess, "\(variables.text)\n\(variables.problems)")
            #expect(variables.text.contains("HOST_SMTP_FROM = prices@example.org"))
            #expect(variables.text.contains("HOST_SMTP_URL (as it should be)"))

            let listed = try await desk.host(["env", "--json"], variables: secret)
            #expect(listed.text.hasPrefix(#"{"environment":"staging","isFine":true,"variables":[{"#), "\(listed.text)")
            #expect(
                listed.text.contains(
                    #"{"application":"web","key":"HOST_SMTP_URL","value":null,"isFine":true,"standing":"as it should be"}"#
                )
            )
            let status = try await desk.host(["status", "--json"], variables: secret)
            #expect(status.text.hasPrefix(#"{"environment":"staging","isDone":true,"#), "\(status.text)")
            #expect(status.text.contains(#""verb":"apply""#) && status.text.contains(#""end":"done","why":null}"#))
            let well = try await desk.host(["doctor"], variables: secret)
            #expect(well.text.hasSuffix("its machine answers at port 22.\n"), "\(well.text) \(well.problems)")
            try await desk.machine.closePort()
            let deaf = try await desk.host(["doctor", "--json"], variables: secret)
            #expect(deaf.status == .exited(1) && deaf.text.contains(#""isFine":false"#), "\(deaf.text)")
            #expect(deaf.text.contains("does not answer from here on port 22"), "\(deaf.text)")
            try await desk.machine.openPort()

            let path = "\(desk.folder)/data.tar"
            let saved = try await desk.host(["backup", path, "--json"], variables: secret)
            #expect(saved.text.hasPrefix(#"{"environment":"staging","path":"\#(path)","bytes":"#), "\(saved.text)")
            #expect(saved.isSuccess, "\(saved.problems)")
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            let names = try await Command.output("tar", ["-tf", path])
            #expect(String(decoding: names, as: UTF8.self) == "database.dump\ncoolify.dump\ncoolify.env\n")
            #expect(try await desk.host(["backup", path], variables: secret).problems.contains("already"))

            let unsure = try await desk.host(["restore", path, "--confirm", "production"], variables: secret)
            #expect(unsure.status == .exited(64))
            let asked = try desk.machine.requests.count
            let mistyped = try await desk.host(["restore", "\(path)x", "--confirm", "staging"], variables: secret)
            #expect(mistyped.status == .exited(1) && mistyped.problems.contains("can't be read"))
            #expect(try desk.machine.requests.count == asked)
            let restored = try await desk.host(["restore", path, "--confirm", "staging"], variables: secret)
            #expect(restored.isSuccess, "\(restored.text)\n\(restored.problems)")
            #expect(try desk.wrongs() == [])

            // Another image under the tag: shown, deployed, and taken back.
            let first = try #require(desk.machine.digests["dev"])
            let second = try await desk.machine.push(tag: "dev", content: "another")
            let plan = try await desk.host(["plan"], variables: secret)
            #expect(plan.text.contains(String(second.dropFirst(7).prefix(12))), "\(plan.text)")
            #expect(try await desk.host(["apply", "--yes"], variables: secret).isSuccess)
            let digits = { (digest: String) in String(digest.dropFirst(7)) }
            #expect(try Set(desk.machine.state?.applications.map(\.imageTag) ?? []) == [digits(second)])
            let back = try await desk.host(["rollback", "--yes"], variables: secret)
            #expect(back.isSuccess, "\(back.text)\n\(back.problems)")
            #expect(try Set(desk.machine.state?.applications.map(\.imageTag) ?? []) == [digits(first)])
            #expect(try desk.wrongs() == [])

            let gone = try await desk.host(["destroy", "--confirm", "staging"], variables: secret)
            #expect(gone.isSuccess, "\(gone.text)\n\(gone.problems)")
            #expect(gone.text.contains("Its data is in "))
            #expect(try desk.machines == 0)
            let kept = try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/data/deploy/backups")
            #expect(kept.count == 1)
        }

        /// In nothing that is printed, kept, or shown by a list of processes; but in the file that is there for it.
        @Test func `no secret is seen anywhere`() async throws {
            let desk = try await OperatorDesk(
                registry: .init(user: "anna", password: "5ecret-of-the-registry"),
                settings: ["secretVariables": #"{"HOST_SMTP_URL": "TEST_MAIL_PASSWORD"}"#]
            )
            let login = #", "user": "anna", "passwordVariable": "TEST_REGISTRY"}"#
            try desk.configure([
                "secretVariables": #"{"HOST_SMTP_URL": "TEST_MAIL_PASSWORD"}"#,
                "image": #"{"name": "\#(desk.machine.image)", "tag": "dev", "plainHTTP": true"# + login,
            ])
            let variables = [
                "TEST_MAIL_PASSWORD": "smtps://prices:5ecret-of-the-mail-server@smtp.example.org",
                "TEST_REGISTRY": "5ecret-of-the-registry",
            ]
            let watch = ProcessWatch()
            var texts: [String] = []
            for words in [
                ["plan"], ["apply", "--yes"], ["plan", "--json"], ["status"], ["env"], ["logs", "web"],
                ["status", "--json"], ["env", "--json"], ["doctor"], ["doctor", "--json"],
                ["backup", "\(desk.folder)/data.tar", "--json"],
                ["restore", "\(desk.folder)/data.tar", "--confirm", "staging"],
            ] {
                let run = try await desk.host(words, variables: variables)
                #expect(run.isSuccess, "\(words): \(run.text)\n\(run.problems)")
                texts += [run.text, run.problems]
            }
            texts += watch.end()
            for name in ["staging.journal", "staging.known_hosts", "staging.lock"] {
                texts.append(try TextFile.read("\(desk.folder)/data/deploy/\(name)"))
            }
            texts.append(try desk.machine.file("/root/price-monitor-install/log"))
            let secrets = try desk.secrets()
            #expect(secrets.count == 5)
            #expect(texts.contains { $0.contains("ssh") })
            for secret in secrets + Array(variables.values) {
                for text in texts where text.contains(secret) {
                    Issue.record("A secret is in: \(text.replacing(secret, with: "<here>").prefix(500))")
                }
            }
            // Coolify's settings file has the account's password no more.
            let coolify = try desk.machine.file("/data/coolify/source/.env")
            #expect(!secrets.contains { coolify.contains($0) })
        }
    }
}

import Deploy
import FoundationEssentials
import Model
import PluginAPI
import TestSupport
import Testing

@testable import Host

/// What the doctor says of this computer, by what programs answer it.
struct DoctorTests {
    private static func doctor(path: String = "", _ answers: [String: String] = [:]) -> Doctor {
        Doctor(
            run: { command in
                let words = ([command.executable] + command.arguments).joined(separator: " ")
                guard let answer = answers.first(where: { words.hasPrefix($0.key) })?.value else {
                    throw CommandError.notRunnable("There is no program “\(words)” on this machine.")
                }
                return CommandResult(exitCode: answer.isEmpty ? 1 : 0, output: Array(answer.utf8))
            },
            path: path
        )
    }

    @Test func `each program of OpenSSH that is missing is named`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["ssh", "scp", "ssh-keyscan"] {
            let missing = Self.doctor(path: "/nonexistent:\(folder)").programs()
            #expect(missing.map(\.weight) == [.blocking])
            #expect(missing.first?.thing.hasPrefix(name) == true)
            #expect(missing.first?.remedy.contains("openssh-client") == true)
            try TextFile.write("#!/bin/sh\n", to: "\(folder)/\(name)")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
        }
        #expect(Self.doctor(path: "/nonexistent:\(folder)").programs() == [])
    }

    @Test func `a key that only an agent can use has to be in it`() async throws {
        let own = try #require(SampleMachine.key())
        func key(_ identity: String, needsAgent: Bool = true) -> OperatorKey {
            OperatorKey(publicKey: own, identity: identity, needsAgent: needsAgent)
        }
        let empty = Self.doctor(["ssh-add -L": ""])
        #expect(await empty.key(key("/k", needsAgent: false)) == [])
        let locked = await empty.key(key("/k"))
        #expect(locked.map(\.weight) == [.blocking])
        #expect(locked.first?.description.contains("“/k” has a passphrase, and the agent does not have it") == true)
        #expect(locked.first?.remedy.hasPrefix("Give the command: ssh-add /k.") == true)
        let absent = await Self.doctor().key(key("/k.pub"))
        #expect(absent.first?.description.contains("is neither beside it nor in the agent") == true)
        let full = Self.doctor(["ssh-add -L": "ssh-rsa AAAA other\n\(own.essence) under another name\n"])
        #expect(await full.key(key("/k")) == [])
    }

    @Test func `a machine that does not answer at port 22 is named, and one of its addresses will do`() async {
        let scan = "ssh-keyscan -T 5"
        let deaf = Self.doctor(["\(scan) 203.0.113.7": "", "\(scan) 2001:db8::7": ""])
        let findings = await deaf.knock(at: ["203.0.113.7", "2001:db8::7"])
        #expect(findings.map(\.weight) == [.blocking])
        #expect(findings.first?.description.contains("203.0.113.7, 2001:db8::7, does not answer") == true)
        #expect(findings.first?.remedy.contains("“sshFrom”") == true)
        let heard = Self.doctor(["\(scan) 203.0.113.7": "", "\(scan) 2001:db8::7": "2001:db8::7 ssh-ed25519 AAAA\n"])
        #expect(await heard.knock(at: ["203.0.113.7", "2001:db8::7"]) == [])
        #expect(await Self.doctor().knock(at: []) == [])
    }

    @Test func `without GitHub's program all else can be done, and what to do is said`() async {
        let findings = await Self.doctor().gitHub("anna/prices")
        #expect(findings.map(\.weight) == [.warning])
        #expect(findings.first?.remedy.contains("https://cli.github.com") == true, "\(findings)")
    }
}

import Foundation
import PluginAPI
import Testing

@testable import Deploy

/// Which of several addresses is believed.
@Suite struct SignInStageTests {
    private enum Answer {
        case well, otherKey, denied, silent

        var result: CommandResult {
            switch self {
            case .well:
                CommandResult(exitCode: 0, output: Array("architecture=x86_64\nfree=9999999\ncloud-init=done\n".utf8))
            case .otherKey: CommandResult(exitCode: 255, errors: Array("Host key verification failed.\r\n".utf8))
            case .denied: CommandResult(exitCode: 255, errors: Array("root@a: Permission denied (publickey).\r\n".utf8))
            case .silent: CommandResult(exitCode: 255, errors: Array("connect to host a port 22: timed out\r\n".utf8))
            }
        }
    }

    /// The kind of each change, by its id.
    private func survey(_ answers: [(address: String, answer: Answer)]) async throws -> [String: PlannedChange.Kind] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sign-in-\(UUID().uuidString)").path
        try Folder.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let pins = HostKeyPins("\(folder)/known_hosts")
        try pins.pin(["ssh-ed25519 AAAA"], as: "pma-staging-1")
        let byAddress = Dictionary(uniqueKeysWithValues: answers.map { ($0.address, $0.answer.result) })
        let setup = OpenSSH.Setup(mark: "pma-staging-1", pins: pins, identity: "\(folder)/key") { command in
            guard let address = command.arguments.first(where: { byAddress[$0] != nil }),
                let result = byAddress[address]
            else { return CommandResult(exitCode: 255) }
            return result
        }
        let discoveries = Discoveries()
        discoveries.note { $0.addresses = answers.map(\.address) }
        let machine = EnvironmentMachine(setup, discoveries)
        let survey = try await SignInStage(setup, machine, discoveries).survey()
        await machine.close()
        return Dictionary(survey.changes.map { ($0.id, $0.kind) }) { first, _ in first }
    }

    @Test func `another machine at a later address says nothing of one that does not answer`() async throws {
        #expect(try await survey([("10.1.2.3", .silent), ("172.17.0.1", .otherKey)]) == ["answer": .change])
        #expect(try await survey([("10.1.2.3", .denied), ("172.17.0.1", .otherKey)]) == ["sign-in": .obstacle])
        #expect(try await survey([("10.1.2.3", .well), ("172.17.0.1", .otherKey)]) == [:])
    }

    @Test func `another host key at the machine's own address is told`() async throws {
        #expect(try await survey([("10.1.2.3", .otherKey), ("172.17.0.1", .silent)]) == ["sign-in": .obstacle])
        #expect(try await survey([("10.1.2.3", .otherKey)]) == ["sign-in": .obstacle])
        #expect(try await survey([("10.1.2.3", .silent), ("10.1.2.4", .well)]) == [:])
        #expect(try await survey([("10.1.2.3", .silent), ("10.1.2.4", .denied)]) == ["sign-in": .obstacle])
    }
}

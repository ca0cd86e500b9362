import Foundation
import Testing

@testable import Deploy

@Suite struct HostKeyPinsTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pins-\(UUID().uuidString)").path

    @Test func `keys are pinned to the mark and to nothing else, in a file for its owner`() throws {
        try Folder.make(folder)
        let pins = HostKeyPins("\(folder)/staging.known_hosts")
        #expect(try pins.pins(of: "pma-staging-1").isEmpty)
        let scan = """
            # 10.0.0.2:22 SSH-2.0-OpenSSH_8.9p1
            10.0.0.2 ssh-ed25519 AAAAC3Nz
            10.0.0.2 ecdsa-sha2-nistp256 AAAAE2Vj

            """
        let keys = HostKeyPins.keys(inScan: Array(scan.utf8))
        #expect(keys == ["ecdsa-sha2-nistp256 AAAAE2Vj", "ssh-ed25519 AAAAC3Nz"])
        try pins.pin(keys, as: "pma-staging-1")
        #expect(try pins.pins(of: "pma-staging-1") == keys)
        #expect(try pins.pins(of: "pma-staging-2").isEmpty)
        let rights = try FileManager.default.attributesOfItem(atPath: pins.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        // What is made after a destroy has another mark, and the old keys are nobody's.
        try pins.pin(["ssh-ed25519 AAAAC3Xx"], as: "pma-staging-2")
        #expect(try pins.pins(of: "pma-staging-1").isEmpty)
    }

    @Test func `a scan without an answer holds no keys`() {
        #expect(HostKeyPins.keys(inScan: Array("# nothing\n".utf8)).isEmpty)
        #expect(HostKeyPins.keys(inScan: []).isEmpty)
    }

    @Test(arguments: [
        (
            "@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.\n",
            SSHProblem.otherHostKey
        ),
        (
            "No ED25519 host key is known for x and you have requested strict checking.\nHost key verification failed.\n",
            .otherHostKey
        ),
        ("root@10.0.0.2: Permission denied (publickey).\n", .denied),
        (
            "ssh: connect to host 10.0.0.2 port 22: Connection refused\n",
            .unreachable("ssh: connect to host 10.0.0.2 port 22: Connection refused")
        ),
        ("", .unreachable("no answer")),
    ])
    func `what OpenSSH says becomes a problem with a remedy`(errors: String, problem: SSHProblem) {
        #expect(SSHProblem(errors) == problem)
        #expect(problem.sentence(about: "10.0.0.2").contains("10.0.0.2"))
    }
}

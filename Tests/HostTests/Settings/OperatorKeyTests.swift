import Deploy
import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

@testable import Host

/// The key that the deployer signs in with, and where it may lie.
@Suite struct OperatorKeyTests {
    private func message(_ result: Result<OperatorKey, Failure>) -> String {
        switch result {
        case .success: ""
        case .failure(let failure): "\(failure)"
        }
    }

    @Test(arguments: [(0o600, true), (0o400, true), (0o644, false), (0o777, false)])
    func `a private key that others may read is named, for ssh would leave it alone`(rights: Int, isFine: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
        try TextFile.write(SampleMachine.keyLine, to: "\(folder)/id.pub")
        try TextFile.write("made up", to: "\(folder)/id")
        try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: "\(folder)/id")
        let result = OperatorKey.read("\(folder)/id.pub", "environments.staging.sshKey")
        #expect(message(result).isEmpty == isFine)
        if isFine {
            #expect(try result.get().identity == "\(folder)/id")
        } else {
            #expect(message(result).contains("chmod 600 '\(folder)/id'"))
        }
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `a public key alone will do, as with an agent`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
        try TextFile.write(SampleMachine.keyLine, to: "\(folder)/id.pub")
        let key = try OperatorKey.read("\(folder)/id.pub", "sshKey").get()
        #expect(key.identity == "\(folder)/id.pub" && key.needsAgent)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: [
        ("", "ed25519", []), ("a word", "ed25519", []), ("a word", "ecdsa", ["-m", "PEM"]),
        ("", "ecdsa", ["-m", "PEM"]),
    ])
    func `a private key with a passphrase needs the agent`(passphrase: String, kind: String, more: [String])
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let words = ["-q", "-t", kind, "-N", passphrase, "-C", "anna", "-f", "\(folder)/id"] + more
        try #require(
            try await ProcessRunner.run(PluginAPI.Command("ssh-keygen", words, deadline: .seconds(600))).exitCode == 0
        )
        let key = try OperatorKey.read("\(folder)/id.pub", "sshKey").get()
        #expect(key.identity == "\(folder)/id")
        #expect(key.needsAgent == !passphrase.isEmpty)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: [
        (#"C:\Users\anna\.ssh\id_ed25519.pub"#, "/mnt/c/Users/anna/.ssh/id_ed25519.pub"),
        ("d:/keys/id.pub", "/mnt/d/keys/id.pub"), ("/home/anna/.ssh/id.pub", "/home/anna/.ssh/id.pub"),
        ("~/.ssh/id.pub", "~/.ssh/id.pub"), ("c:id.pub", "c:id.pub"), (#"\\server\id.pub"#, #"\\server\id.pub"#),
        ("", ""),
    ])
    func `a path that Windows wrote is found inside of WSL`(windows: String, wsl: String) {
        #expect(WindowsPath.inWSL(windows) == wsl)
    }

    @Test(arguments: [
        ("/mnt/c/Users/anna/.ssh/id", true), ("/mnt/D/id", true), ("/mnt/backup/id", false), ("/mnt/c", false),
        ("/home/mnt/c/id", false), ("mnt/c/id", false),
    ])
    func `a drive of Windows is told from a disk of Linux`(path: String, isDrive: Bool) {
        #expect(WindowsPath.isOnDrive(path) == isDrive)
    }
}

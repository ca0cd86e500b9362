import Foundation
import Testing

@testable import Deploy

@Suite struct SecretFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)").path

    @Test func `secrets are made once for a mark, for their owner alone, and others for the next mark`() throws {
        try Folder.make(folder)
        let file = SecretFile("\(folder)/staging.secrets.json")
        #expect(try file.secrets(of: "mark-1") == nil)
        let made = try file.keep(for: "mark-1")
        #expect(try file.keep(for: "mark-1") == made)
        #expect(try file.secrets(of: "mark-2") == nil)
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        let next = try file.keep(for: "mark-2")
        #expect(Set(next.all).isDisjoint(with: made.all))
    }

    /// Coolify asks for each kind of character; its installer breaks on `|`, `&`, `\`, and its `.env` on `$`, `#` and quotes.
    @Test func `generated secrets are what their takers take`() {
        for _ in 0..<50 {
            let secrets = GeneratedSecrets()
            let password = secrets.coolifyPassword
            #expect(password.contains(where: \.isUppercase) && password.contains(where: \.isLowercase))
            #expect(password.contains(where: \.isNumber) && password.contains("-"))
            for secret in secrets.all {
                #expect(secret.wholeMatch(of: /[A-Za-z0-9._!-]{32,64}/) != nil)
            }
            #expect(Set(secrets.all).count == 5)
        }
    }

    @Test func `a file that can't be read is not taken for none`() throws {
        try Folder.make(folder)
        let file = SecretFile("\(folder)/torn.secrets.json")
        try Data("{\"mark\": \"mark-1\", \"sec".utf8).write(to: URL(filePath: file.path))
        let error = #expect(throws: DeployError.self) { try file.keep(for: "mark-1") }
        #expect(error?.description.contains("from a backup") == true)
    }
}

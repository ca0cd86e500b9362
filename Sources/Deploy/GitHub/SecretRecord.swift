import Crypto
import FoundationEssentials

/// What the deployer set at GitHub, of which nobody can read the values: for each secret a hash of what it was set to, and
/// the time that GitHub gave it.
///
/// So it shows whether a secret is still what it should be, or somebody else set it since. The hash is salted, and what it
/// is of can't be guessed: a long random token, or an address with a random id in it.
struct SecretRecord: Hashable, Sendable, Codable {
    struct Entry: Hashable, Sendable, Codable {
        /// 32 hexadecimal digits.
        let salt: String
        /// 64 hexadecimal digits.
        let hash: String
        /// As GitHub wrote it after it was set.
        let updatedAt: String

        init(value: String, updatedAt: String) {
            var generator = SystemRandomNumberGenerator()
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            salt = Self.hexadecimal(bytes)
            hash = Self.hash(of: value, salt: salt)
            self.updatedAt = updatedAt
        }

        func isOf(_ value: String) -> Bool { hash == Self.hash(of: value, salt: salt) }

        private static func hash(of value: String, salt: String) -> String {
            let key = SymmetricKey(data: Data(salt.utf8))
            return hexadecimal(Array(HMAC<SHA256>.authenticationCode(for: Data(value.utf8), using: key)))
        }

        private static func hexadecimal(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// `owner/name`: of another one nothing is known.
    let repository: String
    /// By name.
    var secrets: [String: Entry] = [:]

    init(of repository: String) { self.repository = repository }

    /// What stands in the file, where it is of this repository; else nothing.
    ///
    /// Throws `DeployError` for a file that is no such record.
    init(of repository: String, at path: String) throws {
        self.init(of: repository)
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let content = try? Data(contentsOf: URL(filePath: path)),
            let read = try? JSONDecoder().decode(Self.self, from: content)
        else {
            throw DeployError(
                "The file “\(path)”, which says what was set at GitHub, can't be read. Take it from a backup, or remove it: "
                    + "the secrets are set anew then."
            )
        }
        if read.repository == repository { self = read }
    }

    /// Replaces the file as a whole, for its owner alone; one that says nothing is removed.
    func write(to path: String) throws {
        guard secrets.isEmpty else {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            return try OwnFile.replace(path, with: Array(try encoder.encode(self)) + [0x0a])
        }
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw DeployError("The file “\(path)” can't be removed. Let this user write to its folder, and try again.")
        }
    }
}

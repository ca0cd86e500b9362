import Crypto
import CryptoExtras
import FoundationEssentials

/// Passwords as they are stored: scrypt, which needs memory as well as time to guess.
///
/// `scrypt$<rounds>$<block size>$<parallelism>$<salt>$<key>`, salt and key in base 64. The costs are stored with each
/// hash, so that they can be raised later. Source: RFC 7914; the costs follow OWASP's password storage advice.
struct PasswordHash: Sendable {
    private let rounds: Int
    private let blockSize: Int
    private let parallelism: Int
    private let salt: Data
    private let key: Data

    /// Hashes a new password; takes some tenths of a second and 32 MiB.
    init(hashing password: String) throws {
        var random = SystemRandomNumberGenerator()
        salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        (rounds, blockSize, parallelism) = (1 << 15, 8, 3)
        key = try Self.derive(password, salt: salt, rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    }

    /// nil for text that `text` did not make.
    init?(stored text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: parts[4]),
            let key = Data(base64Encoded: parts[5]), !key.isEmpty
        else { return nil }
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
        self.salt = salt
        self.key = key
    }

    var text: String {
        "scrypt$\(rounds)$\(blockSize)$\(parallelism)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Takes the same time wherever the keys differ.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(
            password,
            salt: salt,
            rounds: rounds,
            blockSize: blockSize,
            parallelism: parallelism
        )
        guard other.count == key.count else { return false }
        return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(
        _ password: String,
        salt: Data,
        rounds: Int,
        blockSize: Int,
        parallelism: Int
    ) throws -> Data {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(password.utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: blockSize,
            parallelism: parallelism
        )
        return key.withUnsafeBytes { Data($0) }
    }
}

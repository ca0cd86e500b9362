import Crypto
import CryptoExtras
import FoundationEssentials

/// Passwords as they are stored: scrypt, which needs memory as well as time to guess.
///
/// `scrypt$<rounds>$<block size>$<parallelism>$<salt>$<key>`, salt and key in base 64. The costs are stored with each
/// hash, so that they can be raised later. Source: RFC 7914; the costs follow OWASP's password storage advice.
struct PasswordHash: Sendable {
    private let cost: PasswordCost
    private let salt: Data
    private let key: Data

    /// Hashes a new password; takes as long and as much memory as `cost` says.
    init(hashing password: String, cost: PasswordCost) throws {
        var random = SystemRandomNumberGenerator()
        self.cost = cost
        salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        key = try Self.derive(password, salt: salt, cost: cost)
    }

    /// nil for text that `text` did not make.
    init?(stored text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: parts[4]),
            let key = Data(base64Encoded: parts[5]), !key.isEmpty
        else { return nil }
        cost = PasswordCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.key = key
    }

    var text: String {
        let numbers = "\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)"
        return "scrypt$\(numbers)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Takes the same time wherever the keys differ.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(password, salt: salt, cost: cost)
        guard other.count == key.count else { return false }
        return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, salt: Data, cost: PasswordCost) throws -> Data {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(password.utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: cost.rounds,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        return key.withUnsafeBytes { Data($0) }
    }
}

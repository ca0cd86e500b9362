import Crypto
import FoundationEssentials

/// The passwords and tokens that the deployer made up for one environment.
///
/// They are on this machine's disk before anything gets them, and stay the same: a run that was killed goes on with them.
package struct GeneratedSecrets: Hashable, Sendable, Codable {
    /// Of Coolify's first account.
    package let coolifyPassword: String
    /// What Coolify's API is asked with; only its hash leaves this machine.
    package let coolifyToken: String
    /// A token that may do nothing but deploy, for the pipeline.
    package let deployToken: String
    package let postgresPassword: String
    package let redisPassword: String

    /// New ones.
    package init() {
        // Coolify asks for each kind of character, and its installer passes the password through sed and dotenv.
        coolifyPassword = "Aa1-" + Self.letters(28)
        coolifyToken = Self.letters(48)
        deployToken = Self.letters(48)
        postgresPassword = Self.letters(32)
        redisPassword = Self.letters(32)
    }

    /// Each of them, to be looked for where it must not be.
    package var all: [String] { [coolifyPassword, coolifyToken, deployToken, postgresPassword, redisPassword] }

    /// Stands for somebody else's secret: the same for the same one, and without these secrets nobody can guess at it.
    func disguise(_ secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(secret.utf8),
            using: SymmetricKey(data: Data(coolifyToken.utf8))
        )
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    private static func letters(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "0" })
    }
}

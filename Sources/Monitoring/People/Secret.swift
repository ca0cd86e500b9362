import Crypto
import FoundationEssentials

/// Random words that prove who somebody is.
///
/// Whoever reads the database learns only their hashes.
enum Secret {
    /// 43 characters of `A-Z a-z 0-9 - _`: 256 bits of chance.
    static func make() -> String {
        let key = SymmetricKey(size: .bits256)
        let text = key.withUnsafeBytes { Data($0).base64EncodedString() }
        return String(text.prefix { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }

    /// What is stored of a secret.
    ///
    /// Plain SHA-256 is enough: 256 bits of chance cannot be guessed.
    static func hash(_ secret: String) -> String {
        SHA256.hash(data: Data(secret.utf8)).hex
    }
}

import Crypto
import FoundationEssentials

/// Stands for many settings: two equal ones mean that nothing differs.
enum Stamp {
    /// 16 hexadecimal digits.
    ///
    /// Secrets may be among the values: passwords that this program made up are with them, and hide the rest.
    static func of(_ values: [String: String]) -> String {
        var hash = SHA256()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Data("\(name)\u{1f}\(value)\u{1e}".utf8))
        }
        return hash.finalize().prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

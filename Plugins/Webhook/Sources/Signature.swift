import FoundationEssentials
import Model
import PluginAPI

/// Signs webhooks as Standard Webhooks 1.0.0 describes, so that receivers verify them with a stock library.
/// <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>
struct Signature: Sendable {
    private let key: [UInt8]
    private let sign: MessageSigning

    private static let lengths = 24...64
    private static let advice = "“openssl rand -base64 32” makes a good one"

    /// nil for an empty secret.
    ///
    /// The secret is base64, with or without the prefix `whsec_`.
    init?(secret: String, sign: MessageSigning?) throws(SetupError) {
        guard !secret.isEmpty else { return nil }
        let encoded = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        guard let key = Data(base64Encoded: encoded) else {
            throw SetupError("secret", "is not base64; \(Self.advice)")
        }
        guard Self.lengths.contains(key.count) else {
            throw SetupError("secret", "stands for \(key.count) bytes, but must for 24 to 64; \(Self.advice)")
        }
        guard let sign else {
            throw SetupError("secret", "cannot be used, because this installation cannot sign; leave it empty")
        }
        self.key = [UInt8](key)
        self.sign = sign
    }

    /// Every form in which a receiver's error page might show the secret, longest first.
    static func spellings(of secret: String) -> [String] {
        let encoded = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        return ["whsec_\(encoded)", encoded].filter { _ in !encoded.isEmpty }
    }

    /// The value of `webhook-signature`.
    func header(id: String, seconds: String, body: [UInt8]) -> String {
        let signed = Array("\(id).\(seconds).".utf8) + body
        return "v1,\(Data(sign(signed, key)).base64EncodedString())"
    }
}

import FoundationEssentials

/// A public key as OpenSSH writes it into a `.pub` file: `ssh-ed25519 AAAA… name`.
package struct SSHPublicKey: Hashable, Sendable {
    /// One line without a line end.
    package let line: String
    /// MD5 of the key, as sixteen pairs of hexadecimal digits with colons: `3b:16:bf:…`.
    ///
    /// It only names the key; nothing is kept safe by it.
    package let fingerprint: String

    /// `md5` is lent by the host, for plugins and their API hold no cryptography.
    ///
    /// nil for what is no such line, and for a private key.
    package init?(_ text: some StringProtocol, md5: ([UInt8]) -> [UInt8]) {
        let line = OneLine.text(String(text))
        let parts = line.split(separator: " ")
        guard !text.contains("PRIVATE KEY"), parts.count >= 2,
            let blob = Data(base64Encoded: String(parts[1])).map(Array.init),
            Self.kind(of: blob) == String(parts[0])
        else { return nil }
        self.line = line
        fingerprint = md5(blob).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined(separator: ":")
    }

    /// The kind and the key, without the comment: what tells two keys apart.
    package var essence: String { line.split(separator: " ").prefix(2).joined(separator: " ") }

    /// The first string of the key, with its length before it. <https://www.rfc-editor.org/rfc/rfc4253#section-6.6>
    private static func kind(of blob: [UInt8]) -> String? {
        guard blob.count > 4 else { return nil }
        let length = blob.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard (1...64).contains(length), blob.count > 4 + length else { return nil }
        return String(decoding: blob[4..<4 + length], as: UTF8.self)
    }
}

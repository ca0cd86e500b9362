/// The name of one stored thing: 1…64 characters of `0-9`, `a-z` and `-`, never an integer.
///
/// `Of` only keeps a listing's id from being passed where a product's is asked.
package struct ID<Of>: Hashable, Sendable {
    package let text: String

    /// For ids that come from our own store.
    ///
    /// Ids from outside go through `init(checking:)`.
    package init(_ text: String) {
        self.text = text
    }

    /// nil unless `text` could have been made by `make`.
    package init?(checking text: some StringProtocol) {
        guard (1...64).contains(text.utf8.count) else { return nil }
        let allowed = text.utf8.allSatisfy { $0.isASCIIDigit || ($0 >= 0x61 && $0 <= 0x7a) || $0 == 0x2d }
        guard allowed, !text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        self.text = String(text)
    }

    /// A new id that sorts after ids made in earlier milliseconds: 10 characters of time, 16 of chance.
    package static func make(
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> Self {
        var text = ""
        text.reserveCapacity(26)
        for shift in stride(from: 45, through: 0, by: -5) {
            text.unicodeScalars.append(idAlphabet[(now.milliseconds >> shift) & 31])
        }
        for _ in 0..<16 {
            text.unicodeScalars.append(idAlphabet[Int.random(in: 0..<32, using: &random)])
        }
        return Self(text)
    }

    package static func make(at now: Timestamp) -> Self {
        var random = SystemRandomNumberGenerator()
        return make(at: now, using: &random)
    }
}

/// Crockford's base 32, lower case. <https://www.crockford.com/base32.html>
private let idAlphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".unicodeScalars)

extension ID: CustomStringConvertible {
    package var description: String { text }
}

extension ID: Codable {
    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

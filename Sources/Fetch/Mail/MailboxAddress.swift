import Model

extension MailSender {
    /// Who a mail is from or to, as in `Prices <prices@example.org>`.
    package struct Address: Hashable, Sendable {
        /// Empty where there is none.
        package let name: String
        /// One `@` with something on both sides, and nothing that could end a line or an envelope.
        package let address: String

        /// Reads `Prices <prices@example.org>`, `"Prices" <…>` and `prices@example.org`; nil where that is no address.
        package init?(_ text: String) {
            let text = text.trimmingWhitespace()
            var name = ""
            var address = text
            if text.last == ">", let open = text.lastIndex(of: "<") {
                name = text[..<open].trimmingWhitespace()
                address = String(text[open...].dropFirst().dropLast())
                if name.count > 1, name.first == "\"", name.last == "\"" { name = String(name.dropFirst().dropLast()) }
            }
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            let isPlain = address.unicodeScalars.allSatisfy {
                $0.value > 0x20 && !(0x7f...0xa0).contains($0.value) && !"<>()[],;:\\\"".unicodeScalars.contains($0)
            }
            let isOneLine = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
            guard isOneLine, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isPlain, address.utf8.count <= 320
            else {
                return nil
            }
            self.name = name
            self.address = address
        }

        /// The part after the `@`.
        package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }
    }
}

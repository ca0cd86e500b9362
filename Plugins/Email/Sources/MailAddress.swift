import Model

/// One address that every mail server takes: `local@domain`, ASCII, without quotes, comments or a display name.
package struct MailAddress: Hashable, Sendable {
    /// `me@example.org`; the domain in lower case.
    package let text: String

    /// How many addresses one channel may have: more is a mailing list's work.
    static let mostRecipients = 20

    /// The addresses of a list separated by commas, each once, at least one.
    package static func list(_ text: String) throws(MailAddressError) -> [MailAddress] {
        var addresses: [MailAddress] = []
        for part in text.split(separator: ",") {
            let entry = part.trimmingWhitespace()
            guard !entry.isEmpty else { continue }
            let address = try MailAddress(entry)
            if !addresses.contains(address) { addresses.append(address) }
        }
        guard !addresses.isEmpty else { throw .empty }
        guard addresses.count <= mostRecipients else { throw .tooMany(addresses.count) }
        return addresses
    }

    /// Lengths are those of RFC 5321 §4.5.3.1, characters those of an RFC 5322 dot-atom.
    package init(_ entry: String) throws(MailAddressError) {
        let shown = String(entry.prefix(100))
        if entry.contains(where: { "<>\"".contains($0) }) { throw .displayName(shown) }
        if entry.contains(where: { $0 == ";" || $0.isWhitespace }) { throw .separator(shown) }
        guard let mark = entry.lastIndex(of: "@") else { throw .noDomain(shown) }
        let local = entry[..<mark]
        let domain = entry[entry.index(after: mark)...].lowercased()
        guard entry.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw domain.utf8.allSatisfy { $0 < 0x7f } ? .foreignLetters(shown) : .foreignDomain(shown)
        }
        guard Self.isDotAtom(local), local.utf8.count <= 64 else { throw .local(shown) }
        guard Self.isDomain(domain), entry.utf8.count <= 254 else { throw .domain(shown) }
        text = "\(local)@\(domain)"
    }

    private static func isDotAtom(_ local: Substring) -> Bool {
        let words = local.split(separator: ".", omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { $0.isASCIILetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
    }

    /// One label is enough: `me@nas` is a real address in a network of one's own.
    private static func isDomain(_ domain: String) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        let areWellFormed = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2d }
        }
        // A last label of digits alone is an address of a machine without its brackets, or a slip.
        return areWellFormed && labels.last?.utf8.allSatisfy(\.isASCIIDigit) == false
    }
}

/// Why a text is no list of mail addresses.
package enum MailAddressError: Error, Hashable {
    case empty
    case tooMany(Int)
    case displayName(String)
    case separator(String)
    case noDomain(String)
    case foreignLetters(String)
    case foreignDomain(String)
    case local(String)
    case domain(String)

    /// Completes a sentence that begins with the option's key.
    package var problem: String {
        switch self {
        case .empty: "holds no address; write one such as me@example.org"
        case .tooMany(let count):
            "holds \(count) addresses, more than \(MailAddress.mostRecipients); use the address of a mailing list"
        case .displayName(let text): "must hold bare addresses such as me@example.org; “\(text)” has a name or quotes"
        case .separator(let text): "has “\(text)”, which is not one address; separate addresses by commas"
        case .noDomain(let text): "has “\(text)”, which has no “@”; write it as me@example.org"
        case .foreignLetters(let text):
            "has “\(text)”, whose part before the “@” has letters that many mail servers refuse"
        case .foreignDomain(let text):
            "has “\(text)”, whose domain has letters beyond a to z; write the domain in its “xn--” form"
        case .local(let text): "has “\(text)”, whose part before the “@” is not well formed"
        case .domain(let text): "has “\(text)”, whose part after the “@” is not the name of a mail domain"
        }
    }
}

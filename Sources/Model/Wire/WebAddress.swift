/// An absolute http or https address with a host and no credentials, as a person typed or pasted it.
package struct WebAddress: Hashable, Sendable {
    /// The whole address, without spaces around it and without a fragment.
    package let text: String
    /// Either `http` or `https`.
    package let scheme: String
    /// Lower case, without brackets around an IPv6 address.
    package let host: String
    package let port: Int?
    /// Path and query, starting with `/`.
    package let target: String

    package init(_ input: some StringProtocol) throws(WebAddressError) {
        let trimmed = input.trimmingWhitespace()
        guard !trimmed.isEmpty else { throw .empty }
        guard trimmed.utf8.count <= 4096 else { throw .tooLong }
        guard !trimmed.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7f }) else {
            throw .notAnAddress(String(trimmed.prefix(200)))
        }
        guard let mark = trimmed.firstRange(of: "://") else {
            // `javascript:alert(1)` and `mailto:me` name a scheme, `shop.example/x` and `localhost:8080/x` do not.
            if let colon = trimmed.firstIndex(of: ":"), !trimmed[colon...].dropFirst().prefix(1).allSatisfy(\.isNumber),
                !trimmed[..<colon].contains(where: { ".[/".contains($0) })
            {
                throw .unsupportedScheme(String(trimmed[..<colon].prefix(40)))
            }
            throw .notAnAddress(String(trimmed.prefix(200)))
        }
        let scheme = trimmed[..<mark.lowerBound].lowercased()
        // `shop.example/?to=https://x` names no scheme.
        guard scheme.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" }) else {
            throw .notAnAddress(String(trimmed.prefix(200)))
        }
        guard scheme == "http" || scheme == "https" else { throw .unsupportedScheme(String(scheme.prefix(40))) }
        let rest = trimmed[mark.upperBound...].prefix { $0 != "#" }
        let authorityEnd = rest.firstIndex { "/?\\".contains($0) } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        guard !authority.contains("@") else { throw .credentials }
        let (host, port) = try Self.split(authority)
        var target = String(rest[authorityEnd...])
        if target.first != "/" { target = "/" + target }
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
        let bracketed = host.contains(":") ? "[\(host)]" : host
        text = "\(scheme)://\(bracketed)\(port.map { ":\($0)" } ?? "")\(target)"
    }

    private static func split(_ authority: Substring) throws(WebAddressError) -> (host: String, port: Int?) {
        var host = authority
        var port: Int?
        let portMark: Substring.Index?
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw .notAnAddress(String(authority.prefix(200))) }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let after = authority[authority.index(after: close)...]
            portMark = after.first == ":" ? after.startIndex : nil
            guard after.isEmpty || portMark != nil else { throw .notAnAddress(String(authority.prefix(200))) }
        } else {
            portMark = authority.lastIndex(of: ":")
            if let portMark { host = authority[..<portMark] }
            guard !host.contains(":") else { throw .notAnAddress(String(authority.prefix(200))) }
        }
        if let portMark {
            let digits = authority[authority.index(after: portMark)...]
            guard digits.utf8.allSatisfy(\.isASCIIDigit), let number = Int(digits), (1...65535).contains(number) else {
                throw .notAnAddress(String(authority.prefix(200)))
            }
            port = number
        }
        guard isHost(host, isBracketed: authority.first == "[") else {
            throw .notAnAddress(String(authority.prefix(200)))
        }
        return (host.lowercased(), port)
    }

    private static func isHost(_ host: Substring, isBracketed: Bool) -> Bool {
        if isBracketed { return host.contains(":") && host.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } }
        guard !host.isEmpty, host.first != ".", !host.contains("..") else { return false }
        return !host.unicodeScalars.contains { "<>\"'`{}|^%[]&=+,;()!*$".unicodeScalars.contains($0) }
    }

    /// The host as a person names the shop: without `www.`.
    package var site: String { host.hasPrefix("www.") ? String(host.dropFirst(4)) : host }
}

extension WebAddress: CustomStringConvertible {
    package var description: String { text }
}

/// Why a text is not an address the program can watch.
package enum WebAddressError: Error, Hashable, CustomStringConvertible {
    case empty
    case tooLong
    case notAnAddress(String)
    case unsupportedScheme(String)
    case credentials

    package var description: String {
        switch self {
        case .empty: "The address is empty. Paste the address of a product page, such as https://shop.example/lamp."
        case .tooLong: "The address is longer than 4096 characters. Paste the page's own address, without tracking."
        case .notAnAddress(let text):
            "“\(text)” is not a web address. It must look like https://shop.example/lamp."
        case .unsupportedScheme(let scheme):
            "“\(scheme):” addresses cannot be watched. Only http:// and https:// addresses can."
        case .credentials:
            "The address holds a user name or password. Remove the part before the “@”."
        }
    }
}

extension StringProtocol {
    /// Without white space and line ends around it.
    package func trimmingWhitespace() -> String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}

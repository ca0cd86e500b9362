import Model

/// The parts of `smtp.url`.
struct MailAddressParts {
    /// Either `smtp` or `smtps`.
    let scheme: String
    /// Lower case, an IPv6 address without brackets.
    let host: String
    let port: Int?
    let login: MailSettings.Login?

    init(_ text: String) throws(MailSettingsError) {
        let text = text.trimmingWhitespace()
        guard let mark = text.firstRange(of: "://") else {
            throw Self.error("must look like smtp://user:password@mail.example.org:587")
        }
        scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "smtp" || scheme == "smtps" else { throw Self.error("must begin with smtp:// or smtps://") }
        var rest = text[mark.upperBound...]
        if rest.last == "/" { rest = rest.dropLast() }
        // The last one: a user name is often a mail address, typed as it is.
        if let at = rest.lastIndex(of: "@") {
            login = try Self.login(rest[..<at])
            rest = rest[rest.index(after: at)...]
        } else {
            login = nil
        }
        guard !rest.contains(where: { "/?#".contains($0) }) else {
            throw Self.error(
                "holds something after the host; in a user name or password write “/” as %2F, “?” as %3F, “#” as %23"
            )
        }
        (host, port) = try Self.hostAndPort(rest)
    }

    private static func login(_ text: Substring) throws(MailSettingsError) -> MailSettings.Login? {
        let colon = text.firstIndex(of: ":")
        let password = colon.map { text[text.index(after: $0)...] } ?? ""
        guard let user = decode(text[..<(colon ?? text.endIndex)]), let secret = decode(password) else {
            throw error("holds a “%” in its user name or password that is not followed by two digits; write it as %25")
        }
        guard (user + secret).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw error("holds a control character in its user name or password")
        }
        if user.isEmpty, secret.isEmpty { return nil }
        guard !user.isEmpty else { throw error("names a password but no user") }
        guard !secret.isEmpty else { throw error("names a user but no password") }
        return MailSettings.Login(user: user, password: secret)
    }

    private static func hostAndPort(_ text: Substring) throws(MailSettingsError) -> (String, Int?) {
        var host = text
        var after: Substring = ""
        if text.first == "[", let close = text.firstIndex(of: "]") {
            host = text[..<close].dropFirst()
            after = text[close...].dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            after = text[colon...]
        }
        guard !host.isEmpty else { throw error("names no host") }
        let isName = host.utf8.allSatisfy { $0 > 0x7f || $0.isASCIIDigit || $0.isLetter || "-._:".utf8.contains($0) }
        guard isName else { throw error("names a host that cannot be one") }
        if after.isEmpty { return (host.lowercased(), nil) }
        guard after.first == ":", let port = Int(after.dropFirst()), (1...65535).contains(port) else {
            throw error("has a port that is not a number from 1 to 65535")
        }
        return (host.lowercased(), port)
    }

    /// nil where a percent sign stands before something else than two hexadecimal digits, or the bytes are not UTF-8.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ $0.isHexadecimal }),
                let value = UInt8(String(decoding: Array(digits), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func error(_ problem: String) -> MailSettingsError {
        MailSettingsError(key: "smtp.url", problem: problem)
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) }
    fileprivate var isHexadecimal: Bool {
        isASCIIDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}

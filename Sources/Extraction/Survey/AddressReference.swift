import Model

/// Makes addresses on a page absolute (RFC 3986 § 5, as far as pictures and product links need it).
enum AddressReference {
    /// nil for anything but http and https.
    static func resolve(_ reference: String, against origin: WebAddress) -> String? {
        let reference = reference.trimmingWhitespace()
        guard !reference.isEmpty, reference.utf8.count <= 4096 else { return nil }
        let escaped = reference.replacing(" ", with: "%20")
        if escaped.hasPrefix("//") { return checked("\(origin.scheme):\(escaped)") }
        if let colon = escaped.firstIndex(of: ":"), escaped[..<colon].allSatisfy({ $0.isLetter || $0.isNumber }) {
            return checked(escaped)
        }
        let host = origin.host.contains(":") ? "[\(origin.host)]" : origin.host
        let root = "\(origin.scheme)://\(host)\(origin.port.map { ":\($0)" } ?? "")"
        if escaped.hasPrefix("/") { return checked(root + normalised(escaped)) }
        let path = origin.target.prefix { $0 != "?" && $0 != "#" }
        if escaped.hasPrefix("?") || escaped.hasPrefix("#") { return checked(root + path + escaped) }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return checked(root + normalised(folder + escaped))
    }

    /// Without `.` and `..` in the path.
    private static func normalised(_ target: some StringProtocol) -> String {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        guard path.contains(".") else { return String(target) }
        var parts: [Substring] = []
        let segments = Substring(path).split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (offset, segment) in segments.enumerated() {
            let isLast = offset == segments.count - 1
            if segment == ".." { _ = parts.popLast() }
            if segment != "..", segment != "." { parts.append(segment) } else if isLast { parts.append("") }
        }
        return "/" + parts.joined(separator: "/") + target.dropFirst(path.count)
    }

    private static func checked(_ text: String) -> String? {
        // Why it is no address does not matter here.
        (try? WebAddress(text))?.text
    }
}

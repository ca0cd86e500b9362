import Markup
import Model

/// The paths under which a page knows itself: that of its address and that of its canonical one.
///
/// Every link near a price is compared with them, so most are told apart by their bytes alone.
struct OwnPaths {
    /// Small letters, without a last slash, each longer than one byte.
    private let paths: [String]

    init(address: String, canonical: String?) {
        paths = [Self.path(address), canonical.map(Self.path)].compactMap(\.self).filter { $0.utf8.count > 1 }
    }

    /// Whether an absolute address has one of the paths.
    func contains(_ address: String) -> Bool {
        guard !paths.isEmpty else { return false }
        return paths.contains(Self.path(address))
    }

    /// Whether the bytes of a reference alone say that it leads to another path, or to no address at all.
    ///
    /// Decides for what nearly all links are, plain ASCII that begins with a scheme or a slash; says false for the rest.
    func lacks(_ reference: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = Self.pathStart(reference) else { return false }
        var end = start
        while end < reference.count, reference[end] != 0x3f, reference[end] != 0x23 {
            let byte = reference[end]
            // Spaces are escaped and dots may be steps up: that takes more than comparing.
            guard byte > 0x20, byte < 0x7f, byte != 0x5c, byte != 0x2e || reference[end - 1] != 0x2f else {
                return false
            }
            end += 1
        }
        if end > start, reference[end - 1] == 0x2f { end -= 1 }
        let own = reference[start..<end]
        return !paths.contains { path in
            path.utf8.count == own.count
                && zip(path.utf8, own).allSatisfy { $0 == ($1 >= 0x41 && $1 <= 0x5a ? $1 | 0x20 : $1) }
        }
    }

    /// Where the path begins; nil for a reference that is neither an http address nor a path from the root.
    private static func pathStart(_ reference: UnsafeBufferPointer<UInt8>) -> Int? {
        guard reference.count >= 2, reference.count < 2000 else { return nil }
        if reference[0] == 0x2f { return reference[1] == 0x2f || reference[1] == 0x5c ? nil : 0 }
        let scheme = reference.starts(with: "https://".utf8) ? 8 : reference.starts(with: "http://".utf8) ? 7 : 0
        guard scheme > 0 else { return nil }
        var index = scheme
        while index < reference.count, reference[index] != 0x2f {
            let byte = reference[index]
            guard byte > 0x20, byte < 0x7f, byte != 0x5c, byte != 0x3f, byte != 0x23 else { return nil }
            index += 1
        }
        return index
    }

    private static func path(_ address: String) -> String {
        let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        let rest = address[start...].drop { $0 != "/" }.prefix { $0 != "?" && $0 != "#" }
        return String(rest.last == "/" ? rest.dropLast() : rest).lowercased()
    }
}

extension Survey {
    /// Whether an address on the page leads to the page itself, parameters aside.
    func isThisPage(_ reference: String) -> Bool {
        guard let absolute = absolute(reference) else { return false }
        return ownPaths.contains(absolute)
    }

    /// Whether a link leads to another page.
    func leadsElsewhere(_ link: Int) -> Bool {
        let quick = document.withValue(of: .href, at: link) { target -> Bool? in
            if target.isEmpty || target.starts(with: "#".utf8) || target.starts(with: "javascript".utf8) {
                return false
            }
            return ownPaths.lacks(target) ? true : nil
        }
        // Without a target it is no link.
        guard let quick else { return false }
        return quick ?? !isThisPage(document.value(of: .href, at: link) ?? "")
    }
}

import Model

/// What a shop's robots.txt says to us (RFC 9309).
struct RobotsFile: Hashable, Sendable {
    struct Rule: Hashable, Sendable {
        let isAllowed: Bool
        let pattern: RobotsPattern
        /// Counts from 1.
        let line: Int
        /// As it stands in the file, at most 100 characters.
        let text: String
    }

    let rules: [Rule]
    /// The pause between two requests that the file asks for, which is no part of the RFC.
    let delay: Duration?

    /// Everything is allowed.
    static let open = RobotsFile(rules: [], delay: nil)

    private init(rules: [Rule], delay: Duration?) {
        self.rules = rules
        self.delay = delay
    }

    /// How much of a file is read: RFC 9309 §2.5 asks for this much at least.
    static let mostBytes = 500 * 1024

    /// Reads the groups that name `product`, or those for everybody where none does.
    init(_ bytes: some Sequence<UInt8>, product: String) {
        var bytes = Array(bytes.prefix(Self.mostBytes))[...]
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
        let wanted = product.lowercased()
        var (own, all) = (Group(), Group())
        var (isOwn, isAll, isNaming, number) = (false, false, false, 0)
        for line in Self.lines(bytes) {
            number += 1
            guard let record = Record(line) else { continue }
            switch record.key {
            case "user-agent":
                if !isNaming { (isOwn, isAll) = (false, false) }
                isNaming = true
                if record.value.first == "*" {
                    isAll = true
                } else if Self.product(in: record.value).lowercased() == wanted, !wanted.isEmpty {
                    isOwn = true
                    own.isNamed = true
                }
            case "allow", "disallow":
                isNaming = false
                guard !record.value.isEmpty else { continue }
                let rule = Rule(
                    isAllowed: record.key == "allow",
                    pattern: RobotsPattern(record.value),
                    line: number,
                    text: record.text
                )
                if isOwn { own.rules.append(rule) }
                if isAll { all.rules.append(rule) }
            case "crawl-delay":
                guard let seconds = Double(record.value), seconds > 0, seconds < 1e6 else { continue }
                if isOwn { own.delay = .seconds(seconds) }
                if isAll { all.delay = .seconds(seconds) }
            default: continue
            }
        }
        let group = own.isNamed ? own : all
        self.init(rules: group.rules, delay: group.delay)
    }

    /// The rule that forbids an address; `target` is path and query.
    ///
    /// The longest rule decides, and of two the one that allows.
    func forbids(_ target: String) -> Rule? {
        let path = RobotsPattern.normalised(target.utf8)
        var best: Rule?
        for rule in rules {
            if let best {
                guard rule.pattern.length >= best.pattern.length else { continue }
                if rule.pattern.length == best.pattern.length, best.isAllowed || !rule.isAllowed { continue }
            }
            if rule.pattern.matches(path) { best = rule }
        }
        guard let best, !best.isAllowed else { return nil }
        return best
    }

    /// The name by which a robots.txt knows a program: what stands before the version in its `User-Agent`.
    static func product(in userAgent: some StringProtocol) -> String {
        String(userAgent.prefix { $0.isASCII && $0.isLetter || $0 == "_" || $0 == "-" })
    }

    private struct Group {
        var isNamed = false
        var rules: [Rule] = []
        var delay: Duration?
    }

    /// One line with a meaning, such as `Disallow: /cart`.
    private struct Record {
        /// Lower case.
        let key: String
        let value: String
        let text: String

        init?(_ line: ArraySlice<UInt8>) {
            let whole = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self).trimmingWhitespace()
            // Some write a space where the colon should be.
            guard let mark = whole.firstIndex(of: ":") ?? whole.firstIndex(where: \.isWhitespace) else { return nil }
            key = whole[..<mark].trimmingWhitespace().lowercased()
            value = whole[whole.index(after: mark)...].trimmingWhitespace()
            text = String(whole.prefix(100))
        }
    }

    /// Lines end with CR, LF, or both.
    private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes
        while let end = rest.firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) {
            lines.append(rest[..<end])
            let isBoth = rest[end] == 0x0d && end + 1 < rest.endIndex && rest[end + 1] == 0x0a
            rest = rest[(end + (isBoth ? 2 : 1))...]
        }
        if !rest.isEmpty { lines.append(rest) }
        return lines
    }
}

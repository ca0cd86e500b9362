import Fetch
import Model

/// What `sites` in `config.json` says about single shops.
///
///     "sites": {"shop.example": {"proxy": "http://proxy.example:3128", "headers": {"X-Key": "…"}, "obeyRobots": false}}
struct SiteEntries: Sendable {
    /// By host name in lower case, alone or with a port.
    private(set) var settings: [String: SiteSettings] = [:]
    /// What `host config` prints: key and value, secrets hidden.
    private(set) var shown: [(key: String, value: String)] = []
    private(set) var problems: [String] = []

    /// The name of the one object in the file that is no setting but a table of shops.
    static let key = "sites"

    private static let members = [
        "proxy", "proxyResolves", "headers", "userAgent", "obeyRobots", "pauseMilliseconds", "concurrency",
    ]

    /// No shops.
    init() {}

    /// `path` is the file, for messages.
    init(_ json: ConfigJSON, path: String) {
        guard case .object(let sites) = json else {
            problems.append(
                "sites (\(path)) must be an object with a host name for each shop, such as "
                    + "{\"shop.example\": {\"pauseMilliseconds\": 2000}}."
            )
            return
        }
        for (name, value) in sites.sorted(by: { $0.key < $1.key }) { read(name, value, path) }
    }

    private mutating func read(_ name: String, _ json: ConfigJSON, _ path: String) {
        let place = "\(Self.key).\(name.prefix(200))"
        guard let host = Self.host(name) else {
            problems.append(
                "“\(name.prefix(200))” under sites (\(path)) is not a host name. Write shop.example, without https:// and "
                    + "without a path; it is for all hosts below it too."
            )
            return
        }
        guard case .object(let members) = json else {
            problems.append("\(place) (\(path)) must be an object, such as {\"pauseMilliseconds\": 2000}.")
            return
        }
        guard settings[host] == nil else {
            problems.append("\(place) (\(path)) stands there twice, in small and in large letters. Keep one of them.")
            return
        }
        var site = SiteSettings()
        for (member, value) in members.sorted(by: { $0.key < $1.key }) {
            let key = "\(place).\(member.prefix(100))"
            guard Self.members.contains(member) else {
                let nearest = NearestKey.nearest(to: member, among: Self.members) ?? ""
                problems.append(
                    "“\(key)” (\(path)) is not a setting of a shop. The nearest is “\(nearest)”; a shop has "
                        + "\(Self.members.joined(separator: ", "))."
                )
                continue
            }
            if let problem = set(&site, member, value, key) { problems.append("\(key) (\(path)) \(problem)") }
        }
        if case .through(let proxy)? = site.proxy, proxy.alwaysResolves, site.proxyResolves != true {
            problems.append(SettingsWords.proxyResolves("\(place).proxy (\(path))", setting: "\(place).proxyResolves"))
        }
        settings[host] = site
    }

    /// Completes “it …”; nil where all is well.
    private mutating func set(
        _ site: inout SiteSettings,
        _ member: String,
        _ value: ConfigJSON,
        _ key: String
    ) -> String? {
        var printed = value.written
        switch (member, value) {
        case (_, .null): return nil
        case ("proxy", .string(let text)):
            printed = "[redacted]"
            if text == "direct" || text.isEmpty {
                (site.proxy, printed) = (.direct, "direct")
            } else {
                do { site.proxy = .through(try ProxyAddress(text)) } catch { return error.description }
            }
        case ("proxyResolves", .bool(let flag)): site.proxyResolves = flag
        case ("obeyRobots", .bool(let flag)): site.obeyRobots = flag
        case ("userAgent", .string(let text)):
            if let problem = SiteSettings.problem(header: "User-Agent", value: text) { return problem }
            site.userAgent = text
        case ("pauseMilliseconds", .integer(let number)) where (0...600_000).contains(number):
            site.pause = .milliseconds(number)
        case ("concurrency", .integer(let number)) where (1...1000).contains(number): site.concurrency = number
        case ("headers", .object(let headers)): return setHeaders(&site, headers, key)
        default: return "must be \(Self.expectation(member))."
        }
        shown.append((key, printed))
        return nil
    }

    private mutating func setHeaders(
        _ site: inout SiteSettings,
        _ headers: [String: ConfigJSON],
        _ key: String
    ) -> String? {
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard case .string(let text) = value else { return "must hold a text for “\(name.prefix(40))”." }
            if let problem = SiteSettings.problem(header: name, value: text) { return problem }
            site.headers[name] = text
            shown.append(("\(key).\(name)", "[redacted]"))
        }
        return nil
    }

    private static func expectation(_ member: String) -> String {
        switch member {
        case "proxy": "the address of a proxy, such as http://proxy.example:3128, or “direct”"
        case "proxyResolves", "obeyRobots": "true or false"
        case "pauseMilliseconds": "a whole number from 0 to 600000"
        case "concurrency": "a whole number from 1 to 1000"
        case "headers": "an object with a text for each header, such as {\"X-Key\": \"…\"}"
        default: "a text"
        }
    }

    /// In lower case; nil where it is none.
    private static func host(_ name: String) -> String? {
        guard !name.contains("://"), let address = try? WebAddress("http://\(name)/"), address.target == "/" else {
            return nil
        }
        let bracketed = address.host.contains(":") ? "[\(address.host)]" : address.host
        return bracketed + (address.port.map { ":\($0)" } ?? "")
    }
}

/// Sentences that stand in two places.
enum SettingsWords {
    static func proxyResolves(_ key: String, setting: String) -> String {
        "\(key) is a socks5h:// proxy, which resolves names itself, so that the address guard sees nothing. Set \(setting) "
            + "to true if you mean that, or use socks5://."
    }
}

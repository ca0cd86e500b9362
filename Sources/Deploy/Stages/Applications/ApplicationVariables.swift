import Model

/// The environment variables that an application should have.
struct ApplicationVariables: Hashable, Sendable {
    typealias Variable = EnvironmentWish.Variable

    /// By key.
    let wanted: [String: Variable]

    /// The networks that Docker and Coolify make: whoever speaks to the pages from there is Coolify's proxy.
    private static let proxies = "10.0.0.0/8,172.16.0.0/12"

    /// `address` is where people reach the pages, with its scheme.
    init(_ role: ApplicationRole, address: String, postgres: String, redis: String, _ wish: [String: Variable]) {
        var wanted: [String: Variable] = [
            "HOST_WEB_PUBLIC_URL": Variable(address),
            "HOST_WEB_TRUSTED_PROXIES": Variable(Self.proxies),
        ]
        wanted.merge(wish) { _, wished in wished }
        wanted["HOST_ROLE"] = Variable(role.rawValue)
        wanted["DATABASE_URL"] = Variable(postgres, isSecret: true)
        wanted["REDIS_URL"] = Variable(redis, isSecret: true)
        self.wanted = wanted
    }

    /// The keys that an application gets, before anything of the rest is known.
    static func keys(_ wish: [String: Variable]) -> [String] {
        ApplicationVariables(.web, address: "", postgres: "", redis: "", wish).wanted.keys.sorted()
    }

    /// What is wished for, as far as everybody may see it: what a plan of nothing can tell apart.
    ///
    /// Secrets are left out, for before the first run there is nothing to disguise them with.
    static func plain(_ wish: [String: Variable]) -> String {
        wish.filter { !$0.value.isSecret }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.value)" }
            .joined(separator: "\n")
    }

    /// Whether a key is the deployer's to remove when nobody wants it any more.
    static func isOurs(_ key: String) -> Bool { key.hasPrefix("HOST_") || ReservedVariables.own.contains(key) }

    // MARK: - What can't be carried

    /// Why each of some variables can't be given to an application, by key.
    ///
    /// Coolify writes them into a file of lines `KEY='value'`, and puts shared variables in place of what is in double
    /// braces.
    static func refusals(_ wish: [String: Variable]) -> [(key: String, why: String)] {
        wish.sorted { $0.key < $1.key }.compactMap { key, variable in problem(key, variable.value).map { (key, $0) } }
    }

    private static func problem(_ key: String, _ value: String) -> String? {
        if let reason = ReservedVariables.reason(key) { return "\(reason) Take it out." }
        guard let first = key.utf8.first, !first.isASCIIDigit,
            key.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == 0x5f })
        else { return "A name has letters, digits and underscores, and starts with no digit. Give it another one." }
        if value.contains("'") { return "Its value has an apostrophe, which Coolify can't carry. Choose one without." }
        if value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
            return
                "Its value has a line end or another control character, which Coolify can't carry. Choose one without."
        }
        if value.trimmingWhitespace() != value {
            return "Its value starts or ends with a space, which Coolify cuts off. Choose one without."
        }
        if value.contains("{{") {
            return "Its value has “{{”, for which Coolify puts shared variables in place. Choose one without."
        }
        return nil
    }
}

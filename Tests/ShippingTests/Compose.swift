/// A Compose file, as far as the tests look at it. <https://docs.docker.com/reference/compose-file/>
struct Compose: Decodable {
    static let one = "containers/compose.yaml"
    static let servers = "containers/compose.servers.yaml"
    static let all = [one, servers]

    let services: [String: Service]
    let volumes: [String: String?]

    struct Service: Decodable {
        let image: String
        let restart: String?
        let user: String?
        let environment: [String: String]
        let command: [String]?
        let volumes: [String]?
        let tmpfs: [String]?
        let readOnly: String?
        let capDrop: [String]?
        let securityOptions: [String]?
        let memoryLimit: String?
        let processLimit: String?
        let healthcheck: Healthcheck?
        let grace: String?
        let ports: [String]?

        struct Healthcheck: Decodable { let test: [String] }

        private enum CodingKeys: String, CodingKey {
            case image, restart, user, environment, command, volumes, tmpfs, healthcheck, ports
            case readOnly = "read_only"
            case capDrop = "cap_drop"
            case securityOptions = "security_opt"
            case memoryLimit = "mem_limit"
            case processLimit = "pids_limit"
            case grace = "stop_grace_period"
        }

        /// Whether it is our program.
        var isProgram: Bool { environment["HOST_ROLE"] != nil }
    }

    static func read(_ path: String) async throws -> Compose { try await Checkout.yaml(Checkout.text(path)) }

    /// A text with its variables put in.
    ///
    /// `${NAME…}` becomes the variable's value, else its standard value, and `$$` one dollar. Throws the message of a
    /// variable that must be set and is not.
    static func filled(_ text: String, _ variables: [String: String]) throws -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "{", let end = rest.firstIndex(of: "}") {
                result += try value(rest[rest.index(after: rest.startIndex)..<end], variables)
                rest = rest[rest.index(after: end)...]
            } else {
                throw Unset(message: "A lone $ in “\(text)”.")
            }
        }
        return result + rest
    }

    struct Unset: Error, Hashable {
        let message: String
    }

    private static func value(_ expression: Substring, _ variables: [String: String]) throws -> String {
        let name = expression.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
        let value = variables[String(name)] ?? ""
        let rule = expression.dropFirst(name.count)
        if !value.isEmpty || rule.isEmpty { return value }
        if rule.hasPrefix(":-") { return String(rule.dropFirst(2)) }
        throw Unset(message: String(rule.dropFirst(2)))
    }

    /// The names of all variables in a file.
    static func variables(in path: String) throws -> Set<String> {
        let text = try Checkout.text(path).split(separator: "\n")
            .filter { !$0.drop { $0 == " " }.hasPrefix("#") }.joined(separator: "\n")
        return Set(text.matches(of: #/\$\{([A-Z_0-9]+)/#).map { String($0.output.1) })
    }
}

import FoundationEssentials
import PluginAPI

/// What there is of Coolify on a machine, as one script there reads it.
struct InstalledCoolify: Hashable, Sendable {
    /// Of the container's image: `4.3.10`; nil where there is no container.
    var version: String?
    /// Whether the container says of itself that it is well, and the API does too.
    var isHealthy = false
    /// Whether an installer is at work.
    var isInstalling = false
    /// Whether its first account is there.
    var hasAdmin = false
    /// Whom that account belongs to, one line; empty where there is none.
    var account = ""
    /// Whether strangers may make themselves an account; nil where the database did not say.
    var isOpenToStrangers: Bool?
    var isAPIEnabled = false
    var updatesItself = false
    /// Where its dashboard is reached: `https://coolify.example.com`; empty where that was never said.
    var address = ""
    /// The hash of each of the deployer's tokens with what it may do, by name.
    var tokens: [String: Token] = [:]
    /// Of the machine; nil where it does not say.
    var memoryMiB: Int?
    /// Whether the first account's password still lies in Coolify's settings file.
    var showsPassword = false

    struct Token: Hashable, Sendable {
        let hash: String
        let abilities: String
    }

    /// Prints what `init(_:)` reads.
    static let script = """
        exec 2>/dev/null
        awk '/^MemTotal:/ { print "memory=" $2 }' /proc/meminfo
        folder=\(CoolifyInstaller.folder)
        \(CoolifyInstaller.isRunning) && echo installing=yes
        # printf, for the shell's echo makes line ends of what stands for them in the JSON.
        printf 'container=%s\\n' "$(docker inspect coolify | tr -d '\\n')"
        echo "health=$(curl -s -m 10 http://127.0.0.1:8000/api/health)"
        grep -qs '^ROOT_USER_PASSWORD=..*' /data/coolify/source/.env /data/coolify/source/.env-* && echo password=there
        ask() { echo "$1=$(docker exec coolify-db psql -U coolify -d coolify -tA -c "$2")"; }
        ask admins "select count(*) from users where id = 0"
        ask account "select email from users where id = 0"
        ask api "select is_api_enabled from instance_settings where id = 0"
        ask strangers "select is_registration_enabled from instance_settings where id = 0"
        ask updates "select is_auto_update_enabled from instance_settings where id = 0"
        ask address "select coalesce(fqdn, '') from instance_settings where id = 0"
        for name in \(CoolifyToken.allCases.map(\.rawValue).joined(separator: " ")); do
            ask "token-$name" "select token || ' ' || abilities from personal_access_tokens where name = '$name'"
        done
        true
        """

    init(_ output: [UInt8]) {
        let values = Lines.values(output)
        isInstalling = values["installing"] == "yes"
        let containers = try? JSONDecoder().decode([Container].self, from: Data((values["container"] ?? "").utf8))
        if let container = containers?.first {
            let tag = container.config.image.split(separator: ":").last.map(String.init)
            version = tag
            isHealthy = container.state.health?.status == "healthy" && values["health"] == "OK"
        }
        hasAdmin = values["admins"] == "1"
        account = OneLine.text(values["account"] ?? "", limit: 120)
        isAPIEnabled = Self.isTrue(values["api"])
        isOpenToStrangers = values["strangers"].flatMap { $0.isEmpty ? nil : Self.isTrue($0) }
        updatesItself = Self.isTrue(values["updates"])
        address = values["address"] ?? ""
        memoryMiB = values["memory"].flatMap { Int($0) }.map { $0 / 1024 }
        showsPassword = values["password"] == "there"
        for token in CoolifyToken.allCases {
            let parts = (values["token-\(token.rawValue)"] ?? "").split(separator: " ", maxSplits: 1)
            if parts.count == 2 { tokens[token.rawValue] = Token(hash: String(parts[0]), abilities: String(parts[1])) }
        }
    }

    /// As PostgreSQL prints it; other databases print a number.
    private static func isTrue(_ word: String?) -> Bool { ["t", "true", "1"].contains(word ?? "") }

    private struct Container: Decodable {
        let state: State
        let config: Config

        enum CodingKeys: String, CodingKey {
            case state = "State"
            case config = "Config"
        }

        struct State: Decodable {
            let health: Health?

            enum CodingKeys: String, CodingKey {
                case health = "Health"
            }
        }

        struct Health: Decodable {
            let status: String

            enum CodingKeys: String, CodingKey {
                case status = "Status"
            }
        }

        struct Config: Decodable {
            let image: String

            enum CodingKeys: String, CodingKey {
                case image = "Image"
            }
        }
    }
}

import FoundationEssentials

/// The databases of an environment.
enum DatabaseKind: String, CaseIterable, Sendable {
    case postgres, redis

    /// As people know it.
    var title: String { self == .postgres ? "PostgreSQL" : "Redis" }
    /// As Coolify's API names it.
    var path: String { self == .postgres ? "postgresql" : "redis" }
    /// In Coolify's dashboard.
    var name: String { "price-monitor-\(rawValue)" }

    /// User and database of PostgreSQL.
    private static let user = "prices"

    func wish(in wish: EnvironmentWish) -> DatabaseWish { self == .postgres ? wish.postgres : wish.redis }
    func password(of secrets: GeneratedSecrets) -> String {
        self == .postgres ? secrets.postgresPassword : secrets.redisPassword
    }

    func found(in holdings: CoolifyHoldings) -> [CoolifyDatabase] {
        self == .postgres ? holdings.postgres : holdings.redis
    }

    /// With which the applications reach it; `id` is Coolify's, which is its host name there.
    func address(_ id: String, _ secrets: GeneratedSecrets) -> String {
        switch self {
        case .postgres: "postgres://\(Self.user):\(secrets.postgresPassword)@\(id):5432/\(Self.user)"
        case .redis: "redis://default:\(secrets.redisPassword)@\(id):6379/0"
        }
    }

    /// What may be changed of it later, by field.
    func settings(_ wish: DatabaseWish) -> [String: CoolifyValue] {
        var fields: [String: CoolifyValue] = [
            "image": .text(wish.image), "limits_memory": .text(wish.memory), "is_public": false,
        ]
        if self == .redis { fields["redis_conf"] = .text(Self.configuration(wish)) }
        return fields
    }

    /// All of them, for telling two apart.
    func wanted(_ wish: DatabaseWish) -> String {
        settings(wish).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.word ?? "")" }.joined(separator: "; ")
    }

    /// What it is made with besides.
    func credentials(_ secrets: GeneratedSecrets) -> [String: CoolifyValue] {
        switch self {
        case .postgres:
            [
                "postgres_user": .text(Self.user), "postgres_db": .text(Self.user),
                "postgres_password": .text(secrets.postgresPassword),
            ]
        case .redis: ["redis_password": .text(secrets.redisPassword)]
        }
    }

    /// A field as it is sent: Coolify takes files in base64, and gives them back as they are.
    static func sent(_ field: String, _ value: CoolifyValue) -> CoolifyValue {
        guard field == "redis_conf", let text = value.word else { return value }
        return .text(Data(text.utf8).base64EncodedString())
    }

    /// Jobs must never be thrown away to make room, and outlive a restart.
    ///
    /// Some memory is left for what Redis needs while it writes.
    private static func configuration(_ wish: DatabaseWish) -> String {
        let limit = DockerMemory.bytes(wish.memory).map { "maxmemory \($0 / 4 * 3)\n" } ?? ""
        // Without a line end at the end, which Coolify's own fields lose.
        return "\(limit)appendonly yes\nmaxmemory-policy noeviction"
    }
}

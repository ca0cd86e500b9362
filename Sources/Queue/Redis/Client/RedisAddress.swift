import FoundationEssentials

/// Where a Redis server is and how to get in.
///
///     redis://user:password@redis.example:6379/2
///     redis://:password@localhost
///     unix:///run/redis/redis.sock?db=2
package struct RedisAddress: Sendable {
    enum Place: Hashable, Sendable {
        case host(String, port: Int)
        case socket(path: String)
    }

    let place: Place
    let user: String?
    let password: String?
    let number: Int

    /// How people name it: `redis.example:6379/2`; holds no secret.
    package var name: String {
        switch place {
        case .host(let host, let port): "\(host.contains(":") ? "[\(host)]" : host):\(port)/\(number)"
        case .socket(let path): "\(path)/\(number)"
        }
    }

    /// Throws `RedisError.address`; the message repeats nothing of it, since it may hold a password.
    package init(_ text: String) throws(RedisError) {
        let form =
            "It must look like redis://user:password@host:6379/0 or unix:///path/to/redis.sock; of user and password "
            + "each character that is not a letter or digit is written as % and two hexadecimal digits."
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
            throw .address("The address of Redis can't be read. \(form)")
        }
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password.flatMap { $0.isEmpty ? nil : $0 } ?? Self.value("password", in: parts)
        switch scheme {
        case "redis":
            let host = parts.host ?? ""
            guard !host.isEmpty else { throw .address("The address of Redis names no host. \(form)") }
            place = .host(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host, port: parts.port ?? 6379)
            number = try Self.number(parts.path.split(separator: "/").first.map(String.init), form)
        case "unix", "redis+unix", "redis-socket":
            guard parts.path.hasPrefix("/"), parts.path.count > 1 else {
                throw .address("The address of Redis names no socket. \(form)")
            }
            place = .socket(path: parts.path)
            number = try Self.number(Self.value("db", in: parts), form)
        case "rediss":
            throw .address(
                "The address of Redis begins with rediss://, and this program speaks with Redis without TLS only: the "
                    + "hiredis of Debian 12 (0.14) has none. Use redis:// within a private network, a Unix socket, or "
                    + "a tunnel such as stunnel."
            )
        default: throw .address("The address of Redis begins with \(scheme)://, which is no address of Redis. \(form)")
        }
    }

    private static func value(_ name: String, in parts: URLComponents) -> String? {
        parts.queryItems?.first { $0.name == name }?.value
    }

    private static func number(_ text: String?, _ form: String) throws(RedisError) -> Int {
        guard let text, !text.isEmpty else { return 0 }
        guard let number = Int(text), (0...16_383).contains(number) else {
            throw .address("The address of Redis ends with something that is no number of a database. \(form)")
        }
        return number
    }
}

/// What went wrong with Redis, in words for an operator.
///
/// Holds no values and no secrets.
package enum RedisError: Error, Hashable {
    /// The address can't be read or used; a sentence.
    case address(String)
    /// The server is not there, or the connection to it was cut: nobody knows whether what was under way was done.
    case unreachable(String)
    /// The server does not let us in, or does not allow what we need; the text says what to do.
    case refused(String)
    /// The server may not use more memory. Nothing was changed; it works again when there is room.
    case full(String)
    /// The server can't do it now and may later: it is loading its data, or is a replica.
    case busy(String)
    /// The server does not understand; `code` is the first word of its answer.
    case command(code: String, message: String)
    case closed
}

extension RedisError {
    /// From a server's answer of the kind error, which begins with a word in capital letters.
    init(answer: String, server: String) {
        let code = String(answer.prefix { $0 != " " })
        let message = answer.dropFirst(code.count).trimmedRedisWords
        switch code {
        case "NOAUTH", "WRONGPASS":
            self = .refused("The Redis server “\(server)” refuses the password (\(code)). Check redis.url.")
        case "OOM":
            self = .full(
                "The Redis server “\(server)” is full: it reached its maxmemory. No job was lost; give it more memory."
            )
        case "READONLY":
            self = .busy("The Redis server “\(server)” is a replica and takes no jobs. Name the main one in redis.url.")
        case "LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN":
            self = .busy("The Redis server “\(server)” is not ready (\(code)): \(message).")
        case "MOVED", "ASK":
            // With the number of the slot and the address of the node that has it.
            let node = message.split(separator: " ").last.map(String.init) ?? ""
            self = .refused(
                "The Redis server “\(server)” is a node of a cluster that does not hold the queue's keys (\(code)): name "
                    + "the one that does in redis.url, \(node.isEmpty ? "which “CLUSTER SLOTS” shows" : node)."
            )
        case "MISCONF":
            self = .full("The Redis server “\(server)” can't write to its disk and takes no jobs: \(message).")
        default: self = .command(code: code, message: String(message))
        }
    }
}

extension RedisError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .address(let why), .unreachable(let why), .refused(let why), .full(let why), .busy(let why): why
        case .command("NOPERM", let message):
            "The Redis server does not allow its user what the queue needs: \(message). Give the user the rights "
                + "“~<queue.prefix>:* +@all -@admin -@dangerous +info”."
        case .command(let code, let message): "The Redis server refused a command (\(code)): \(message)."
        case .closed: "The connection to Redis is closed."
        }
    }
}

extension Substring {
    /// One line without a full stop at its end.
    fileprivate var trimmedRedisWords: String {
        let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return String(line.drop { $0 == " " }.reversed().drop { $0 == "." || $0 == " " }.reversed())
    }
}

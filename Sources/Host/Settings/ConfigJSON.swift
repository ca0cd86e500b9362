/// A JSON value of `config.json`, before anyone asked what it should be.
enum ConfigJSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([ConfigJSON])
    case object([String: ConfigJSON])
}

extension ConfigJSON {
    /// Every value by its key with dots, `web.port`; what is null is not set.
    var flattened: [(key: String, value: ConfigJSON)] {
        var flat: [(key: String, value: ConfigJSON)] = []
        flatten(into: &flat, prefix: "")
        return flat.sorted { $0.key < $1.key }
    }

    private func flatten(into flat: inout [(key: String, value: ConfigJSON)], prefix: String) {
        switch self {
        case .null: return
        case .object(let members):
            for (name, value) in members {
                value.flatten(into: &flat, prefix: prefix.isEmpty ? name : "\(prefix).\(name)")
            }
        default: flat.append((prefix, self))
        }
    }

    /// As it stood in the file, roughly, for messages.
    var written: String {
        switch self {
        case .null: "null"
        case .bool(let flag): String(flag)
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .string(let text): text
        case .array(let values): "[\(values.map(\.written).joined(separator: ", "))]"
        case .object: "{…}"
        }
    }
}

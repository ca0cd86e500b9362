import FoundationEssentials
import Model
import TestSupport

/// All keys of a queue with what is in them, one line for each value, in words that are the same each time.
///
///     jobs:a hash opts.attempts: 3
///     jobs:delayed zset a: NOW+1h*4096
///     jobs:events stream: added jobId=a name=check-price
struct QueueDump {
    let lines: [String]

    /// Times count from `start`, to whole hours; `names` are other numbers with what they are called.
    init(_ prefix: String, start: Timestamp, names: [Int: String] = [:]) throws {
        let words = DumpWords(prefix: prefix, start: start, names: names)
        let keys = try TestRedis.command("KEYS", "\(prefix):*").list.compactMap(\.text).sorted()
        lines = try keys.flatMap { key in
            let kind = try TestRedis.command("TYPE", key).text ?? ""
            let name = words.named(String(key.dropFirst(prefix.count + 1)))
            return try Self.values(of: key, kind, words).map { "\(name) \(kind)\($0)" }
        }
    }

    private static func values(of key: String, _ kind: String, _ words: DumpWords) throws -> [String] {
        switch kind {
        case "string":
            let ends = try TestRedis.command("PTTL", key).number ?? 0 > 0 ? " (ends)" : ""
            return [": \(words.named(try TestRedis.command("GET", key).text ?? ""))\(ends)"]
        case "list":
            return try TestRedis.command("LRANGE", key, "0", "-1").list.map { ": \(words.named($0.text ?? ""))" }
        case "set":
            return try TestRedis.command("SMEMBERS", key).list.map { ": \(words.named($0.text ?? ""))" }.sorted()
        case "zset":
            let found = try TestRedis.command("ZRANGE", key, "0", "-1", "WITHSCORES").list.map { $0.text ?? "" }
            return stride(from: 0, to: found.count, by: 2).map {
                " \(words.named(found[$0])): \(words.named(found[$0 + 1]))"
            }
        case "stream":
            return try TestRedis.command("XRANGE", key, "-", "+").list.map { entry in
                let fields = entry.list.last?.list.map { $0.text ?? "" } ?? []
                let rest = stride(from: 2, to: fields.count, by: 2).map {
                    "\(fields[$0])=\(words.named(fields[$0 + 1]))"
                }
                return ": " + ([fields[1]] + rest.sorted()).joined(separator: " ")
            }
        default:
            return try TestRedis.command("HGETALL", key).fields.flatMap { name, value in
                words.flat(words.named(name), value).map { " \($0)" }
            }.sorted()
        }
    }
}

/// Takes what differs at each run out of the values of a queue.
private struct DumpWords {
    let prefix: String
    let start: Timestamp
    let names: [Int: String]

    /// Names of fields of a job that hold JSON.
    private static let json: Set<String> = ["data", "opts", "parent", "returnvalue", "stacktrace", "progress"]

    /// One line for each value in a field.
    func flat(_ name: String, _ value: String) -> [String] {
        guard Self.json.contains(name), let json = try? JSON(value) else { return ["\(name): \(word(value, name))"] }
        return flat(name, json)
    }

    private func flat(_ name: String, _ json: JSON) -> [String] {
        switch json {
        case .object(let values):
            return values.isEmpty
                ? ["\(name): {}"] : values.sorted { $0.key < $1.key }.flatMap { flat("\(name).\($0)", $1) }
        case .array(let values):
            return values.isEmpty ? ["\(name): []"] : values.enumerated().flatMap { flat("\(name)[\($0)]", $1) }
        case .string(let text): return ["\(name): \"\(named(text))\""]
        case .int(let number): return ["\(name): \(word("\(number)", name))"]
        case .null, .bool, .double: return ["\(name): \((try? json.text) ?? "")"]
        }
    }

    private func word(_ text: String, _ name: String) -> String {
        guard let number = Int(text) else { return named(text) }
        // Follows from when an interval began.
        if name.hasSuffix("offset") { return "OFFSET" }
        if name.hasSuffix("delay"), number >= 1_800_000 {
            let due = start.milliseconds + number
            if let known = names.first(where: { abs($0.key - due) < 1_800_000 }) { return "\(known.value)-NOW" }
            return "\((number + 1_800_000) / 3_600_000)h"
        }
        return named(text)
    }

    /// A text with names for the times in it.
    func named(_ text: String) -> String {
        let text = text.replacing(prefix, with: "PREFIX").replacing(/\n/, with: "⏎")
        return text.replacing(/\b\d{13,16}(?:\.0)?\b/) { match in
            guard let number = Double(match.output).map({ Int($0) }) else { return String(match.output) }
            return time(number) ?? time(number / 4096).map { "\($0)*4096" } ?? String(match.output)
        }
    }

    /// nil for what is no time of these years.
    private func time(_ number: Int) -> String? {
        if let name = names[number] { return name }
        let hours = (Double(number - start.milliseconds) / 3_600_000).rounded()
        guard abs(hours) < 20_000 else { return nil }
        return hours == 0 ? "NOW" : "NOW\(hours < 0 ? "-" : "+")\(Int(abs(hours)))h"
    }
}

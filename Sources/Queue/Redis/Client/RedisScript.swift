/// One step that Redis does as a whole, in Lua.
///
/// Each begins with the prefix of the queue's keys, `ARGV[1]`, and the time in milliseconds, `ARGV[2]`, which is 0 for
/// Redis' own clock. `KEYS[1]` says where in a cluster the queue is; the other keys begin with the same hash tag.
struct RedisScript: Hashable, Sendable {
    let name: String
    let text: String

    /// A script of the queue's own, behind what all of them use.
    ///
    /// What needs room for new jobs is refused as a whole where the memory of Redis is full. The rest goes on: it makes
    /// room, and a refusal in its middle would leave half of a step.
    init(_ name: String, needsRoom: Bool = false, _ body: String) {
        self.name = name
        text = ["#!lua" + (needsRoom ? "" : " flags=allow-oom"), Self.common, Self.parents, Self.ends, body]
            .joined(separator: "\n")
    }

    static func == (one: Self, other: Self) -> Bool { one.name == other.name }
    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// One command of a connection.
enum RedisCommand: Sendable {
    case words([String])
    case script(RedisScript, key: String, arguments: [String])
}

/// Which statements a connection has prepared, so that the server need not read and plan them again.
struct PreparedStatements {
    private struct Entry {
        let name: String
        var lastUse: Int
    }

    /// A few hundred bytes to some kilobytes each, in the server.
    private static let most = 300

    private var entries: [PostgresCommand.Key: Entry] = [:]
    private var uses = 0
    /// Names are never used twice, so that one that went wrong can't stand for another.
    private var names = 0

    init() {}

    /// None, after all those of `former` became useless.
    init(after former: PreparedStatements) {
        names = former.names
    }

    /// The statement's name, whether it must be prepared first, and which one has to go for it.
    mutating func name(for key: PostgresCommand.Key) -> (name: String, isNew: Bool, dropped: String?) {
        uses += 1
        if let entry = entries[key] {
            entries[key]?.lastUse = uses
            return (entry.name, false, nil)
        }
        var dropped: String?
        if entries.count >= Self.most, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            dropped = oldest.value.name
        }
        names += 1
        let name = "s\(names)"
        entries[key] = Entry(name: name, lastUse: uses)
        return (name, true, dropped)
    }

    mutating func forget(_ key: PostgresCommand.Key) { entries[key] = nil }
}

/// A statement that a connection has prepared.
final class PreparedStatement {
    let name: String
    /// Known from its first answer on: as long as it can be used at all, its columns stay what they are.
    var columns: PostgresColumns?
    fileprivate var lastUse = 0

    fileprivate init(name: String) { self.name = name }
}

/// Which statements a connection has prepared, so that the server need not read and plan them again.
struct PreparedStatements {
    /// A few hundred bytes to some kilobytes each, in the server.
    private static let most = 300

    private var entries: [PostgresCommand.Key: PreparedStatement] = [:]
    private var uses = 0
    /// Names are never used twice, so that one that went wrong can't stand for another.
    private var names = 0

    init() {}

    /// None, after all those of `former` became useless.
    init(after former: PreparedStatements) {
        names = former.names
    }

    /// The statement, whether it must be prepared first, and the name of the one that has to go for it.
    mutating func statement(for key: PostgresCommand.Key) -> (
        statement: PreparedStatement, isNew: Bool, dropped: String?
    ) {
        uses += 1
        if let entry = entries[key] {
            entry.lastUse = uses
            return (entry, false, nil)
        }
        var dropped: String?
        if entries.count >= Self.most, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            dropped = oldest.value.name
        }
        names += 1
        let entry = PreparedStatement(name: "s\(names)")
        entry.lastUse = uses
        entries[key] = entry
        return (entry, true, dropped)
    }

    mutating func forget(_ key: PostgresCommand.Key) { entries[key] = nil }
}

/// One statement on its way to the server.
struct PostgresCommand: Sendable {
    /// With `$1` for values.
    let text: String
    let values: [Value]
    let types: [ValueType]
    /// Whether it is worth to be prepared: statements with lists have a text for each length.
    let isRepeated: Bool

    init(_ statement: Statement) {
        text = statement.text { $0 < Self.marks.count ? Self.marks[$0] : "$\($0)" }
        values = statement.values
        types = statement.types
        isRepeated = statement.values.count <= Self.mostPreparedValues
    }

    /// What begins and ends transactions, and sets what a connection works by.
    init(_ text: String) {
        self.text = text
        values = []
        types = []
        isRepeated = false
    }

    private static let mostPreparedValues = 64

    /// Of all statements that are prepared, which are many and come often.
    private static let marks = (0...mostPreparedValues).map { "$\($0)" }

    /// What a prepared statement is known by: one text may come with numbers and with words.
    var key: Key { Key(text: text, types: types) }

    struct Key: Hashable {
        let text: String
        let types: [ValueType]
    }
}

/// What a server answered to one statement.
struct PostgresAnswer: Sendable {
    var rows: [Row] = []
    /// How many rows the statement changed.
    var changed = 0
    /// What the server calls what it did, such as `COMMIT`.
    var tag = ""
}

extension ValueType {
    /// PostgreSQL's number for the type.
    var oid: UInt32 {
        switch self {
        case .integer: 20  // bigint
        case .real: 701  // double precision
        case .text: 25  // text
        case .blob: 17  // bytea
        }
    }
}

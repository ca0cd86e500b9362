/// One member that an object in `config.json` may have.
struct EntryField<Entry: Sendable>: Sendable {
    enum Kind: Sendable {
        /// Whether the value fits; sets it then.
        case value(@Sendable (inout Entry, ConfigJSON) -> Bool)
        /// An object with members of its own.
        case object([EntryField])
        /// An object whose keys people choose. The problem completes “it …”; nil where all is well.
        case table(@Sendable (inout Entry, _ key: String, ConfigJSON) -> String?)
    }

    let name: String
    /// Completes “it must be”.
    let expectation: String
    let kind: Kind
    /// What is printed of a table's value.
    var shows: @Sendable (ConfigJSON) -> String = { $0.written }
}

extension EntryField {
    /// Whether it is an object that may have a member of that name.
    func has(_ member: String) -> Bool {
        guard case .object(let fields) = kind else { return false }
        return fields.contains { $0.name == member }
    }

    /// A text for which `isRight` holds.
    static func text(
        _ name: String,
        _ path: any WritableKeyPath<Entry, String> & Sendable,
        _ expectation: String,
        _ isRight: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) -> Self {
        Self(
            name: name,
            expectation: expectation,
            kind: .value { entry, json in
                guard case .string(let text) = json, isRight(text) else { return false }
                entry[keyPath: path] = text
                return true
            }
        )
    }

    static func number(
        _ name: String,
        _ path: any WritableKeyPath<Entry, Int> & Sendable,
        _ range: ClosedRange<Int>
    ) -> Self {
        Self(
            name: name,
            expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            kind: .value { entry, json in
                guard case .integer(let number) = json, range.contains(number) else { return false }
                entry[keyPath: path] = number
                return true
            }
        )
    }

    static func flag(_ name: String, _ set: @escaping @Sendable (inout Entry, Bool) -> Void) -> Self {
        Self(
            name: name,
            expectation: "true or false",
            kind: .value { entry, json in
                guard case .bool(let flag) = json else { return false }
                set(&entry, flag)
                return true
            }
        )
    }

    static func object(_ name: String, _ example: String, _ fields: [EntryField]) -> Self {
        Self(name: name, expectation: "an object, such as \(example)", kind: .object(fields))
    }

    static func table(
        _ name: String,
        _ expectation: String,
        shows: @escaping @Sendable (ConfigJSON) -> String = { $0.written },
        _ set: @escaping @Sendable (inout Entry, _ key: String, ConfigJSON) -> String?
    ) -> Self {
        Self(name: name, expectation: expectation, kind: .table(set), shows: shows)
    }
}

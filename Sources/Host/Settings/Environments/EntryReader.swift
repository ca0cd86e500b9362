import Model

/// Reads an object of `config.json` by the fields that it may have.
struct EntryReader {
    /// The file, for messages.
    let path: String
    /// What `host config` prints: key and value.
    private(set) var shown: [(key: String, value: String)] = []
    private(set) var problems: [String] = []

    init(path: String) { self.path = path }

    /// `place` is the object's own key with dots; `whose` names it: `an environment`.
    mutating func read<Entry>(
        _ entry: inout Entry,
        _ members: [String: ConfigJSON],
        _ fields: [EntryField<Entry>],
        _ place: String,
        _ whose: String
    ) {
        for (member, json) in members.sorted(by: { $0.key < $1.key }) where json != .null {
            let key = "\(place).\(member.prefix(100))"
            guard let field = fields.first(where: { $0.name == member }) else {
                if let home = fields.first(where: { $0.has(member) }) {
                    problems.append(
                        "“\(key)” (\(path)) is not a setting of \(whose), but of its “\(home.name)”: \"\(home.name)\": "
                            + "{\"\(member)\": …}."
                    )
                    continue
                }
                let known = fields.map(\.name)
                let nearest = NearestKey.nearest(to: member, among: known) ?? ""
                problems.append(
                    "“\(key)” (\(path)) is not a setting of \(whose). The nearest is “\(nearest)”; there are "
                        + "\(known.joined(separator: ", "))."
                )
                continue
            }
            switch (field.kind, json) {
            case (.value(let set), _) where set(&entry, json): shown.append((key, json.written))
            case (.object(let fields), .object(let members)): read(&entry, members, fields, key, "“\(member)”")
            case (.table(let set), .object(let members)):
                for (name, json) in members.sorted(by: { $0.key < $1.key }) {
                    if let problem = set(&entry, name, json) {
                        problems.append("\(key) (\(path)) \(problem)")
                    } else {
                        shown.append(("\(key).\(name)", field.shows(json)))
                    }
                }
            case (.value, _), (.object, _), (.table, _):
                problems.append("\(key) (\(path)) must be \(field.expectation).")
            }
        }
    }

    mutating func complain(_ problem: String) { problems.append(problem) }
}

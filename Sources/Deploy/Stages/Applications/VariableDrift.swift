/// How the variables of an application differ from those that it should have.
struct VariableDrift: Sendable {
    /// One variable, as `env` lists it.
    struct Entry: Hashable, Sendable {
        enum Standing: Hashable, Sendable {
            case same, missing, different
            /// Ours, and wanted no more.
            case unwanted
            /// Somebody else's, which is left alone.
            case foreign
        }

        let key: String
        let standing: Standing
        /// nil where nobody may see it.
        let wanted: String?
        /// nil where nobody may see it, or where there is none.
        let found: String?
    }

    /// By key.
    let entries: [Entry]
    /// What has to be set, with its values.
    let toSet: [String: String]
    let toRemove: [CoolifyVariable]

    /// `isTrusted` says whether values that Coolify hides may be taken for those that were set last.
    init(_ found: [CoolifyVariable], _ wanted: ApplicationVariables, isTrusted: Bool) {
        var (entries, toSet) = ([Entry](), [String: String]())
        let byKey = Dictionary(found.map { ($0.key, $0) }) { first, _ in first }
        for (key, variable) in wanted.wanted {
            let live = byKey[key]
            let isSame = live.map { $0.isLiteral && ($0.value.map { $0 == variable.value } ?? isTrusted) } ?? false
            if !isSame { toSet[key] = variable.value }
            entries.append(
                Entry(
                    key: key,
                    standing: live == nil ? .missing : isSame ? .same : .different,
                    wanted: variable.isSecret ? nil : variable.value,
                    found: variable.isSecret ? nil : live?.value
                )
            )
        }
        let others = found.filter { wanted.wanted[$0.key] == nil }
        // What may be in there nobody knows, so it is not shown.
        entries += others.map { other in
            Entry(
                key: other.key,
                standing: ApplicationVariables.isOurs(other.key) ? .unwanted : .foreign,
                wanted: nil,
                found: nil
            )
        }
        self.entries = entries.sorted { $0.key < $1.key }
        self.toSet = toSet
        toRemove = others.filter { ApplicationVariables.isOurs($0.key) }.sorted { $0.key < $1.key }
    }

    var isNone: Bool { toSet.isEmpty && toRemove.isEmpty }
    var foreign: [String] { entries.filter { $0.standing == .foreign }.map(\.key) }

    /// `+ A, ~ B, - C`.
    var keys: String {
        entries.compactMap { entry in
            switch entry.standing {
            case .missing: "+ \(entry.key)"
            case .different: "~ \(entry.key)"
            case .unwanted: "- \(entry.key)"
            case .same, .foreign: nil
            }
        }
        .joined(separator: ", ")
    }

    /// A sentence for each that differs; values only where they are no secrets.
    var reasons: String {
        entries.compactMap { entry in
            switch entry.standing {
            case .missing: "\(entry.key) is missing."
            case .unwanted: "\(entry.key) is wanted no more."
            case .different:
                if let found = entry.found, let wanted = entry.wanted, found != wanted {
                    "\(entry.key) is “\(found)” and should be “\(wanted)”."
                } else {
                    "\(entry.key) differs."
                }
            case .same, .foreign: nil
            }
        }
        .joined(separator: " ")
    }
}

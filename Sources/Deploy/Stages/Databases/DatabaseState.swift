/// One database of the environment as it is, against what it should be.
struct DatabaseState: Sendable {
    let kind: DatabaseKind
    let wish: DatabaseWish
    let secrets: GeneratedSecrets
    let database: CoolifyDatabase
    let note: CoolifyNote

    /// Stands for what it should have been started with.
    static func stamp(_ kind: DatabaseKind, _ wish: DatabaseWish) -> String {
        Stamp.of(kind.settings(wish).compactMapValues(\.word))
    }

    /// By field, what it is and what it should be.
    var drift: [(field: String, from: String, to: CoolifyValue)] {
        kind.settings(wish).sorted { $0.key < $1.key }.compactMap { field, wanted in
            let live = database.fields[field]
            let isSame =
                switch wanted {
                case .flag(let flag): (live?.isTrue ?? false) == flag
                // A file may come back as it was sent.
                default: [wanted.word, DatabaseKind.sent(field, wanted).word].contains(live?.word)
                }
            return isSame ? nil : (field, live?.word ?? "nothing", wanted)
        }
    }

    /// What stands against bringing it to what it should be.
    var problem: String? {
        if let address = database.address, !address.contains(":\(kind.password(of: secrets))@") {
            return
                "Coolify has another password for it than the one that was made up on this machine, so the applications "
                + "could not sign in. Set it back in the dashboard, or take this machine's records from a backup."
        }
        guard database.image != wish.image else { return nil }
        return DatabaseUpgrade.problem(kind, from: database.image, to: wish.image)
    }

    /// What is to be done to it; nil where it is as it should be.
    var change: PlannedChange? {
        let drift = drift
        let isStale = note[.started] != Self.stamp(kind, wish)
        if !drift.isEmpty || isStale {
            let reasons = drift.map { field, from, to in
                field.contains("conf")
                    ? "\(field) differs." : "\(field) is \(from) and should be \(to.word ?? "")."
            }
            return PlannedChange(
                id: "settings-\(kind.rawValue)",
                kind: .change,
                what: "settings of \(kind.title), with a restart",
                why: drift.isEmpty ? "It was not started with them yet." : reasons.joined(separator: " "),
                wanted: kind.wanted(wish)
            )
        }
        guard !database.status.isHealthy else { return nil }
        return PlannedChange(
            id: "start-\(kind.rawValue)",
            kind: .change,
            what: "start \(kind.title) and wait until it is healthy",
            why: "It is \(database.status)."
        )
    }
}

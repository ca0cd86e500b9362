/// What a journal knows of the applications' database.
package enum DatabaseRecord: Hashable, Sendable {
    /// Nobody began to make one since the environment has its mark.
    case none
    /// It was to be made. Whether it was, only Coolify knows; nothing has worked with it.
    case begun
    /// It was there, so it may hold data.
    case made

    package init(_ entries: [JournalEntry]) {
        var record = Self.none
        for entry in entries {
            switch entry.event {
            // What comes after it is another environment.
            case .mark: record = .none
            case .intent(DatabasesStage.name, Self.creation, _): record = record == .made ? .made : .begun
            case .result(DatabasesStage.name, let change) where change.hasSuffix(Self.suffix): record = .made
            // Nothing is deployed before its database is well.
            case .intent(ApplicationsStage.name, _, _): record = .made
            default: continue
            }
        }
        self = record
    }

    private static let suffix = "-\(DatabaseKind.postgres.rawValue)"
    private static let creation = "create\(suffix)"
}

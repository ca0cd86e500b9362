/// What a process does.
enum Role: String, CaseIterable, Sendable {
    case web, worker, scheduler

    /// The word for all of them.
    static let everything = "all"

    /// What may be said where a role is asked for.
    static let words = allCases.map(\.rawValue) + [everything]

    /// The roles that some of `words` mean.
    static func roles(of words: [String]) -> Set<Role> {
        words.contains(everything) ? Set(allCases) : Set(words.compactMap(Role.init))
    }
}

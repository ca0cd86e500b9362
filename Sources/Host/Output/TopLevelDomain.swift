/// The end of a host name that tells the country: `de`, `co.uk`.
enum TopLevelDomain {
    /// What stands before a country's letters without being a name of its own.
    private static let secondLevel: Set<String> = ["ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"]

    /// nil for an address in numbers and for a name without a dot.
    static func text(of host: String) -> String? {
        let labels = host.lowercased().split(separator: ".").map(String.init)
        guard labels.count > 1, let last = labels.last, last.allSatisfy(\.isLetter) else { return nil }
        let before = labels[labels.count - 2]
        return labels.count > 2 && last.count == 2 && secondLevel.contains(before) ? "\(before).\(last)" : last
    }
}

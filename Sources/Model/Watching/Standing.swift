/// Whether what a check read counts.
package enum Standing: String, Sendable, Codable, CaseIterable {
    /// Counts for history, lows, averages and rules.
    case accepted
    /// Waits for a second look; shown, but counts for nothing.
    case suspect
    /// Was wrong; kept as evidence.
    case rejected
}

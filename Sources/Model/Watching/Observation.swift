/// What a check read, and whether it is believed.
package struct Observation: Hashable, Sendable {
    package let reading: Reading
    package let at: Timestamp
    package let standing: Standing

    package init(reading: Reading, at: Timestamp, standing: Standing) {
        self.reading = reading
        self.at = at
        self.standing = standing
    }
}

/// Whether an observation counts.
package enum Standing: String, Sendable, Codable, CaseIterable {
    /// Counts for history, lows, averages and rules.
    case accepted
    /// Waits for a second look; shown, but counts for nothing.
    case suspect
    /// Was wrong; kept as evidence.
    case rejected
}

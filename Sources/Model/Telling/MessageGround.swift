/// What a message about a product rests on, so that it can be taken back while nobody has read it.
package struct MessageGround: Hashable, Sendable, Codable {
    /// The rules that it tells of, the weightiest first.
    package let rules: [FiredRule]
    /// The doubted price that it asks about; nil for one that rules made.
    package let doubt: ID<HistoryRun>?

    package init(rules: [FiredRule] = [], doubt: ID<HistoryRun>? = nil) {
        self.rules = rules
        self.doubt = doubt
    }
}

/// A rule that fired, with how it stood before.
package struct FiredRule: Hashable, Sendable, Codable {
    package let rule: ID<Rule>
    /// Which of its firings, counted from 1.
    package let firing: Int
    package let state: Rule.State
    package let since: Timestamp
    package let lastFired: Timestamp?
    package let reference: Money?

    /// `before` is the rule as it was before it fired.
    package init(_ before: Rule, firing: Int) {
        rule = before.id
        self.firing = firing
        state = before.state
        since = before.since
        lastFired = before.lastFired
        reference = before.reference
    }
}

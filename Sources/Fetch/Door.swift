/// Which way an exchange leaves the house.
package enum Door: Hashable, Sendable {
    /// For addresses that came from a person or a page: private addresses are refused, and hosts are treated politely.
    case guarded
    /// For addresses that the operator set: neither guard nor politeness.
    case `operator`
}

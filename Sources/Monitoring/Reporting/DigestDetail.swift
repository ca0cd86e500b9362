package import Model

/// A person's report with all that its page shows.
package struct DigestDetail: Hashable, Sendable {
    package let digest: Digest
    /// The clock that its times are told by.
    package let zone: Zone
    /// The next three times it comes, or would come if it were on.
    package let times: [Timestamp]
    /// Those that the person has, oldest first; their options are left out.
    package let channels: [Channel]
    /// Newest first, at most 10.
    package let runs: [Run]

    /// A report that was made, or was not.
    package struct Run: Hashable, Sendable {
        package let run: DigestRun
        /// How many of its messages were delivered, wait, and were refused; of channels that are still there.
        package let delivered: Int
        package let pending: Int
        package let refused: Int

        package init(run: DigestRun, delivered: Int, pending: Int, refused: Int) {
            self.run = run
            self.delivered = delivered
            self.pending = pending
            self.refused = refused
        }
    }

    package init(digest: Digest, zone: Zone, times: [Timestamp], channels: [Channel], runs: [Run]) {
        self.digest = digest
        self.zone = zone
        self.times = times
        self.channels = channels
        self.runs = runs
    }
}

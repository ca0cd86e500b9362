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
    /// How far the products are checked for the report that is being made; nil while none is.
    package let progress: Progress?

    /// How many listings a report waits for.
    package struct Progress: Hashable, Sendable {
        /// All that are not paused.
        package let listings: Int
        /// Those of them that it still waits for.
        package let waiting: Int

        package init(listings: Int, waiting: Int) {
            self.listings = listings
            self.waiting = waiting
        }

        package var checked: Int { listings - waiting }
    }

    /// What happens now.
    package enum Stage: String, Sendable, CaseIterable {
        case idle
        /// The products are looked at for a report.
        case checking
        /// They were, or its patience is over.
        case writing
        /// The last report is written, and some of its messages are still on their way.
        case delivering
    }

    package func stage(at now: Timestamp) -> Stage {
        if let open { return (progress?.waiting ?? 0) > 0 && now < open.patience ? .checking : .writing }
        return (last?.pending ?? 0) > 0 ? .delivering : .idle
    }

    /// The report that is being made; nil while none is.
    package var open: DigestRun? { runs.first { $0.run.state == .checking }?.run }

    /// The last report that was made or left out; nil before the first.
    package var last: Run? { runs.first { $0.run.state != .checking } }

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

    package init(
        digest: Digest,
        zone: Zone,
        times: [Timestamp],
        channels: [Channel],
        runs: [Run],
        progress: Progress? = nil
    ) {
        self.digest = digest
        self.zone = zone
        self.times = times
        self.channels = channels
        self.runs = runs
        self.progress = progress
    }
}

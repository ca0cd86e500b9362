import Model

/// A job scheduler as it is stored.
struct SchedulerRow: Sendable {
    let scheduler: JobScheduler
    /// Where in an interval its times lie, in milliseconds.
    let offset: Int
    /// When the job is due that was made last.
    var next: Timestamp
    var made: Int
}

extension JobScheduler.Rhythm {
    var everyMilliseconds: Int? {
        if case .every(let interval) = self { interval.wholeMilliseconds } else { nil }
    }

    var cron: (pattern: String, zone: String)? {
        if case .cron(let cron, let zone) = self { (cron.pattern, zone) } else { nil }
    }
}

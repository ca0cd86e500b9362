import Model

extension JobScheduler {
    /// Throws `QueueError.invalidScheduler` for what some engine would refuse or misread.
    func check(_ zones: ZoneSource) throws {
        if let problem = problem(zones) { throw QueueError.invalidScheduler(id: id, why: problem) }
        // What the template says is checked by the rules of jobs, under the id of a job.
        var sample = template
        sample.id = job(at: Timestamp(milliseconds: 0))
        try sample.check()
    }

    private func problem(_ zones: ZoneSource) -> String? {
        if !(1...100).contains(id.count) { return "Its id must have 1 to 100 characters." }
        if id.utf8.contains(UInt8(ascii: ":")) || id.utf8.contains(0) {
            return "Its id must not contain “:” or a NUL character."
        }
        if template.deduplication != nil {
            return "Its jobs can't say what they are about: one at a time is made anyway."
        }
        if let limit, limit < 1 { return "Its limit must be at least 1." }
        if let start, let end, end <= start { return "Its end must come after its start." }
        switch rhythm {
        case .every(let interval):
            return interval < .milliseconds(1) ? "Its interval must be at least a millisecond." : nil
        case .cron(_, let zone):
            do {
                _ = try zones(zone)
                return nil
            } catch {
                return "\(error)"
            }
        }
    }

    /// When the job after the one at `previous` is due, never before `now`; nil when there is none.
    ///
    /// `previous` is nil for the first. `offset` holds an interval's times at the same moments of the clock.
    func next(after previous: Timestamp?, offset: Int, now: Timestamp, zones: ZoneSource) throws -> Timestamp? {
        switch rhythm {
        case .every(let interval):
            let every = interval.wholeMilliseconds
            guard let previous else { return max(start ?? now, now) }
            let next = previous.milliseconds + every
            guard next < now.milliseconds else { return Timestamp(milliseconds: next) }
            // Those that were missed are skipped.
            let slot = now.milliseconds / every * every + offset
            return Timestamp(milliseconds: slot <= now.milliseconds ? slot + every : slot)
        case .cron(let cron, let zone):
            // A job may be due at the very moment of the start.
            let begin = start.map { $0 - .milliseconds(1) } ?? now
            return cron.next(after: max(begin, now, previous ?? now), in: try zones(zone)).map { max($0, now) }
        }
    }

    /// Whether another one may be made after `made`.
    func mayMakeMore(made: Int, now: Timestamp) -> Bool {
        if let limit, made >= limit { return false }
        if let end, now > end { return false }
        return true
    }

    /// The job that is due at `time`.
    func newJob(at time: Timestamp, now: Timestamp) -> NewJob {
        var job = template
        job.id = self.job(at: time)
        job.delay = max(time - now, .zero)
        return job
    }
}

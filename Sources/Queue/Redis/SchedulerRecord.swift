import Model

/// A job scheduler as Redis keeps it, made by us or by a client of BullMQ.
struct SchedulerRecord: Sendable {
    /// What became of its latest job.
    enum Latest: Int, Sendable {
        case over, pending, active
    }

    let id: String
    /// When its latest job is due.
    let next: Timestamp
    let fields: [String: String]
    let latest: Latest

    /// From what the script gives back.
    init?(_ reply: RedisReply) {
        guard let id = reply[0].text, let next = reply[1].number else { return nil }
        self.init(
            id: id,
            next: Timestamp(milliseconds: next),
            fields: reply[2].fields,
            latest: Latest(rawValue: reply[3].number ?? 0) ?? .over
        )
    }

    init(id: String, next: Timestamp, fields: [String: String], latest: Latest) {
        (self.id, self.next, self.fields, self.latest) = (id, next, fields, latest)
    }

    /// Without this it is a repeatable job of BullMQ 5, or nothing.
    var isScheduler: Bool { fields["ic"] != nil }

    var made: Int { number("ic") ?? 0 }

    /// Throws for a pattern that can't be read, or neither pattern nor interval.
    func row() throws -> SchedulerRow {
        let options = JobOptions(reading: fields["opts"])
        let rhythm: JobScheduler.Rhythm
        if let every = number("every"), every > 0 {
            rhythm = .every(.milliseconds(every))
        } else if let pattern = fields["pattern"] {
            // Others that name no zone mean their own clock, which nobody else knows.
            rhythm = .cron(try Cron(pattern), zone: fields["tz"].flatMap { $0.isEmpty ? nil : $0 } ?? Zone.utc.name)
        } else {
            throw QueueError.invalidScheduler(id: id, why: "It has neither a pattern nor an interval.")
        }
        return SchedulerRow(
            scheduler: JobScheduler(
                id: id,
                rhythm: rhythm,
                template: NewJob(
                    id: "",
                    name: JobName(fields["name"] ?? ""),
                    payload: fields["data"] ?? "{}",
                    priority: options.priority ?? 0,
                    attempts: options.attempts,
                    backoff: options.knownBackoff,
                    deadline: options.deadline.map { .milliseconds($0) }
                ),
                limit: number("limit"),
                start: number("startDate").map(Timestamp.init(milliseconds:)),
                end: number("endDate").map(Timestamp.init(milliseconds:))
            ),
            offset: number("offset") ?? 0,
            next: next,
            made: made
        )
    }

    private func number(_ name: String) -> Int? {
        fields[name].flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0.rounded()) } }
    }
}

extension JobScheduler {
    /// Names and values, one after the other, without how many it has made.
    func fields(offset: Int, _ settings: RedisQueueSettings) throws -> [String] {
        var options = JobOptions(template, settings)
        options.jobId = nil
        options.delay = nil
        var fields = ["name", template.name.text, "opts", try options.text]
        func add(_ name: String, _ value: String?) { if let value { fields += [name, value] } }
        add("data", template.payload == "{}" ? nil : template.payload)
        switch rhythm {
        case .every(let interval):
            add("every", "\(interval.wholeMilliseconds)")
            add("offset", "\(offset)")
        case .cron(let cron, let zone):
            add("pattern", cron.pattern)
            add("tz", zone)
        }
        add("limit", limit.map { "\($0)" })
        add("startDate", start.map { "\($0.milliseconds)" })
        add("endDate", end.map { "\($0.milliseconds)" })
        return fields
    }
}

import FoundationEssentials
import Model

/// A job's options, as BullMQ keeps them: what it reads, and what only we read, which it passes over.
struct JobOptions: Codable, Sendable {
    struct Backoff: Codable, Sendable {
        var type = "exponential"
        var delay: Int
        /// A share, 0…1.
        var jitter: Double?
        /// Ours: no wait is longer, in milliseconds.
        var limit: Int?
    }

    struct Subject: Codable, Sendable { var id: String }

    struct Repeat: Codable, Sendable {
        var every: Int?
        var offset: Int?
        var pattern: String?
        var tz: String?
        var limit: Int?
        var startDate: Int?
        var endDate: Int?
        var count: Int
    }

    struct Parent: Codable, Sendable {
        var id: String
        var queue: String
    }

    var attempts: Int
    var backoff: Backoff?
    var delay: Int?
    var priority: Int?
    var jobId: String?
    var timestamp: Int?
    var removeOnComplete: Bool?
    var removeOnFail: Int?
    /// Ours: how long one try may take, in milliseconds.
    var deadline: Int?
    var de: Subject?
    var `repeat`: Repeat?
    var repeatJobKey: String?
    var prevMillis: Int?
    var parent: Parent?
    /// What becomes of the parent when this is given up.
    var fpof: Bool?
    var cpof: Bool?
    var idof: Bool?
    var rdof: Bool?

    init(_ job: NewJob, _ settings: RedisQueueSettings) {
        attempts = job.attempts
        let jitter = job.backoff.jitterPercent
        backoff = Backoff(
            delay: job.backoff.base.wholeMilliseconds,
            jitter: jitter > 0 ? Double(jitter) / 100 : nil,
            limit: job.backoff.limit.wholeMilliseconds
        )
        if job.backoff.base == job.backoff.limit {
            backoff?.type = "fixed"
            backoff?.limit = nil
        }
        delay = job.delay > .zero ? job.delay.wholeMilliseconds : nil
        priority = job.priority > 0 ? job.priority : nil
        jobId = job.id.isEmpty ? nil : job.id
        removeOnComplete = true
        removeOnFail = settings.keptFailures
        deadline = job.deadline?.wholeMilliseconds
        de = job.deduplication.map(Subject.init)
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

extension JobOptions {
    /// What can be understood of options that anybody may have written; the rest counts as not given.
    init(reading text: String?) {
        let given = text.flatMap { try? JSONDecoder().decode(Given.self, from: Data($0.utf8)) }
        self = given?.options ?? JobOptions()
    }

    private init() { attempts = 1 }

    private struct Given: Decodable {
        var options = JobOptions()

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            func number(_ key: CodingKeys) -> Int? {
                (try? values.decode(Int.self, forKey: key))
                    ?? (try? values.decode(Double.self, forKey: key)).flatMap { Int(exactly: $0.rounded()) }
            }
            options.attempts = max(number(.attempts) ?? 1, 1)
            options.priority = number(.priority)
            options.deadline = number(.deadline)
            options.repeat = try? values.decode(Repeat.self, forKey: .repeat)
            if let wait = number(.backoff) {
                options.backoff = Backoff(type: "fixed", delay: wait)
            } else {
                options.backoff = try? values.decode(Backoff.self, forKey: .backoff)
            }
        }
    }

    /// As our own jobs know it.
    var knownBackoff: Model.Backoff {
        guard let backoff else { return .fixed(.zero) }
        let base = Duration.milliseconds(max(backoff.delay, 0))
        let jitter = Int((min(max(backoff.jitter ?? 0, 0), 1) * 100).rounded())
        guard backoff.type == "exponential" else { return .fixed(base, jitterPercent: jitter) }
        return Model.Backoff(
            base: base,
            limit: backoff.limit.map { .milliseconds($0) } ?? .days(1),
            jitterPercent: jitter
        )
    }
}

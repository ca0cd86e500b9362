/// Where our keys may differ from those that a client of BullMQ makes, and why that does no harm.
struct PermittedDifference: Sendable {
    /// A regular expression; lines of a dump that match it are not compared.
    let pattern: String
    let why: String
    /// nil for both.
    var version: BullClient.Version?

    static let all: [PermittedDifference] = [
        PermittedDifference(
            pattern: #" hash opts\.delay: "#,
            why: "The clients write that there is no delay, and we leave it out, which means the same."
        ),
        PermittedDifference(
            pattern: #"opts\.backoff\.limit: "#,
            why: "Ours: no wait is longer. The clients pass over what they do not know."
        ),
        PermittedDifference(pattern: #":lock string: "#, why: "Each client makes up a text of its own."),
        PermittedDifference(
            pattern: #" hash stacktrace\[0\]: "#,
            why: "For people: the clients have a trace of their language there, we the reason."
        ),
        PermittedDifference(
            pattern: #" stream: debounced "#,
            why: "An old name of “deduplicated” that version 6 dropped.",
            version: .v5
        ),
        PermittedDifference(
            pattern: #"^jobs:stalled-check "#,
            why: "Keeps the clients from looking for the dead all at once; we look in another way and leave it to them."
        ),
        PermittedDifference(
            pattern: #"failedReason|^jobs:parent:failed hash "#,
            why: "This client alone makes JSON of the reason.",
            version: .v5
        ),
        PermittedDifference(pattern: #"^jobs:meta hash pausedOn: "#, why: "Ours: since when the queue is paused."),
        PermittedDifference(
            pattern: #" hash opts\.repeat\.offset: "#,
            why: "As the clients in JavaScript do it. Those in Python read it from the scheduler."
        ),
        PermittedDifference(
            pattern: #"^jobs:repeat:hourly:\S+ hash opts\.prevMillis: "#,
            why: "Of an interval nobody reads it: in Python it is the time of writing, in JavaScript it is not there."
        ),
        PermittedDifference(
            pattern: #"^jobs:repeat:yearly hash offset: "#,
            why: "A pattern has no use for it; only some clients write it."
        ),
        PermittedDifference(pattern: #" hash pb: "#, why: "We always say who works on a job."),
    ]

    /// The lines of both that have to be equal.
    static func essential(_ lines: [String], _ version: BullClient.Version) throws -> [String] {
        let patterns = try all.filter { $0.holds(for: version) }.map { try Regex($0.pattern) }
        return lines.filter { line in !patterns.contains { line.contains($0) } }
    }

    func holds(for version: BullClient.Version) -> Bool { self.version ?? version == version }

    func isNeeded(between one: [String], and other: [String]) throws -> Bool {
        let pattern = try Regex(pattern)
        return Set(one).symmetricDifference(other).contains { $0.contains(pattern) }
    }
}

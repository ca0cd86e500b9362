import Model

extension NewJob {
    /// Throws `QueueError.invalid` for what some engine would refuse or misread.
    ///
    /// The rules for ids are BullMQ's, so that every job can move to Redis.
    func check() throws(QueueError) {
        guard let problem else { return }
        throw .invalid(id: id, why: problem)
    }

    /// In Redis a job's key ends with its id, as those of the queue's parts do with these.
    private static let keysOfQueue: Set<String> = [
        "active", "completed", "delayed", "events", "failed", "id", "limiter", "marker", "meta", "metrics", "paused",
        "pc",
        "prioritized", "repeat", "stalled", "stalled-check", "wait", "waiting-children", "delay", "priority",
    ]

    private var problem: String? {
        if !(1...200).contains(id.count) { return "its id must have 1 to 200 characters" }
        if id.utf8.contains(0) { return "its id contains a NUL character" }
        let digits = id.hasPrefix("-") ? id.dropFirst() : id[...]
        if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return "its id must not be an integer: put a word before it"
        }
        let colons = id.utf8.count { $0 == UInt8(ascii: ":") }
        if colons != 0 && colons != 2 || id.hasPrefix("0:") {
            return "its id must have no “:”, or two that part it into three"
        }
        if Self.keysOfQueue.contains(id) { return "its id is the name of a part of the queue: put a word before it" }
        if name.text.isEmpty { return "its name is empty" }
        if payload.utf8.first != UInt8(ascii: "{") || payload.utf8.last != UInt8(ascii: "}") {
            return "its payload must be a JSON object"
        }
        if !(0...2_097_151).contains(priority) { return "its priority must be from 0 to 2,097,151" }
        if attempts < 1 { return "it must be allowed at least one attempt" }
        if !(0...100).contains(backoff.jitterPercent) { return "the chance in its waits must be from 0 to 100 percent" }
        if let deadline, deadline < .milliseconds(1) { return "its deadline must be at least a millisecond" }
        if let deduplication, !(1...200).contains(deduplication.count) || deduplication.utf8.contains(0) {
            return "what it is about must have 1 to 200 characters, none of them NUL"
        }
        return nil
    }
}

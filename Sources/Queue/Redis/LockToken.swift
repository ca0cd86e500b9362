import FoundationEssentials

/// The text in a job's lock, without the turn that the script adds to it.
enum LockToken {
    /// BullMQ's clients write another form, so their locks are never taken for ours.
    private static let start = "host-"

    static func make() -> String { start + UUID().uuidString }

    static func isOurs(_ lock: String) -> Bool { lock.hasPrefix(start) }
}

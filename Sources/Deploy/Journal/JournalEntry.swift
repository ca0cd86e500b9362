package import Model

/// One line of the journal.
package struct JournalEntry: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        /// What everything of this environment carries from now on, and by which it is found again.
        case mark(String)
        /// A run began; what it is and who started it.
        case began(verb: String, by: String)
        /// About to be done. Written before the world is touched.
        case intent(stage: String, change: String, what: String)
        /// Done.
        case result(stage: String, change: String)
        /// Tried, and not done.
        case failure(stage: String, change: String, why: String)
        /// A run came to its end; whether all was done.
        case ended(isDone: Bool)
    }

    package let at: Timestamp
    package let event: Event

    package init(at: Timestamp, _ event: Event) {
        self.at = at
        self.event = event
    }
}

package import Logging
import Synchronization

/// What there is to say about one job in its one line of the log, gathered while the work goes on.
///
/// Kept beside the job's end, so that a job that failed or was cut short still says which listing it was about.
package final class JobNotes: Sendable {
    private struct State {
        var sentence: String?
        var skipped: String?
        var metadata: Logger.Metadata = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// A constant sentence: `Checked a listing.`; nil until something was done.
    package var sentence: String? { state.withLock(\.sentence) }

    /// Why there was nothing to do, a sentence without secrets; nil where something was.
    package var skipped: String? { state.withLock(\.skipped) }

    /// Ids and outcomes; nothing secret.
    package var metadata: Logger.Metadata { state.withLock(\.metadata) }

    func did(_ sentence: String) {
        state.withLock { $0.sentence = sentence }
    }

    /// There was nothing to do.
    func skip(_ why: String) {
        state.withLock { state in
            state.skipped = why
            state.sentence = "Had nothing to do for a job."
            state.metadata["outcome"] = "skipped"
            state.metadata["reason"] = "\(why)"
        }
    }

    subscript(key: String) -> Logger.MetadataValue? {
        get { state.withLock { $0.metadata[key] } }
        set { state.withLock { $0.metadata[key] = newValue } }
    }
}

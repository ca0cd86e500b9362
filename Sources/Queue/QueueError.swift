/// What is wrong with something that was to be added.
package enum QueueError: Error, Hashable {
    /// `why` completes “The job “id” can't be added: …”.
    case invalid(id: String, why: String)
    /// `why` is a sentence.
    case invalidScheduler(id: String, why: String)
}

extension QueueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalid(let id, let why): "The job “\(id.prefix(200))” can't be added: \(why)."
        case .invalidScheduler(let id, let why): "The job scheduler “\(id.prefix(200))” can't be kept. \(why)"
        }
    }
}

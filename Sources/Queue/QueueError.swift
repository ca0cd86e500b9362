/// What is wrong with a job that was to be added.
package enum QueueError: Error, Hashable {
    /// `why` completes “The job “id” …”.
    case invalid(id: String, why: String)
}

extension QueueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalid(let id, let why): "The job “\(id.prefix(200))” can't be added: \(why)."
        }
    }
}

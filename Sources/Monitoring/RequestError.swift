import Model

/// Why something that a person or a program asked for was not done.
///
/// The texts are sentences for them.
package enum RequestError: Error, Hashable {
    /// There is no such thing, or it belongs to someone else: the answer is the same for both.
    case notFound(String)
    /// `field` is the name of the form field or JSON member that is wrong.
    case invalid(field: String, String)
    /// `existing` is the id of the product that is in the way, where there is one.
    case conflict(String, existing: String?)
    case forbidden(String)
    case signInNeeded
    /// Asked too often; `retryAfter` says when to come back.
    case tooMany(String, retryAfter: Duration)
}

extension Actor {
    /// Throws unless the actor may change things.
    func mayWrite() throws(RequestError) {
        guard rights == .write else { throw .forbidden("This token may read but not change anything.") }
    }
}

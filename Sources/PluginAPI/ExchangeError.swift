/// Why an exchange brought no answer.
package enum ExchangeError: Error, Hashable {
    /// Our own policy refused it: a private address, a scheme, too many redirects. The text is a sentence.
    case refused(String)
    /// The shop is left alone for a while: it asked for that, or failed too often. The text is a sentence that says until
    /// when; asking again after the span may work.
    case closed(String, opensIn: Duration)
    /// The name does not resolve, nobody listens, or the connection broke. The text is a sentence.
    case unreachable(String)
    /// No answer, or not all of it, within the limit. The text is a sentence.
    case timeout(String)
    /// The body is longer than the limit, which is in bytes.
    case tooLarge(limit: Int)
}

extension ExchangeError: CustomStringConvertible {
    /// A sentence for a person.
    package var description: String {
        switch self {
        case .refused(let why), .closed(let why, _), .unreachable(let why), .timeout(let why): why
        case .tooLarge(let limit): "The answer is longer than \(limit / 1_000_000) MB, the limit fetch.maximumBytes."
        }
    }
}

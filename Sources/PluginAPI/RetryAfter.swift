package import Model

/// Reads `Retry-After`: seconds or a date. <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>
package enum RetryAfter {
    /// Longer waits than this are cut: after a day it is worth asking again.
    private static let longest = Duration.days(1)

    /// The wait that a service asks for in its answer's body, in seconds; nil for less than none.
    package static func delay(seconds: Double?) -> Duration? {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return nil }
        return min(.milliseconds(Int(min(seconds, 1e6) * 1000)), longest)
    }

    /// nil where the header is missing or means nothing.
    ///
    /// A date counts from the answer's own `Date`, so that the two
    /// clocks need not agree; from `asked` where there is none.
    package static func delay(in response: HTTPResponse, asked: Timestamp) -> Duration? {
        guard let text = response.headers["Retry-After"]?.trimmingWhitespace() else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) {
            // More digits than fit are a very long wait, not nonsense.
            return Int(text).map { min(.seconds($0), longest) } ?? longest
        }
        guard let until = HTTPDate.read(text) else { return nil }
        let now = response.headers["Date"].flatMap { HTTPDate.read($0) } ?? asked
        return min(max(until - now, .zero), longest)
    }
}

import Hummingbird
import Model

/// The name of one request, in its line of the log, in its answer and in the jobs it made.
struct RequestID: Sendable, Hashable {
    /// 1…64 letters, digits, dots, dashes and underscores.
    let text: String

    /// What a proxy that is trusted calls the request, else a new one.
    init(_ request: Request, isFromProxy: Bool, now: Timestamp) {
        let given = isFromProxy ? Self.given(request.headers) : nil
        text = given ?? ID<Request>.make(at: now).text
    }

    /// `X-Request-Id`, else the trace of `traceparent`. <https://www.w3.org/TR/trace-context/>
    private static func given(_ headers: HTTPFields) -> String? {
        if let id = headers[.requestID], isFit(id) { return id }
        let parts = (headers[.traceParent] ?? "").split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[1].utf8.count == 32, parts[1].contains(where: { $0 != "0" }) else { return nil }
        return parts[1].allSatisfy(\.isHexDigit) ? String(parts[1]) : nil
    }

    private static func isFit(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
                default: false
                }
            }
    }
}

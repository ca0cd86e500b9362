import Metrics
import PluginAPI

/// How one exchange ended, for people who count.
enum ExchangeClass: String, CaseIterable, Hashable, Sendable {
    case success, redirection
    case clientError = "client_error"
    case serverError = "server_error"
    case refused, unreachable, timeout
    case tooLarge = "too_large"
    case cancelled

    /// A status outside 100…599 counts as the server's error.
    init(status: Int) {
        switch status {
        case 100..<300: self = .success
        case 300..<400: self = .redirection
        case 400..<500: self = .clientError
        default: self = .serverError
        }
    }

    init(_ error: any Error) {
        switch error as? ExchangeError {
        case .refused, .closed: self = .refused
        case .unreachable: self = .unreachable
        case .timeout: self = .timeout
        case .tooLarge: self = .tooLarge
        case nil: self = .cancelled
        }
    }
}

/// Counts and times of exchanges: `host_fetch_exchanges_total` by outcome, `host_fetch_exchange_seconds` without the
/// wait for a turn, `host_fetch_received_bytes_total` decoded.
struct FetchMetrics: Sendable {
    private let exchanges: [ExchangeClass: Counter]
    private let seconds: Timer
    private let bytes: Counter

    /// Made once: a metric object looks its name up.
    init() {
        exchanges = Dictionary(
            uniqueKeysWithValues: ExchangeClass.allCases.map {
                ($0, Counter(label: "host_fetch_exchanges_total", dimensions: [("outcome", $0.rawValue)]))
            }
        )
        seconds = Timer(label: "host_fetch_exchange_seconds")
        bytes = Counter(label: "host_fetch_received_bytes_total")
    }

    func record(_ outcome: ExchangeClass, took: Duration, byteCount: Int) {
        exchanges[outcome]?.increment()
        seconds.record(duration: took)
        if byteCount > 0 { bytes.increment(by: byteCount) }
    }
}

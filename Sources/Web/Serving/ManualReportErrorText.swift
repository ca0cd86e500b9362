import Monitoring

extension ManualReportError {
    /// The HTTP status.
    var status: Int {
        switch self {
        case .invalidPreview, .invalidRecipients: 400
        case .previewUnavailable: 409
        case .noActiveProducts, .rollingWindow, .dailyRecipients, .inProgress: 429
        case .sendFailed: 502
        }
    }
}

import Monitoring

extension ManualReportError {
    /// A few words.
    var title: String {
        switch self {
        case .invalidPreview, .previewUnavailable: "Make a new preview"
        case .invalidRecipients: "Something is not right"
        case .noActiveProducts: "Nothing to report"
        case .rollingWindow, .dailyRecipients: "Too many reports"
        case .inProgress: "One is being sent"
        case .sendFailed: "Not sent"
        }
    }

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

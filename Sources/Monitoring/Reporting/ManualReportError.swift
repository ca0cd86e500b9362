/// Why a report was not sent by hand.
///
/// The codes are those of the original system, so that its callers go on working.
package enum ManualReportError: Error, Hashable {
    case invalidPreview
    /// What is wrong with the addresses, a sentence.
    case invalidRecipients(String)
    /// It is older than 15 minutes, or was never made.
    case previewUnavailable
    case noActiveProducts
    /// Too many within ten minutes; `retryAfter` says when to come back.
    case rollingWindow(retryAfter: Duration)
    /// Too many addresses today; `retryAfter` says when the next day begins.
    case dailyRecipients(left: Int, retryAfter: Duration)
    /// Another one is just being sent.
    case inProgress(retryAfter: Duration)
    /// What the mail server said, a sentence.
    case sendFailed(String)

    package var code: String {
        switch self {
        case .invalidPreview: "invalid_preview_id"
        case .invalidRecipients: "invalid_recipients"
        case .previewUnavailable: "preview_unavailable"
        case .noActiveProducts: "no-active-products"
        case .rollingWindow: "rolling-window-limit"
        case .dailyRecipients: "daily-recipient-limit"
        case .inProgress: "send_in_progress"
        case .sendFailed: "provider_send_failed"
        }
    }

    /// A sentence for whoever asked.
    package var sentence: String {
        switch self {
        case .invalidPreview: "This is no preview's id. Make a preview first."
        case .invalidRecipients(let why): why
        case .previewUnavailable:
            "The preview is older than 15 minutes, or is not there. Make a new one, so that what is sent is what you saw."
        case .noActiveProducts: "There is nothing to report: no product is watched, or all are paused."
        case .rollingWindow:
            "\(ManualReports.mostSends) reports were sent within the last 10 minutes. Wait until the first of them is older."
        case .dailyRecipients(let left, _):
            "A report can go to \(ManualReports.mostRecipients) addresses a day; today \(left == 0 ? "none is" : "\(left) are") left."
        case .inProgress: "Another report is just being sent. Try again in a moment."
        case .sendFailed(let why): "The mail server did not take it: \(why)"
        }
    }

    package var retryAfter: Duration? {
        switch self {
        case .rollingWindow(let wait), .dailyRecipients(_, let wait), .inProgress(let wait): wait
        default: nil
        }
    }
}

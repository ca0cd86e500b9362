import Model
import Monitoring

/// A report as it would be sent now, and a form to send it to somebody: `manual-report.mustache`.
struct ManualReportView: Sendable {
    let frame: PageFrame
    let formToken: String
    let subject: String
    /// Where the mail's own document is, to be shown in a frame.
    let document: String
    /// Where the form is sent.
    let action: String
    let recipients: String
    let mostAtOnce: String
    /// Such as `5 more reports within 10 minutes, to 99 more addresses today`.
    let allowance: String
    /// How long until another one can be sent, while none can.
    let wait: String?
    /// Why none can be sent at all; nil while one can.
    let obstacle: String?
    let canSend: Bool
    /// What is wrong with what was typed, or why it was not sent.
    let problem: String?

    init(
        _ report: ManualReport,
        allowance: ManualReportAllowance,
        obstacle: String? = nil,
        recipients: String,
        problem: ManualReportError?,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        subject = report.mail.subject
        document = "/digest/reports/\(report.id)/mail"
        action = "/digest/reports/\(report.id)/send"
        self.recipients = recipients
        mostAtOnce = String(ManualReports.mostAtOnce)
        self.allowance =
            "Within 10 minutes \(DurationText.counted(allowance.sends, "more report")) can be sent; today "
            + "\(allowance.recipients) more \(allowance.recipients == 1 ? "address" : "addresses") can get one."
        self.obstacle = obstacle
        wait = obstacle == nil && allowance.wait > .zero ? Self.text(allowance.wait) : nil
        canSend = obstacle == nil && allowance.wait <= .zero
        self.problem = problem?.sentence
    }

    /// To the second below two minutes, so that it can be watched.
    private static func text(_ wait: Duration) -> String {
        let seconds = max(1, (wait.wholeMilliseconds + 999) / 1000)
        if seconds < 120 { return DurationText.counted(seconds, "second") }
        return seconds < 7200
            ? DurationText.counted((seconds + 59) / 60, "minute")
            : DurationText.counted((seconds + 3599) / 3600, "hour")
    }
}

import Model
import PluginAPI

extension Message {
    /// A report for one channel, or to be shown.
    static func digest(
        _ report: Report,
        key: String,
        cause: DigestRun.Cause,
        digest: Digest?,
        home: String?,
        now: Timestamp
    ) -> Message {
        let words = ReportWords(report: report, isTest: cause == .test)
        let why =
            switch (cause, digest) {
            case (.scheduled, let digest?): "You asked your price monitor for a report \(digest.rhythmText)."
            case (.test, _): "Someone who can sign in to your price monitor wanted to see that the report arrives."
            case (.asked, _), (.scheduled, nil):
                "Someone who can sign in to your price monitor asked for a report of all products."
            }
        return Message(
            idempotencyKey: key,
            kind: .digest,
            subject: words.subject,
            lines: words.lines,
            why: why,
            link: home.map { "\($0)/" },
            product: nil,
            report: report,
            created: now
        )
    }
}

import Model
import SQL
import Store

/// How much can still be sent by hand.
package struct ManualReportAllowance: Hashable, Sendable {
    /// Reports within the window.
    package let sends: Int
    /// Addresses today.
    package let recipients: Int
    /// How long until another report can be sent; zero while one can.
    package let wait: Duration

    package init(sends: Int, recipients: Int, wait: Duration) {
        self.sends = sends
        self.recipients = recipients
        self.wait = wait
    }
}

extension Connection {
    /// Only what was sent counts, not what is being sent or failed.
    func allowance(of owner: ID<Account>, zone: Zone, now: Timestamp) throws -> ManualReportAllowance {
        let today = now.startOfDay(in: zone)
        let begin = now - ManualReports.window
        let sends = try manualReportSends(of: owner, after: min(today - .milliseconds(1), begin)).filter(\.isSent)
        let recent = sends.filter { $0.started > begin }
        let left =
            ManualReports.mostRecipients
            - sends.filter { $0.started >= today }.reduce(0) { $0 + $1.recipients }
        var wait = Duration.zero
        if recent.count >= ManualReports.mostSends {
            wait = recent[recent.count - ManualReports.mostSends].started + ManualReports.window - now
        }
        if left <= 0 { wait = max(wait, now.endOfDay(in: zone) - now) }
        return ManualReportAllowance(
            sends: max(0, ManualReports.mostSends - recent.count),
            recipients: max(0, left),
            wait: wait
        )
    }

    /// Throws `ManualReportError` while a report to so many addresses may not be sent.
    func checkLimits(of owner: ID<Account>, adding count: Int, zone: Zone, lock: Duration, now: Timestamp) throws {
        if let other = try manualReportSends(of: owner, after: now - lock).first(where: { !$0.isSent }) {
            throw ManualReportError.inProgress(retryAfter: other.started + lock - now)
        }
        let allowance = try allowance(of: owner, zone: zone, now: now)
        if allowance.sends == 0 { throw ManualReportError.rollingWindow(retryAfter: allowance.wait) }
        if allowance.recipients < count {
            throw ManualReportError.dailyRecipients(
                left: allowance.recipients,
                retryAfter: now.endOfDay(in: zone) - now
            )
        }
    }

    /// Throws `ManualReportError.previewUnavailable` when it is too old, somebody else's or not there.
    func sendable(_ id: ID<ManualReport>, of owner: ID<Account>, now: Timestamp) throws -> ManualReport {
        guard let report = try manualReport(id), report.owner == owner,
            now - report.created <= ManualReports.lifetime
        else { throw ManualReportError.previewUnavailable }
        return report
    }
}

/// One time that a person sent a report to somebody; the addresses are not kept.
package struct ManualReportSend: Hashable, Sendable {
    package let id: ID<ManualReportSend>
    /// To how many addresses.
    package let recipients: Int
    /// Whether the mail server took it; false while it is being sent.
    package let isSent: Bool
    package let started: Timestamp

    package init(id: ID<ManualReportSend>, recipients: Int, isSent: Bool, started: Timestamp) {
        self.id = id
        self.recipients = recipients
        self.isSent = isSent
        self.started = started
    }
}

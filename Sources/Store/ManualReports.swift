package import Model
package import SQL

extension Connection {
    package func insert(_ report: ManualReport) throws {
        try run(
            """
            INSERT INTO manual_report (id, account_id, mail, products, created_at)
            VALUES (
                \(report.id), \(report.owner), \(try jsonText(report.mail)), \(report.products), \(report.created)
            )
            """
        )
    }

    package func manualReport(_ id: ID<ManualReport>) throws -> ManualReport? {
        try row("SELECT * FROM manual_report WHERE id = \(id)").map { row in
            ManualReport(
                id: try row.id("id"),
                owner: try row.id("account_id"),
                mail: try row.json("mail"),
                products: try row.int("products"),
                created: try row.time("created_at")
            )
        }
    }

    /// All but the newest.
    package func deleteManualReports(of owner: ID<Account>, keeping count: Int) throws {
        try run(
            """
            DELETE FROM manual_report WHERE account_id = \(owner) AND id NOT IN (
                SELECT id FROM manual_report WHERE account_id = \(owner) ORDER BY created_at DESC, id DESC LIMIT \(count)
            )
            """
        )
    }

    package func deleteManualReports(before moment: Timestamp) throws {
        try run("DELETE FROM manual_report WHERE created_at < \(moment)")
    }

    /// Those that were sent or are being sent, begun after `moment`, oldest first.
    package func manualReportSends(of owner: ID<Account>, after moment: Timestamp) throws -> [ManualReportSend] {
        try rows(
            """
            SELECT id, recipients, state, started_at FROM report_send
             WHERE account_id = \(owner) AND started_at > \(moment) ORDER BY started_at, id
            """
        ).map { row in
            ManualReportSend(
                id: try row.id("id"),
                recipients: try row.int("recipients"),
                isSent: try row.text("state") == "sent",
                started: try row.time("started_at")
            )
        }
    }

    package func insert(_ send: ManualReportSend, of owner: ID<Account>) throws {
        try run(
            """
            INSERT INTO report_send (id, account_id, recipients, state, started_at)
            VALUES (\(send.id), \(owner), \(send.recipients), \(send.isSent ? "sent" : "sending"), \(send.started))
            """
        )
    }

    package func setSent(_ id: ID<ManualReportSend>) throws {
        try run("UPDATE report_send SET state = 'sent' WHERE id = \(id)")
    }

    /// One that came to nothing does not count.
    package func deleteManualReportSend(_ id: ID<ManualReportSend>) throws {
        try run("DELETE FROM report_send WHERE id = \(id)")
    }

    package func deleteManualReportSends(before moment: Timestamp) throws {
        try run("DELETE FROM report_send WHERE started_at < \(moment)")
    }
}

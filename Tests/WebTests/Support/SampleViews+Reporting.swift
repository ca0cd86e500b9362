import Model
import Monitoring

@testable import Web

extension SampleViews {
    /// The pages about the report, full and empty.
    static func reporting() throws -> [any PageView] {
        try digests() + manualReports()
    }

    private static let owner = ID<Account>("mira")

    private static func digests() throws -> [any PageView] {
        let rhythms: [Digest.Rhythm] = [
            .daily(minute: 540), .weekly(weekday: 0, minute: 61), .cron(try Cron("0 9 * * MON-FRI")),
        ]
        let channel = Channel(
            id: ID("channel-a"),
            owner: owner,
            plugin: "email",
            name: "Mail to <me>",
            options: [:],
            created: Samples.now
        )
        let problems: [RequestError?] = [
            nil, .invalid(field: "time", "No <time>."), .invalid(field: "pattern", "No pattern."),
            .invalid(field: "zone", "No zone."),
        ]
        let full = try problems.enumerated().map { number, problem in
            let digest = Digest(
                owner: owner,
                isOn: true,
                rhythm: rhythms[number % rhythms.count],
                zone: "UTC",
                channels: number == 1 ? [channel.id] : nil,
                changed: Samples.now
            )
            let detail = DigestDetail(
                digest: digest,
                zone: .utc,
                times: try digest.rhythm.times(after: Samples.now, in: .utc, count: 3),
                channels: [channel],
                runs: runs(),
                progress: number == 0 ? .init(listings: 1200, waiting: 300) : nil
            )
            let entry = problem.map { _ in
                DigestEntry(
                    isOn: true,
                    rhythm: "cron",
                    time: "\"",
                    weekday: "tue",
                    pattern: "<b>",
                    zone: "\"'",
                    channels: [channel.id.text]
                )
            }
            return view(detail, entry: entry, problem: problem)
        }
        let off = DigestDetail(
            digest: .standard(of: owner, zone: "UTC"),
            zone: .utc,
            times: [],
            channels: [],
            runs: []
        )
        return full + [
            view(off, entry: nil, problem: nil), view(off, entry: nil, problem: nil, nothing: "There is <nothing>."),
        ]
    }

    private static func view(
        _ detail: DigestDetail,
        entry: DigestEntry?,
        problem: RequestError?,
        nothing: String? = nil
    ) -> DigestView {
        DigestView(
            detail,
            entry: entry,
            problem: problem,
            nothing: nothing,
            now: Samples.now,
            frame: frame(),
            formToken: token
        )
    }

    private static func runs() -> [DigestDetail.Run] {
        let ends: [(DigestRun.Cause, DigestRun.State, messages: Int, delivered: Int, pending: Int, refused: Int)] = [
            (.scheduled, .checking, 0, 0, 0, 0), (.asked, .written, 2, 2, 0, 0), (.test, .written, 2, 1, 1, 0),
            (.scheduled, .written, 1, 0, 0, 1), (.scheduled, .written, 0, 0, 0, 0), (.scheduled, .skipped, 0, 0, 0, 0),
        ]
        return ends.enumerated().map { number, end in
            DigestDetail.Run(
                run: DigestRun(
                    id: ID("run-\(number)"),
                    owner: owner,
                    due: Samples.now,
                    cause: end.0,
                    state: end.1,
                    started: Samples.now,
                    patience: Samples.now,
                    closed: end.1 == .checking ? nil : Samples.now,
                    products: end.1 == .written ? 1 + number : nil,
                    messages: end.1 == .written ? end.messages : nil,
                    note: end.1 == .skipped ? "It was <late>." : nil
                ),
                delivered: end.delivered,
                pending: end.pending,
                refused: end.refused
            )
        }
    }

    private static func manualReports() -> [any PageView] {
        let mail = Mail(
            to: ["preview@localhost"],
            subject: "Price report – <today>",
            text: "",
            html: "<p>Lamp</p>",
            idempotencyKey: "report.a",
            date: Samples.now
        )
        let report = ManualReport(id: ID("report-a"), owner: owner, mail: mail, products: 3, created: Samples.now)
        let states: [(ManualReportAllowance, ManualReportError?)] = [
            (ManualReportAllowance(sends: 5, recipients: 99, wait: .zero), nil),
            (ManualReportAllowance(sends: 1, recipients: 1, wait: .zero), .invalidRecipients("No <address>.")),
            (
                ManualReportAllowance(sends: 0, recipients: 90, wait: .seconds(61)),
                .rollingWindow(retryAfter: .seconds(61))
            ),
            (ManualReportAllowance(sends: 5, recipients: 0, wait: .hours(3)), nil),
        ]
        return states.map { allowance, problem in
            ManualReportView(
                report,
                allowance: allowance,
                obstacle: allowance.sends == 1 ? "There is no <mail server>." : nil,
                recipients: "me@\"example.org",
                problem: problem,
                frame: frame(),
                formToken: token
            )
        }
    }
}

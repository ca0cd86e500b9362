import Model
import Monitoring
import Operations

extension APIRoutes {
    static let reporting: [APIRoute] = [
        APIRoute(
            method: .get,
            path: "/digest",
            operation: "getDigest",
            summary: "Shows when your report of all products comes, and what became of the last ones",
            rights: .read,
            answers: [.init(status: 200, description: "The report's settings and runs.", schema: "Digest")]
        ) { call in
            .ok(JSON(digest: try await call.monitoring.digests.detail(as: call.actor)))
        },
        APIRoute(
            method: .put,
            path: "/digest",
            operation: "setDigest",
            summary: "Sets when your report comes and where to; counts from the next second on",
            rights: .write,
            body: APIBody(members: [
                .init(name: "on", kind: .boolean, isRequired: true, description: "Whether it comes by the clock."),
                .init(
                    name: "rhythm",
                    kind: .text,
                    isRequired: true,
                    description: "“daily”, “weekly” or “cron”."
                ),
                .init(name: "time", kind: .text, description: "Daily and weekly: the time of day, 00:00 to 23:59."),
                .init(name: "weekday", kind: .text, description: "Weekly: “mon” to “sun”."),
                .init(
                    name: "pattern",
                    kind: .text,
                    description: "Cron: minute, hour, day of month, month, day of week; every 15 minutes at most."
                ),
                .init(
                    name: "zone",
                    kind: .text,
                    isRequired: true,
                    description: "The time zone whose clock counts: “Europe/Berlin”."
                ),
                .init(
                    name: "channels",
                    kind: .list,
                    isNullable: true,
                    description: "The ids of the channels it goes to; null for all."
                ),
            ]),
            answers: [.init(status: 200, description: "It is set.", schema: "Digest")]
        ) { call in
            try await call.monitoring.digests.change(
                DigestEntry(
                    isOn: call.boolean("on") ?? false,
                    rhythm: call.text("rhythm") ?? "",
                    time: call.text("time") ?? "",
                    weekday: call.text("weekday") ?? "",
                    pattern: call.text("pattern") ?? "",
                    zone: call.text("zone") ?? "",
                    channels: call.list("channels")
                ),
                as: call.actor
            )
            return .ok(JSON(digest: try await call.monitoring.digests.detail(as: call.actor)))
        },
        APIRoute(
            method: .post,
            path: "/digest/trigger",
            operation: "triggerDigest",
            summary: "Makes a report now; the one that is being made already, where there is one",
            rights: .write,
            body: APIBody(members: [
                .init(name: "test", kind: .boolean, description: "Whether it says that it is one, and checks nothing.")
            ]),
            answers: [.init(status: 202, description: "It is begun.", schema: "DigestRun", hasLocation: true)],
            problems: [409]
        ) { call in
            let run = try await call.monitoring.digests.send(isTest: call.boolean("test") ?? false, as: call.actor)
            return APIAnswer(status: 202, json: JSON(digestRun: run), location: "/digest/runs/\(run.id)")
        },
        APIRoute(
            method: .get,
            path: "/digest/status",
            operation: "getDigestStatus",
            summary:
                "Shows whether a report is being made and how far it is, the last one, and when the next one is due",
            rights: .read,
            answers: [.init(status: 200, description: "How it stands.", schema: "DigestStatus")]
        ) { call in
            .ok(JSON(digestStatus: try await call.monitoring.digests.detail(as: call.actor), now: call.now))
        },
        APIRoute(
            method: .get,
            path: "/digest/runs/{run}",
            operation: "getDigestRun",
            summary: "Shows how far a report has come",
            rights: .read,
            answers: [.init(status: 200, description: "The report's run.", schema: "DigestRun")]
        ) { call in
            .ok(JSON(digestRun: try await call.monitoring.digests.run(call.id("run"), as: call.actor)))
        },
        APIRoute(
            method: .post,
            path: "/manual-reports",
            operation: "previewManualReport",
            summary: "Makes a report to be looked at, which can be sent for 15 minutes; asks no shop",
            rights: .write,
            answers: [.init(status: 201, description: "The report as a mail.", schema: "ManualReport")],
            problems: [429]
        ) { call in
            let reports = call.monitoring.manualReports
            let report = try await reports.preview(as: call.actor)
            let allowance = try await reports.allowance(as: call.actor)
            return APIAnswer(status: 201, json: JSON(manualReport: report, allowance: allowance))
        },
        APIRoute(
            method: .post,
            path: "/manual-reports/{report}/send",
            operation: "sendManualReport",
            summary: "Sends a report exactly as it was looked at",
            rights: .write,
            body: APIBody(members: [
                .init(
                    name: "recipients",
                    kind: .text,
                    isRequired: true,
                    description: "One to three addresses separated by commas; none sees the others."
                )
            ]),
            answers: [.init(status: 200, description: "The mail server took it.", schema: "ManualReportAllowance")],
            problems: [400, 409, 429, 502]
        ) { call in
            let reports = call.monitoring.manualReports
            try await reports.send(call.parameters["report"] ?? "", to: call.text("recipients") ?? "", as: call.actor)
            return .ok(JSON(allowance: try await reports.allowance(as: call.actor)))
        },
    ]
}

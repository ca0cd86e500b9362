import Model
import Monitoring
import Operations

extension JSON {
    init(digest detail: DigestDetail) {
        let entry = DigestEntry(detail.digest)
        self = [
            "on": .bool(entry.isOn),
            "rhythm": .string(entry.rhythm),
            "time": entry.rhythm == "cron" ? .null : .string(entry.time),
            "weekday": entry.rhythm == "weekly" ? .string(entry.weekday) : .null,
            "pattern": entry.rhythm == "cron" ? .string(entry.pattern) : .null,
            "zone": .string(entry.zone),
            "channels": entry.channels.map { .array($0.map(JSON.string)) } ?? .null,
            "next": .array(entry.isOn ? detail.times.map(JSON.init) : []),
            "runs": .array(detail.runs.map { JSON(digestRun: $0.run) }),
        ]
    }

    init(digestRun run: DigestRun) {
        self = [
            "id": .string(run.id.text),
            "due": JSON(run.due),
            "cause": .string(run.cause.rawValue),
            "state": .string(run.state.rawValue),
            "started": JSON(run.started),
            "closed": JSON(run.closed),
            "products": run.products.map(JSON.integer) ?? .null,
            "messages": run.messages.map(JSON.integer) ?? .null,
            "note": JSON(run.note),
        ]
    }

    init(digestStatus detail: DigestDetail, now: Timestamp) {
        let stage = detail.stage(at: now)
        self = [
            "state": .string(stage.rawValue),
            "running": .bool(stage != .idle),
            "listings": .integer(detail.progress?.listings ?? 0),
            "checked": .integer(detail.progress?.checked ?? 0),
            "current": detail.open.map(JSON.init(digestRun:)) ?? .null,
            "last": detail.last.map { JSON(digestRun: $0.run) } ?? .null,
            "delivered": .integer(detail.last?.delivered ?? 0),
            "pending": .integer(detail.last?.pending ?? 0),
            "refused": .integer(detail.last?.refused ?? 0),
            "next": JSON(detail.digest.next),
        ]
    }

    init(manualReport report: ManualReport, allowance: ManualReportAllowance) {
        self = [
            "id": .string(report.id.text),
            "created": JSON(report.created),
            "expires": JSON(report.created + ManualReports.lifetime),
            "products": .integer(report.products),
            "subject": .string(report.mail.subject),
            "text": .string(report.mail.text),
            "html": JSON(report.mail.page),
            "allowance": JSON(allowance: allowance),
        ]
    }

    init(allowance: ManualReportAllowance) {
        self = [
            "sends": .integer(allowance.sends),
            "recipients": .integer(allowance.recipients),
            "waitSeconds": .integer((allowance.wait.wholeMilliseconds + 999) / 1000),
        ]
    }
}

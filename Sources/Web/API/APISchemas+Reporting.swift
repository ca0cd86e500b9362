import Model
import Monitoring
import Operations

extension APISchemas {
    static let digest = object([
        ("on", ["type": "boolean", "description": "Whether it comes by the clock."]),
        ("rhythm", choice(["daily", "weekly", "cron"], "How often.")),
        ("time", optionalText("The time of day; null for a cron pattern.")),
        ("weekday", optionalChoice(Weekdays.all.words, "The day of a weekly one.")),
        ("pattern", optionalText("The cron pattern, where it comes by one.")),
        ("zone", text("The time zone whose clock counts.")),
        (
            "channels",
            [
                "type": ["array", "null"], "items": ["type": "string"],
                "description": "The ids of the channels it goes to; null for all.",
            ]
        ),
        ("next", ["type": "array", "items": time, "description": "The next three times; empty while it is off."]),
        ("runs", array(of: "DigestRun")),
    ])

    static let digestRun = object([
        ("id", text("The run's id.")),
        ("due", time),
        ("cause", choice(DigestRun.Cause.allCases.map(\.rawValue), "Why it is made.")),
        ("state", choice(DigestRun.State.allCases.map(\.rawValue), "How far it has come.")),
        ("started", time),
        ("closed", optionalTime),
        ("products", ["type": ["integer", "null"], "description": "How many products it reports."]),
        ("messages", ["type": ["integer", "null"], "description": "How many messages it became."]),
        ("note", optionalText("What is not as it should be.")),
    ])

    static let digestStatus = object([
        ("state", choice(DigestDetail.Stage.allCases.map(\.rawValue), "What happens now.")),
        ("running", ["type": "boolean", "description": "Whether anything does."]),
        (
            "listings",
            integer("How many listings are checked for the report that is being made; 0 while none is.")
        ),
        ("checked", integer("How many of them are done with.")),
        ("current", optional("DigestRun")),
        ("last", optional("DigestRun")),
        ("delivered", integer("How many messages of the last report were delivered.")),
        ("pending", integer("How many are still on their way.")),
        ("refused", integer("How many were refused.")),
        ("next", optionalTime),
    ])

    static let manualReport = object([
        ("id", text("The report's id.")),
        ("created", time),
        ("expires", time),
        ("products", integer("How many products it reports.")),
        ("subject", text("The mail's subject.")),
        ("text", text("The mail as plain text.")),
        ("html", optionalText("The mail as HTML.")),
        ("allowance", reference("ManualReportAllowance")),
    ])

    static let manualReportAllowance = object([
        ("sends", integer("How many more reports can be sent within 10 minutes.")),
        ("recipients", integer("To how many more addresses today.")),
        ("waitSeconds", integer("How long until another one can be sent; 0 while one can.")),
    ])
}

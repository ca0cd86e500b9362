import Model
import Monitoring
import Operations
import PluginAPI

/// The schemas of what the REST interface answers with, by name.
///
/// A test compares each answer of a running server with them.
enum APISchemas {
    static let all: [(name: String, schema: JSON)] = [
        ("Money", money),
        ("Evidence", evidence),
        ("Failing", failing),
        ("WeeklyHours", weeklyHours),
        ("Listing", listing),
        ("FailingShop", failingShop),
        ("FailingShopList", list("shops", of: "FailingShop")),
        ("Target", target),
        ("Product", product),
        ("ProductList", productList),
        ("HistoryRun", historyRun),
        ("History", list("runs", of: "HistoryRun")),
        ("Check", check),
        ("CheckList", list("checks", of: "Check")),
        ("CheckStarted", object([("job", text("The job that makes the check."))])),
        ("Preview", preview),
        ("Alert", alert),
        ("AlertList", list("alerts", of: "Alert")),
        ("QuietHours", object([("window", optional("WeeklyHours"))])),
        ("Doubt", doubt),
        ("DoubtList", list("doubts", of: "Doubt")),
        ("Message", message),
        ("MessageList", messageList),
        ("WordingPreview", wordingPreview),
        ("Channel", channel),
        ("ChannelList", list("channels", of: "Channel")),
        ("TestResult", testResult),
        ("ChannelKind", channelKind),
        ("ChannelKindList", list("kinds", of: "ChannelKind")),
        ("Digest", digest),
        ("DigestRun", digestRun),
        ("DigestStatus", digestStatus),
        ("ManualReport", manualReport),
        ("ManualReportAllowance", manualReportAllowance),
        ("Queue", queue),
        ("QueuedJob", queuedJob),
        ("QueueSchedule", queueSchedule),
        ("Problem", problem),
    ]

    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    // MARK: Pieces

    /// An object with exactly these members, all of them there.
    static func object(_ members: [(String, JSON)]) -> JSON {
        [
            "type": "object",
            "additionalProperties": false,
            "required": .array(members.map { .string($0.0) }),
            "properties": .object(members.map { .init($0.0, $0.1) }),
        ]
    }

    private static func list(_ name: String, of item: String) -> JSON {
        object([(name, array(of: item))])
    }

    static func array(of item: String) -> JSON { ["type": "array", "items": reference(item)] }

    static func text(_ description: String) -> JSON {
        ["type": "string", "description": .string(description)]
    }

    static func optionalText(_ description: String) -> JSON {
        ["type": ["string", "null"], "description": .string(description)]
    }

    static func integer(_ description: String) -> JSON {
        ["type": "integer", "description": .string(description)]
    }

    static func choice(_ words: [String], _ description: String) -> JSON {
        ["type": "string", "enum": .array(words.map(JSON.string)), "description": .string(description)]
    }

    static func optionalChoice(_ words: [String], _ description: String) -> JSON {
        [
            "type": ["string", "null"], "enum": .array(words.map(JSON.string) + [.null]),
            "description": .string(description),
        ]
    }

    static func optional(_ name: String) -> JSON {
        ["oneOf": [reference(name), ["type": "null"]]]
    }

    static let time: JSON = ["type": "string", "format": "date-time"]
    static let optionalTime: JSON = ["type": ["string", "null"], "format": "date-time"]
    private static let confidence: JSON = [
        "type": "number", "minimum": 0, "maximum": 1, "description": "How far it is trusted.",
    ]
    private static let availability = choice(Availability.allCases.map(\.rawValue), "Whether it can be bought.")
    private static let outcomes = Outcome.allCases.map(\.rawValue)

    // MARK: Watching

    private static let money = object([
        ("minor", integer("The amount in the currency's smallest unit: 1999 is 19.99 EUR.")),
        ("currency", ["type": "string", "pattern": "^[A-Z]{3}$", "description": "The ISO 4217 code."]),
        ("text", text("The amount as a person reads it: “€19.99”.")),
    ])

    private static let evidence = object([
        ("field", choice(Evidence.Field.allCases.map(\.rawValue), "What it is evidence for.")),
        ("value", optionalText("What it was read as.")),
        ("text", text("What stood in the page, at most 200 characters.")),
        ("strategy", text("The way of reading.")),
        ("path", text("Where in the page.")),
        ("confidence", confidence),
    ])

    private static let listing = object([
        ("id", text("The listing's id.")),
        ("url", text("The address that is watched.")),
        ("shop", text("The shop's host name.")),
        ("intervalSeconds", integer("The time between two checks.")),
        ("paused", ["type": "boolean"]),
        ("window", optional("WeeklyHours")),
        ("due", time),
        ("price", optional("Money")),
        ("listPrice", optional("Money")),
        ("availability", availability),
        ("since", optionalTime),
        ("lastCheck", optionalTime),
        ("lastOutcome", optionalChoice(outcomes, "How the last check ended.")),
        ("note", optionalText("A sentence about the last check, where it needs one.")),
        ("failures", integer("Checks in a row that told nothing about the price.")),
        ("failing", optional("Failing")),
    ])

    private static let weeklyHours = object([
        (
            "days",
            [
                "type": "array", "items": choice(Weekdays.all.words, "A day of the week."),
                "description": "The days on which the hours begin, at least one.",
            ]
        ),
        ("from", text("The time of day at which they begin, 00:00 to 23:59.")),
        ("to", text("The time of day at which they end, 00:00 to 24:00; not later than “from” is on the next day.")),
        ("zone", text("The time zone by whose clock they go: “Europe/Berlin”.")),
    ])

    private static let alert = object([
        ("id", text("The alert's id.")),
        ("product", text("The product's id.")),
        ("kind", choice(AlertEntry.Kind.allCases.map(\.rawValue), "What it waits for.")),
        ("value", optionalText("The price, the percent or the days, by the kind; null where it needs none.")),
        ("sentence", text("What it waits for, a sentence.")),
        ("state", choice(["armed", "fired", "snoozed", "expired"], "How it stands.")),
        ("since", optionalTime),
        ("snoozedUntil", optionalTime),
        (
            "coolDownSeconds",
            ["type": ["integer", "null"], "description": "The least time between two messages; null for none."]
        ),
        ("until", optionalText("The last day on which it tells, by UTC; null for no end.")),
        ("firings", integer("How often it has told something.")),
        ("lastFired", optionalTime),
        ("reference", optional("Money")),
    ])

    private static let doubt = object([
        ("id", text("The id of what was read, for the answer.")),
        ("product", text("The product's id.")),
        ("listing", text("The listing's id.")),
        ("name", text("The product's name.")),
        ("url", text("The shop's page.")),
        ("believed", optional("Money")),
        ("read", optional("Money")),
        ("why", optionalText("Why it is doubted, a sentence.")),
        ("since", time),
        ("checks", integer("How many checks read it.")),
        ("nextCheck", time),
        ("evidence", array(of: "Evidence")),
    ])

    private static let failing = object([
        ("since", time),
        ("outcome", choice(outcomes, "How the last check that failed ended.")),
        ("told", ["type": "boolean", "description": "Whether you were told that its checks fail."]),
    ])

    private static let failingShop = object([
        ("shop", text("The shop's host name.")),
        ("outcome", choice(outcomes, "How most of the last checks ended.")),
        ("since", time),
        ("failing", integer("How many products fail there.")),
        ("watched", integer("How many products are watched there.")),
    ])

    private static let target = object([
        ("price", reference("Money")),
        ("state", choice(Rule.State.allCases.map(\.rawValue), "Whether it waits, or has told you.")),
        ("since", time),
    ])

    private static let product = object([
        ("id", text("The product's id.")),
        ("name", text("What you call it.")),
        ("image", optionalText("The address of a picture.")),
        ("created", time),
        ("price", optional("Money")),
        ("lowest", optional("Money")),
        ("target", optional("Target")),
        ("listings", array(of: "Listing")),
    ])

    private static let historyRun = object([
        ("listing", text("The listing's id.")),
        ("from", time),
        ("to", time),
        ("checks", integer("How many checks saw this.")),
        ("price", optional("Money")),
        ("listPrice", optional("Money")),
        ("availability", availability),
        ("standing", choice(Standing.allCases.map(\.rawValue), "Whether it counts.")),
        ("doubt", optionalText("Why it is not believed.")),
        ("strategy", optionalText("What the price was read from.")),
        ("confidence", confidence),
        ("evidence", array(of: "Evidence")),
    ])

    private static let check = object([
        ("job", text("The job that made the check.")),
        ("listing", text("The listing's id.")),
        ("at", time),
        ("milliseconds", integer("How long it took.")),
        ("outcome", choice(outcomes, "How it ended.")),
        ("status", ["type": ["integer", "null"], "description": "The shop's HTTP status."]),
        ("price", optional("Money")),
        ("standing", optionalChoice(Standing.allCases.map(\.rawValue), "Whether its reading counts.")),
        ("note", optionalText("A sentence, where the outcome needs one.")),
    ])

    private static let preview = object([
        ("id", text("The preview's id.")),
        ("url", text("The address that was asked.")),
        ("finalUrl", text("The address that answered, after redirects.")),
        ("status", ["type": ["integer", "null"], "description": "The shop's HTTP status."]),
        ("milliseconds", integer("How long it took.")),
        ("created", time),
        ("outcome", choice(outcomes, "How the look ended.")),
        ("title", optionalText("The product's name on the page.")),
        ("price", optional("Money")),
        ("listPrice", optional("Money")),
        ("availability", availability),
        ("image", optionalText("The address of a picture.")),
        ("strategy", optionalText("What the price was read from.")),
        ("confidence", confidence),
        ("note", optionalText("A sentence, where the outcome needs one.")),
        ("evidence", array(of: "Evidence")),
    ])

    // MARK: Telling

    private static let message = object([
        ("id", text("The message's id.")),
        ("key", text("The same for every attempt to deliver it.")),
        ("subject", text("What it says, one line.")),
        ("state", choice(OutboxMessage.State.allCases.map(\.rawValue), "How far it got.")),
        ("attempts", integer("How often a delivery was tried.")),
        ("created", time),
        ("delivered", optionalTime),
        ("problem", optionalText("Why the last attempt failed.")),
    ])

    private static let productList = object([
        ("products", array(of: "Product")),
        ("count", integer("How many products are selected, on all pages.")),
        ("isCounted", ["type": "boolean", "description": "Whether the count is exact; else there are more."]),
        ("next", optionalText("The cursor of the next page; null on the last.")),
    ])

    private static let channel = object([
        ("id", text("The channel's id.")),
        ("plugin", text("The id of its kind.")),
        ("name", text("What you call it.")),
        ("options", ["type": "object", "additionalProperties": ["type": "string"]]),
        ("subjectTemplate", text("The subject of messages about a price, with placeholders; empty for ours.")),
        ("textTemplate", text("Their text; empty for ours.")),
        ("created", time),
        ("lastDelivery", optionalTime),
        ("problem", optionalText("Why the last message could not be delivered.")),
        ("messages", array(of: "Message")),
    ])

    private static let messageList = object([
        ("messages", array(of: "Message")),
        ("next", optionalText("The cursor of the next page, of older ones; null on the last.")),
    ])

    private static let wordingPreview = object([
        ("subject", text("One line.")),
        ("text", text("Lines end in a line feed.")),
    ])

    private static let testResult = object([
        ("delivered", ["type": "boolean"]),
        ("problem", optionalText("Why it was not delivered.")),
    ])

    private static let channelKind = object([
        ("id", text("The plugin's id.")),
        ("title", text("What a person reads.")),
        ("summary", text("What it is for.")),
        (
            "options",
            [
                "type": "array",
                "items": object([
                    ("key", text("Its name in “options”.")),
                    ("kind", choice(["text", "address", "mail", "secret"], "How the value is written.")),
                    ("summary", text("What it does.")),
                    ("example", text("A value that would work.")),
                    ("standard", optionalText("What holds when nothing is set.")),
                    ("required", ["type": "boolean"]),
                ]),
            ]
        ),
    ])

    // Source: <https://www.rfc-editor.org/rfc/rfc9457>.
    private static let problem: JSON = [
        "type": "object",
        "required": ["type", "title", "status", "detail", "request"],
        "properties": [
            "type": text("Always “about:blank”: the status says what kind of problem it is."),
            "title": text("A few words."),
            "status": integer("The HTTP status."),
            "detail": text("A sentence that says what is wrong and what to do."),
            "request": text("What the log of the installation calls the request."),
            "errors": [
                "type": "array",
                "items": object([
                    ("field", text("The member or parameter that is wrong.")),
                    ("detail", text("What is wrong with it.")),
                ]),
            ],
            "code": text("What tells this problem from others, where the status is not enough."),
            "existing": text("The id of the product that watches this address already."),
        ],
    ]
}

import Model
import Monitoring
import Operations

extension APIRoutes {
    static let alerts: [APIRoute] = [
        APIRoute(
            method: .get,
            path: "/alerts",
            operation: "listAlerts",
            summary: "Lists your alerts, newest first, at most 500",
            rights: .read,
            answers: [.init(status: 200, description: "Your alerts.", schema: "AlertList")]
        ) { call in
            let rules = try await call.monitoring.alerts.rules(as: call.actor)
            return .ok(["alerts": .array(rules.map { JSON(rule: $0.rule, now: call.now) })])
        },
        APIRoute(
            method: .post,
            path: "/products/{product}/alerts",
            operation: "createAlert",
            summary: "Adds an alert to a product; what is met already is told at the next check",
            rights: .write,
            body: APIBody(members: members(isNew: true)),
            answers: [.init(status: 201, description: "It is added.", schema: "Alert", hasLocation: true)],
            problems: [409]
        ) { call in
            let entry = AlertEntry(
                kind: call.text("kind") ?? "",
                value: call.text("value") ?? "",
                coolDown: call.integer("coolDownSeconds"),
                until: call.text("until")
            )
            let id = try await call.monitoring.alerts.add(entry, to: call.id("product"), as: call.actor)
            return .created(try await alert(id, call), at: "/alerts/\(id)")
        },
        APIRoute(
            method: .get,
            path: "/alerts/{alert}",
            operation: "getAlert",
            summary: "Shows an alert",
            rights: .read,
            answers: [.init(status: 200, description: "The alert.", schema: "Alert")]
        ) { call in
            .ok(try await alert(call.id("alert"), call))
        },
        APIRoute(
            method: .patch,
            path: "/alerts/{alert}",
            operation: "changeAlert",
            summary: "Changes an alert; what is not sent stays. Another condition is waited for anew",
            rights: .write,
            body: APIBody(members: members(isNew: false)),
            answers: [.init(status: 200, description: "The alert as it is now.", schema: "Alert")],
            problems: [409]
        ) { call in
            let id = try call.id("alert", of: Rule.self)
            let before = try await call.monitoring.alerts.rule(id, as: call.actor)
            try await call.monitoring.alerts.change(id, to: call.changed(before), as: call.actor)
            return .ok(try await alert(id, call))
        },
        APIRoute(
            method: .delete,
            path: "/alerts/{alert}",
            operation: "deleteAlert",
            summary: "Removes an alert",
            rights: .write,
            answers: [.init(status: 204, description: "It is removed.")]
        ) { call in
            try await call.monitoring.alerts.remove(call.id("alert"), as: call.actor)
            return .nothing
        },
        APIRoute(
            method: .post,
            path: "/alerts/{alert}/snooze",
            operation: "snoozeAlert",
            summary: "Lets an alert rest, or wakes it",
            rights: .write,
            body: APIBody(members: [
                .init(
                    name: "seconds",
                    kind: .integer,
                    isRequired: true,
                    isNullable: true,
                    description: "How long it rests, 60 to 31622400 seconds; null wakes it."
                )
            ]),
            answers: [.init(status: 200, description: "The alert as it is now.", schema: "Alert")]
        ) { call in
            let id = try call.id("alert", of: Rule.self)
            let span = call.integer("seconds").map { Duration.seconds(min(max($0, 0), 1_000_000_000)) }
            try await call.monitoring.alerts.snooze(id, for: span, as: call.actor)
            return .ok(try await alert(id, call))
        },
        APIRoute(
            method: .get,
            path: "/quiet-hours",
            operation: "getQuietHours",
            summary: "Shows when you are not told",
            rights: .read,
            answers: [.init(status: 200, description: "The hours.", schema: "QuietHours")]
        ) { call in
            .ok(["window": JSON(window: try await call.monitoring.alerts.quietHours(as: call.actor))])
        },
        APIRoute(
            method: .patch,
            path: "/quiet-hours",
            operation: "changeQuietHours",
            summary: "Sets when you are not told; what would be told then is held until the hours end",
            rights: .write,
            body: APIBody(members: [
                .init(
                    name: "window",
                    kind: .object(schema: "WeeklyHours"),
                    isRequired: true,
                    isNullable: true,
                    description: "The hours, by the days on which they begin; null for none."
                )
            ]),
            answers: [.init(status: 200, description: "The hours as they are now.", schema: "QuietHours")]
        ) { call in
            try await call.monitoring.alerts.setQuietHours(call.window(), as: call.actor)
            return .ok(["window": JSON(window: try await call.monitoring.alerts.quietHours(as: call.actor))])
        },
        APIRoute(
            method: .get,
            path: "/doubts",
            operation: "listDoubts",
            summary: "Lists prices that wait for your word, newest first, at most 100",
            rights: .read,
            answers: [.init(status: 200, description: "The prices.", schema: "DoubtList")]
        ) { call in
            let doubts = try await call.monitoring.doubts.doubts(as: call.actor)
            return .ok(["doubts": .array(doubts.map(JSON.init(doubt:)))])
        },
        APIRoute(
            method: .post,
            path: "/doubts/{doubt}",
            operation: "decideDoubt",
            summary: "Says whether a price that is doubted is right",
            rights: .write,
            body: APIBody(members: [
                .init(
                    name: "right",
                    kind: .boolean,
                    isRequired: true,
                    description: "True: it counts from now on. False: it is kept as wrong, also when it is read again."
                )
            ]),
            answers: [.init(status: 204, description: "It is decided.")],
            problems: [409]
        ) { call in
            let isRight = call.boolean("right") ?? false
            try await call.monitoring.doubts.decide(call.id("doubt"), isRight: isRight, as: call.actor)
            return .nothing
        },
    ]

    private static func members(isNew: Bool) -> [APIBody.Member] {
        [
            .init(
                name: "kind",
                kind: .text,
                isRequired: isNew,
                description: "One of: \(AlertEntry.Kind.allCases.map(\.rawValue).joined(separator: ", "))."
            ),
            .init(
                name: "value",
                kind: .text,
                isNullable: true,
                description: "A price, a whole percent or a number of days, by the kind; null where it needs none."
            ),
            .init(
                name: "coolDownSeconds",
                kind: .integer,
                isNullable: true,
                description:
                    "The least time between two messages, 0 to 31536000 seconds; null for what suits the kind."
            ),
            .init(
                name: "until",
                kind: .text,
                isNullable: true,
                description: "The last day on which it tells, by UTC: “2026-12-24”; null for no end."
            ),
        ]
    }

    private static func alert(_ id: ID<Rule>, _ call: APICall) async throws -> JSON {
        JSON(rule: try await call.monitoring.alerts.rule(id, as: call.actor), now: call.now)
    }
}

extension APICall {
    /// The rule with what was sent; of another kind, what was not sent is what suits that.
    fileprivate func changed(_ rule: Rule) -> AlertEntry {
        var entry = AlertEntry(rule)
        if let kind = text("kind"), kind != entry.kind {
            (entry.kind, entry.value, entry.coolDown) = (kind, "", nil)
        }
        if has("value") { entry.value = text("value") ?? "" }
        if has("coolDownSeconds") { entry.coolDown = integer("coolDownSeconds") }
        if has("until") { entry.until = text("until") }
        return entry
    }
}

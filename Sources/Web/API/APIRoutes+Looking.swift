import Model
import Monitoring
import Operations

extension APIRoutes {
    static let previews: [APIRoute] = [
        APIRoute(
            method: .post,
            path: "/previews",
            operation: "createPreview",
            summary: "Looks at an address now and says what was read and why, without watching it yet",
            rights: .write,
            body: APIBody(members: [addressMember]),
            answers: [.init(status: 201, description: "What was read.", schema: "Preview", hasLocation: true)],
            problems: [409]
        ) { call in
            let preview = try await call.monitoring.watching.preview(call.text("url") ?? "", as: call.actor)
            return .created(JSON(preview: preview), at: "/previews/\(preview.id)")
        },
        APIRoute(
            method: .get,
            path: "/previews/{preview}",
            operation: "getPreview",
            summary: "Shows a preview of the last day",
            rights: .read,
            answers: [.init(status: 200, description: "What was read.", schema: "Preview")]
        ) { call in
            .ok(JSON(preview: try await call.monitoring.watching.preview(call.id("preview"), as: call.actor)))
        },
        APIRoute(
            method: .post,
            path: "/previews/{preview}/save",
            operation: "savePreview",
            summary: "Watches what a preview showed; its reading is the first of the history",
            rights: .write,
            body: APIBody(members: [nameMember, targetMember, intervalMember]),
            answers: [.init(status: 201, description: "It is watched.", schema: "Product", hasLocation: true)],
            problems: [409]
        ) { call in
            let id = try await call.monitoring.watching.save(
                call.id("preview"),
                name: call.text("name"),
                target: call.text("target"),
                interval: call.interval(),
                as: call.actor
            )
            return try await created(id, call)
        },
    ]

    static let listings: [APIRoute] = [
        APIRoute(
            method: .get,
            path: "/listings/{listing}",
            operation: "getListing",
            summary: "Shows a listing",
            rights: .read,
            answers: [.init(status: 200, description: "The listing.", schema: "Listing")]
        ) { call in
            let detail = try await call.monitoring.watching.listing(call.id("listing"), as: call.actor)
            return .ok(JSON(listing: detail.listing))
        },
        APIRoute(
            method: .post,
            path: "/products/{product}/listings",
            operation: "addListing",
            summary: "Watches an address as another shop of a product; it is checked at once",
            rights: .write,
            body: APIBody(members: [addressMember, intervalMember]),
            answers: [.init(status: 201, description: "It is watched.", schema: "Listing", hasLocation: true)],
            problems: [409]
        ) { call in
            let id = try await call.monitoring.watching.addListing(
                call.text("url") ?? "",
                interval: call.interval(),
                to: call.id("product"),
                as: call.actor
            )
            let listing = try await call.monitoring.watching.listing(id, as: call.actor).listing
            return .created(JSON(listing: listing), at: "/listings/\(id)")
        },
        APIRoute(
            method: .delete,
            path: "/listings/{listing}",
            operation: "removeListing",
            summary: "Removes a shop of a product, with its history",
            rights: .write,
            answers: [.init(status: 204, description: "It is removed.")],
            problems: [409]
        ) { call in
            try await call.monitoring.watching.removeListing(call.id("listing"), as: call.actor)
            return .nothing
        },
        APIRoute(
            method: .patch,
            path: "/listings/{listing}",
            operation: "changeListing",
            summary: "Changes how often and when a listing is checked, or pauses and resumes it",
            rights: .write,
            body: APIBody(members: [
                intervalMember,
                .init(name: "paused", kind: .boolean, description: "A paused listing is checked only when asked."),
                .init(
                    name: "window",
                    kind: .object(schema: "WeeklyHours"),
                    isNullable: true,
                    description: "When it may be checked; null for at any time."
                ),
            ]),
            answers: [.init(status: 200, description: "The listing as it is now.", schema: "Listing")]
        ) { call in
            let id = try call.id("listing", of: Listing.self)
            if let interval = try call.interval() {
                try await call.monitoring.watching.setInterval(interval, of: id, as: call.actor)
            }
            if call.has("window") {
                try await call.monitoring.watching.setWindow(call.window(), of: id, as: call.actor)
            }
            if let isPaused = call.boolean("paused") {
                try await call.monitoring.watching.setPaused(isPaused, of: id, as: call.actor)
            }
            return .ok(JSON(listing: try await call.monitoring.watching.listing(id, as: call.actor).listing))
        },
        APIRoute(
            method: .post,
            path: "/listings/{listing}/check",
            operation: "checkListing",
            summary: "Checks a listing now, before all others",
            rights: .write,
            query: [
                .init(
                    name: "wait",
                    schema: ["type": "integer", "minimum": 0, "maximum": 60, "default": 0],
                    description: "How many seconds to wait for the result."
                )
            ],
            answers: [
                .init(status: 200, description: "The check has ended.", schema: "Check"),
                .init(status: 202, description: "The check is still running.", schema: "CheckStarted"),
            ],
            problems: [422]
        ) { call in
            let text = call.query["wait"]
            guard let wait = text.isEmpty ? 0 : Int(text), (0...60).contains(wait) else {
                throw RequestError.invalid(field: "wait", "“wait” must be a whole number of seconds, 0 to 60.")
            }
            let id = try call.id("listing", of: Listing.self)
            let job = try await call.monitoring.watching.checkNow(id, as: call.actor, request: call.request)
            let started = APIAnswer(status: 202, json: ["job": .string(job)])
            guard wait > 0 else { return started }
            let record = try await call.monitoring.watching.waitForCheck(
                job,
                of: id,
                upTo: .seconds(wait),
                as: call.actor
            )
            return record.map { .ok(JSON(check: $0)) } ?? started
        },
    ]
}

package import Model
import Queue
import SQL
import Store

extension Watching {
    /// Throws `.invalid` for `name`.
    package func rename(_ id: ID<Product>, to name: String, as actor: Actor) async throws {
        try actor.mayWrite()
        let name = try checked(name: name)
        try await database.transaction { connection in
            _ = try connection.product(id, of: actor)
            try connection.renameProduct(id, to: name)
        }
    }

    /// Listings, history and rules go with it.
    package func remove(_ id: ID<Product>, as actor: Actor) async throws {
        try actor.mayWrite()
        try await database.transaction { connection in
            _ = try connection.product(id, of: actor)
            try connection.deleteProduct(id)
        }
    }

    /// Replaces the product's target price; nil or empty text removes it.
    ///
    /// A price that is low enough already is told at the next check. Throws `.invalid` for `target`.
    package func setTarget(_ target: String?, of id: ID<Product>, as actor: Actor) async throws {
        try actor.mayWrite()
        let currency = try await database.read { connection in
            _ = try connection.product(id, of: actor)
            let listings = try connection.listings(of: id)
            return Best(listings)?.price.currency ?? listings.compactMap { $0.current?.price?.currency }.first
        }
        let goal = try TargetEntry.read(target, currency: currency)
        let now = now()
        try await database.transaction { connection in
            let product = try connection.product(id, of: actor)
            let kinds = try connection.rules(of: id).map(\.kind)
            // The same target again changes nothing: a rule that has fired is not armed by pressing “save”.
            if let goal, kinds.contains(.targetPrice(goal)) { return }
            try connection.deleteTargetPrices(of: id)
            guard let goal else { return }
            try connection.insert(
                Rule(id: .make(at: now), owner: product.owner, product: id, kind: .targetPrice(goal), since: now)
            )
        }
    }

    /// The next check moves to one interval after the last, or to when the listing may be checked then.
    ///
    /// Throws `.invalid` for `interval`.
    package func setInterval(_ interval: Duration, of id: ID<Listing>, as actor: Actor) async throws {
        try actor.mayWrite()
        let interval = try checked(interval: interval)
        let (now, times) = (now(), times)
        try await database.transaction { connection in
            let listing = try connection.listing(id, of: actor)
            let due = (listing.lastCheck ?? now) + interval
            let opening = times.opening(of: listing.window, from: max(due, now))
            try connection.setInterval(interval, of: id, due: opening)
        }
    }

    /// When a listing may be checked; nil for at any time.
    ///
    /// Counts at once: the next check moves into the window, or back to one interval after the last. “Check now” works all
    /// the same. Throws `.invalid` for `days`, `from`, `to` or `zone`.
    package func setWindow(_ entry: WeeklyHoursEntry?, of id: ID<Listing>, as actor: Actor) async throws {
        try actor.mayWrite()
        let chosen = try entry?.hours(zones: zones)
        // Always is no window.
        let window = chosen.flatMap { $0.days == .all && $0.from == $0.to ? nil : $0 }
        let (now, times) = (now(), times)
        try await database.transaction { connection in
            let listing = try connection.listing(id, of: actor)
            // The window of before may have moved it far away.
            let due = max(now, min(listing.due, (listing.lastCheck ?? now) + listing.interval))
            try connection.setWindow(window, of: id, due: times.opening(of: window, from: due))
        }
    }

    /// A paused listing is not checked until it is no longer paused; “check now” works all the same.
    package func setPaused(_ isPaused: Bool, of id: ID<Listing>, as actor: Actor) async throws {
        try actor.mayWrite()
        try await database.transaction { connection in
            _ = try connection.listing(id, of: actor)
            try connection.setPaused(isPaused, of: id)
        }
    }

    /// Asks for a check before all others; gives the job's id for `waitForCheck`.
    ///
    /// `request` is what the log calls whoever asked; the check's line names it too.
    package func checkNow(_ id: ID<Listing>, as actor: Actor, request: String? = nil) async throws -> String {
        try actor.mayWrite()
        let now = now()
        let listing = try await database.transaction { connection in
            let listing = try connection.listing(id, of: actor)
            try connection.setQueued(id, until: now + .minutes(1))
            return listing
        }
        let job = CheckJob(
            listing: listing.id,
            product: listing.product,
            url: listing.address.text,
            triggered: now,
            request: request,
            isScheduled: false
        )
        let new = try job.new(id: "check-\(listing.id)-now-\(now.milliseconds)", isUrgent: true)
        try await queue.add([new])
        return new.id
    }

    /// Waits for a check that `checkNow` asked for; nil when it is still running after `limit`.
    package func waitForCheck(
        _ job: String,
        of id: ID<Listing>,
        upTo limit: Duration,
        as actor: Actor
    ) async throws -> CheckRecord? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while true {
            let record = try await database.read { connection in
                _ = try connection.listing(id, of: actor)
                return try connection.check(job: job)
            }
            if record != nil || clock.now >= end { return record }
            // The worker may be another process, so there is nobody here to be woken by.
            try await clock.sleep(for: .milliseconds(100))
        }
    }
}

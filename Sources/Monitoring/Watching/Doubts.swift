package import Model
import SQL
import Store

/// Prices that wait for a person's word.
package struct Doubts: Sendable {
    let database: any Database
    let outbox: Outbox
    let times: OpeningTimes
    let settings: MonitoringSettings
    let now: @Sendable () -> Timestamp

    /// Newest first, at most 100.
    package func doubts(as actor: Actor) async throws -> [Doubt] {
        try await database.read { try $0.doubts(of: actor.account, limit: 100) }
    }

    /// How many there are, at most 100.
    package func count(as actor: Actor) async throws -> Int {
        try await database.read { try $0.countDoubts(of: actor.account, limit: 100) }
    }

    /// A person's word about a price that is doubted.
    ///
    /// It counts from now on, with everything that follows from it, or it is kept as wrong and not asked about again while
    /// it stays. Either way the listing's tolerance learns.
    /// Throws `.conflict` where it is not doubted any more.
    package func decide(_ id: ID<HistoryRun>, isRight: Bool, as actor: Actor) async throws {
        try actor.mayWrite()
        let (now, settings, times) = (now(), settings, times)
        let messages = try await database.transaction(.locking) { connection -> [ID<OutboxMessage>] in
            guard let found = try connection.doubt(id), found.listing.owner == actor.account,
                // Locks the listing, so that no check is written meanwhile.
                let known = try connection.knownListing(
                    found.listing.id,
                    job: "doubt-\(id)",
                    price: true,
                    rules: isRight
                ), known.lastRun?.id == id, known.lastRun?.standing == .suspect
            else {
                throw RequestError.conflict(
                    "This price is not doubted any more: it was answered already, or the shop was read again.",
                    existing: nil
                )
            }
            let run = found.run
            try learn(from: found, isRight: isRight, on: connection)
            guard isRight else {
                try connection.setStanding(.rejected, doubt: "You said that it is wrong.", of: run.summary)
                return []
            }
            try connection.setStanding(.accepted, doubt: nil, of: run.summary)
            var listing = known.listing
            let before = listing.current
            listing.current = Listing.Current(
                price: run.price,
                listPrice: run.listPrice,
                availability: run.availability,
                since: run.from
            )
            // The way it was read is right, too: it is not asked about again for being weak.
            listing.confirmedStrategy = run.strategy ?? listing.confirmedStrategy
            listing.lastNote = nil
            try connection.update(listing)
            try connection.setChanged(listing.product, at: now)
            let turn = RuleTurn(
                product: listing.product,
                read: listing.id,
                previous: before?.price,
                rules: known.rules,
                publicURL: settings.publicURL,
                times: times,
                now: now
            )
            return try turn.take(on: connection).filter { $0.heldUntil == nil }.map(\.id)
        }
        try await outbox.enqueue(messages)
    }

    private func learn(from doubt: Doubt, isRight: Bool, on connection: any Connection) throws {
        guard let before = doubt.believed, let price = doubt.run.price else { return }
        let learned = Tolerance.learned(
            from: before,
            to: price,
            wasRight: isRight,
            tolerance: doubt.listing.tolerance ?? settings.tolerance
        )
        if let learned { try connection.setTolerance(learned, of: doubt.listing.id) }
    }
}

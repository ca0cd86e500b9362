import FoundationEssentials
import Logging
import Model
import SQL
import Store
import TestSupport

/// Months of history for the screenshots, written into the database of an installation that does not run.
struct Past {
    /// What a shop asked for, from some days ago until the next step.
    struct Step {
        let daysAgo: Double
        /// In minor units; nil: it could not be bought.
        let minor: Int?
        var doubt: String?

        init(_ daysAgo: Double, _ minor: Int?, doubt: String? = nil) {
            self.daysAgo = daysAgo
            self.minor = minor
            self.doubt = doubt
        }
    }

    /// Oldest first, before the first point that the listing has.
    let steps: [Step]

    static func write(_ pasts: [String: Past], to path: String) async throws {
        let database = try SQLiteDatabase(path: path, logger: .quiet)
        let now = Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
        try await database.transaction { connection in
            for (listing, past) in pasts {
                guard let listing = try connection.listing(ID(listing)) else { continue }
                try past.write(to: connection, listing, now: now)
            }
        }
        await database.close()
    }

    private func write(to connection: any Connection, _ listing: Listing, now: Timestamp) throws {
        guard let first = try connection.lastRun(of: listing.id), let currency = first.price?.currency else { return }
        for (index, step) in steps.enumerated() {
            let from = now - .seconds(step.daysAgo * 86400)
            let end = index + 1 < steps.count ? now - .seconds(steps[index + 1].daysAgo * 86400) : first.from
            let checks = step.doubt == nil ? max(1, Int((end - from) / .hours(6))) : 1
            let run = HistoryRun(
                id: .make(at: from),
                listing: listing.id,
                from: from,
                to: step.doubt == nil ? end - .hours(6) : from,
                checks: checks,
                price: step.minor.map { Money(minor: $0, currency: currency) },
                listPrice: nil,
                availability: step.minor == nil ? .outOfStock : .inStock,
                standing: step.doubt == nil ? .accepted : .rejected,
                strategy: first.strategy,
                confidence: step.doubt == nil ? first.confidence : 0.55,
                evidence: first.evidence,
                doubt: step.doubt
            )
            try connection.insert(run)
        }
        for hours in stride(from: 60, to: 0, by: -6) {
            let record = CheckRecord(
                job: "past-\(listing.id)-\(hours)",
                listing: listing.id,
                at: now - .hours(hours),
                took: .milliseconds(180 + hours * 7 % 90),
                outcome: hours == 30 ? .timeout : .ok,
                status: hours == 30 ? nil : 200,
                price: hours == 30 ? nil : steps.last?.minor.map { Money(minor: $0, currency: currency) },
                standing: hours == 30 ? nil : .accepted,
                note: hours == 30 ? "The shop did not answer within 30 seconds." : nil
            )
            try connection.insert(record)
        }
    }
}

import Model
import SQL
package import Store

/// Tells people of checks that keep failing, and of their end.
///
/// What a check found stands in the database since its own transaction; here it becomes messages, in one transaction with
/// the state that says that they were written. So nothing is told twice and nothing is forgotten, whenever the process
/// dies, and listings that began to fail within a few checks of each other are told together. While a person is not to be
/// disturbed, nothing is written for them: what fails still when their quiet hours end is told then.
package struct FailureTelling: Sendable {
    let database: any Database
    let outbox: Outbox
    let times: OpeningTimes
    let settings: MonitoringSettings
    let now: @Sendable () -> Timestamp

    /// Writes the messages that are due; says how many.
    ///
    /// Throws `LostLeadership` when `term` is over; without a term it is up to the caller that nobody else does it.
    package func tell(in term: LeaderTerm? = nil) async throws -> Int {
        var count = 0
        for owner in try await database.read({ try $0.ownersWithNews() }) {
            let (now, policy, publicURL) = (now(), settings.failures, settings.publicURL)
            // Most turns find nothing new: those take no turn of the writer.
            let times = times
            let isNeeded = try await database.read { connection in
                guard times.quietEnd(of: try connection.quietHours(of: owner), at: now) == nil else { return false }
                return try connection.failurePlan(for: owner, policy: policy, now: now).plan != FailurePlan()
            }
            guard isNeeded else { continue }
            let messages = try await database.transaction { connection in
                if let term { try connection.require(term) }
                let (plan, channels) = try connection.failurePlan(for: owner, policy: policy, now: now)
                for listing in plan.listings { try connection.setFailing(of: listing) }
                for site in plan.sites { try connection.save(site) }
                var messages: [ID<OutboxMessage>] = []
                for news in plan.news {
                    let report = try FailureReport(news, on: connection, publicURL: publicURL, now: now)
                    for channel in channels { messages.append(try report.write(to: channel, on: connection)) }
                }
                return messages
            }
            count += messages.count
            try await outbox.enqueue(messages)
        }
        return count
    }
}

extension Connection {
    /// While a person has no channel nothing is told and nothing counts as told; what is over by then is no news.
    fileprivate func failurePlan(
        for owner: ID<Account>,
        policy: FailurePolicy,
        now: Timestamp
    ) throws -> (plan: FailurePlan, channels: [Channel]) {
        let channels = try channels(of: owner)
        let listings = try failingListings(of: owner)
        let isHeard = !channels.isEmpty
        let new = listings.filter { $0.failing?.state == .failing }.compactMap { $0.failing?.outcome.trouble }
        let plan = FailurePlan(
            FailurePlan.Situation(
                owner: owner,
                listings: isHeard ? listings : listings.filter { $0.failing?.isFailing == false },
                sites: isHeard ? try failingSites(of: owner) : [],
                watched: try watchedSites(of: owner),
                lastAnswer: new.contains(.connection) ? try lastAnswer(of: owner) : nil,
                lastReads: new.contains(where: \.isOfWholeSite) ? try lastReads(of: owner) : [:],
                policy: policy,
                now: now
            )
        )
        return (plan, channels)
    }
}

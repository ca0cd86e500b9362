import Model
package import SQL

/// A part that one process plays at a time.
package struct LeaderTerm: Hashable, Sendable {
    package let part: String
    /// Grows with each change of hands, so that what a former leader still does can be told from what the present one does.
    package let number: Int

    package init(part: String, number: Int) { (self.part, self.number) = (part, number) }

    /// Lets through what is done while this term lasts; throws `LostLeadership` for the rest.
    package func fence(_ database: any Database) -> Fence { Fence(database) { try $0.require(self) } }
}

/// The process that asked is not, or no longer, the one that acts.
package struct LostLeadership: Error, CustomStringConvertible {
    package var description: String { "Another process acts as scheduler now." }
}

extension Connection {
    /// Makes `holder` the leader where nobody else is, or extends its time; nil when another one leads.
    ///
    /// All times are the database's. One that `isGone` says is dead does not have to be waited for.
    package func lead(
        _ part: String,
        as holder: String,
        for lease: Duration,
        isGone: (_ holder: String) -> Bool
    ) throws -> LeaderTerm? {
        let now = try clockMilliseconds()
        let until = now + lease.wholeMilliseconds
        guard
            let row = try row("SELECT holder, term, until_at FROM leadership WHERE part = \(part) \(forUpdate)")
        else {
            // Of two that come here at once one waits for the other, and finds its row.
            let isFirst = try run(
                """
                INSERT INTO leadership (part, holder, term, until_at) VALUES (\(part), \(holder), 1, \(until))
                ON CONFLICT (part) DO NOTHING
                """
            )
            return isFirst > 0 ? LeaderTerm(part: part, number: 1) : nil
        }
        let (leader, term, end) = (try row.text("holder"), try row.int("term"), try row.int("until_at"))
        if leader == holder {
            try run("UPDATE leadership SET until_at = \(until) WHERE part = \(part)")
            return LeaderTerm(part: part, number: term)
        }
        guard end <= now || isGone(leader) else {
            // The clock was set back: nobody holds anything for longer than a lease.
            if end > until { try run("UPDATE leadership SET until_at = \(until) WHERE part = \(part)") }
            return nil
        }
        try run(
            "UPDATE leadership SET holder = \(holder), term = \(term + 1), until_at = \(until) WHERE part = \(part)"
        )
        return LeaderTerm(part: part, number: term + 1)
    }

    /// Lets others lead at once.
    package func resign(_ term: LeaderTerm) throws {
        try run("UPDATE leadership SET until_at = 0 WHERE part = \(term.part) AND term = \(term.number)")
    }

    /// Throws `LostLeadership` when another one has taken over; until the transaction ends, nobody does.
    package func require(_ term: LeaderTerm) throws {
        let row = try row("SELECT term FROM leadership WHERE part = \(term.part) \(forUpdate)")
        guard try row?.int("term") == term.number else { throw LostLeadership() }
    }
}

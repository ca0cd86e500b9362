package import Model
package import SQL

extension Connection {
    /// False when the account has a run of this due time already; then nothing is stored.
    package func insert(_ digestRun: DigestRun) throws -> Bool {
        try run(
            """
            INSERT INTO digest_run (
                id, account_id, due_at, cause, state, started_at, patience_until, closed_at, products, messages, note
            ) VALUES (
                \(digestRun.id), \(digestRun.owner), \(digestRun.due), \(digestRun.cause.rawValue),
                \(digestRun.state.rawValue), \(digestRun.started), \(digestRun.patience), \(digestRun.closed),
                \(digestRun.products), \(digestRun.messages), \(digestRun.note)
            )
            ON CONFLICT (account_id, due_at) DO NOTHING
            """
        ) > 0
    }

    package func digestRun(_ id: ID<DigestRun>) throws -> DigestRun? {
        try row("SELECT * FROM digest_run WHERE id = \(id)").map(DigestRun.init(row:))
    }

    /// Newest first.
    package func digestRuns(of owner: ID<Account>, limit: Int) throws -> [DigestRun] {
        try rows(
            "SELECT * FROM digest_run WHERE account_id = \(owner) ORDER BY started_at DESC, id DESC LIMIT \(limit)"
        ).map(DigestRun.init(row:))
    }

    /// Those that are still to be written, oldest first.
    package func openDigestRuns() throws -> [DigestRun] {
        try rows("SELECT * FROM digest_run WHERE state = 'checking' ORDER BY started_at, id").map(DigestRun.init(row:))
    }

    /// The account's run that is still to be written; nil when there is none.
    package func openDigestRun(of owner: ID<Account>) throws -> DigestRun? {
        try row(
            "SELECT * FROM digest_run WHERE account_id = \(owner) AND state = 'checking' ORDER BY started_at LIMIT 1"
        ).map(DigestRun.init(row:))
    }

    /// When the account's last report was written, tests apart; nil before the first.
    package func lastReport(of owner: ID<Account>) throws -> Timestamp? {
        try row(
            """
            SELECT MAX(closed_at) AS last FROM digest_run
             WHERE account_id = \(owner) AND state = 'written' AND cause <> 'test' AND messages > 0
            """
        )?.optionalTime("last")
    }

    /// Writes down how a run ended; false when another one did so before.
    package func close(_ digestRun: DigestRun) throws -> Bool {
        try run(
            """
            UPDATE digest_run
               SET state = \(digestRun.state.rawValue), closed_at = \(digestRun.closed),
                   products = \(digestRun.products), messages = \(digestRun.messages), note = \(digestRun.note)
             WHERE id = \(digestRun.id) AND state = 'checking'
            """
        ) > 0
    }

    package func deleteDigestRuns(before moment: Timestamp) throws {
        try run("DELETE FROM digest_run WHERE started_at < \(moment) AND state <> 'checking'")
    }

    /// Makes the account's listings due now that are not paused and were not looked at since `fresh`.
    ///
    /// Those that fail keep their longer pauses. The others are checked as if their time had come: with each shop's pauses, in their check times, and again if a job is
    /// lost.
    package func makeDue(listingsOf owner: ID<Account>, notCheckedSince fresh: Timestamp, now: Timestamp) throws {
        try run(
            """
            UPDATE listing SET due_at = \(now)
             -- The sum keeps SQLite from the index over what is due of all accounts.
             WHERE owner_id = \(owner) AND is_paused = 0 AND due_at + 0 > \(now)
               AND (last_check_at IS NULL OR last_check_at < \(fresh))
               AND (failing_state IS NULL OR failing_state = 'recovered')
            """
        )
    }

    /// Whether a listing of the account still is to be looked at that was not since `fresh`, and will be by `end`.
    package func hasUnchecked(listingsOf owner: ID<Account>, since fresh: Timestamp, until end: Timestamp) throws
        -> Bool
    {
        try row(
            """
            SELECT 1 AS found FROM listing
             WHERE owner_id = \(owner) AND is_paused = 0 AND due_at <= \(end)
               AND (last_check_at IS NULL OR last_check_at < \(fresh))
             LIMIT 1
            """
        ) != nil
    }

    /// How many listings of the account are not paused, and of how many of them `hasUnchecked` speaks.
    package func countUnchecked(listingsOf owner: ID<Account>, since fresh: Timestamp, until end: Timestamp) throws
        -> (listings: Int, unchecked: Int)
    {
        let row = try row(
            """
            SELECT COUNT(*) AS listings, COUNT(CASE
                       WHEN due_at <= \(end) AND (last_check_at IS NULL OR last_check_at < \(fresh)) THEN 1
                   END) AS unchecked
              FROM listing WHERE owner_id = \(owner) AND is_paused = 0
            """
        )
        return (try row?.int("listings") ?? 0, try row?.int("unchecked") ?? 0)
    }

    /// How the messages of these runs fared, by their keys.
    package func messageStates(keys: [String]) throws -> [String: OutboxMessage.State] {
        guard !keys.isEmpty else { return [:] }
        let found = try rows("SELECT idempotency_key, state FROM message WHERE idempotency_key IN \(list: keys)")
        return Dictionary(
            uniqueKeysWithValues: try found.map { (try $0.text("idempotency_key"), try $0.name("state")) }
        )
    }
}

extension DigestRun {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            owner: try row.id("account_id"),
            due: try row.time("due_at"),
            cause: try row.name("cause"),
            state: try row.name("state"),
            started: try row.time("started_at"),
            patience: try row.time("patience_until"),
            closed: try row.optionalTime("closed_at"),
            products: try row.optionalInt("products"),
            messages: try row.optionalInt("messages"),
            note: try row.optionalText("note")
        )
    }
}

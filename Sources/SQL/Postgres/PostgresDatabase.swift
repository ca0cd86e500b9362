import Dispatch
package import Logging
import Metrics

/// A database on a PostgreSQL server.
///
/// Transactions that conflict are run again until they succeed, and so are those whose connection was cut before they
/// were committed: their closures must have no effect but on the database. A server that starts again is waited for.
package final class PostgresDatabase: Database {
    package let engine = Engine.postgres
    package let name: String

    let address: PostgresAddress
    let settings: PostgresSettings
    let logger: Logger
    let troubles: PostgresTroubles
    private let pool: PostgresPool
    private let gate: Gate
    /// How long work waits for a server that is known to be away.
    private let patienceWhileAway: Duration
    private let transactionTime = Timer(label: "host_sql_transaction_seconds")
    private let waitTime = Timer(label: "host_sql_wait_seconds")
    private let retries = Counter(label: "host_sql_retries_total")
    private let inUse = Gauge(label: "host_sql_connections_in_use")
    private let waiting = Gauge(label: "host_sql_waiting")

    /// Connects to nothing yet: the first work does.
    package init(_ address: PostgresAddress, settings: PostgresSettings = PostgresSettings(), logger: Logger) {
        self.address = address
        self.settings = settings
        self.logger = logger
        name = address.name
        troubles = PostgresTroubles()
        pool = PostgresPool(most: settings.connections)
        gate = Gate()
        patienceWhileAway = settings.patience
    }

    private init(_ other: PostgresDatabase, patienceWhileAway: Duration) {
        (address, settings, logger, name) = (other.address, other.settings, other.logger, other.name)
        (troubles, pool, gate) = (other.troubles, other.pool, other.gate)
        self.patienceWhileAway = patienceWhileAway
    }

    /// The same database, with the same connections, for whom somebody waits: does not wait longer than `limit` for a
    /// server that is known to be away.
    package func impatient(_ limit: Duration) -> PostgresDatabase {
        PostgresDatabase(self, patienceWhileAway: limit)
    }

    package func hurry() { troubles.hurry() }

    /// How busy the connections are.
    package var use: PoolUse { pool.use }

    package func read<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await perform(Self.beginReading, work)
    }

    private static let beginReading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    package func transaction<T: Sendable>(
        _ isolation: Isolation,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let start = ContinuousClock.now
        defer { transactionTime.record(duration: .now - start) }
        switch isolation {
        case .serializable: return try await perform("BEGIN ISOLATION LEVEL SERIALIZABLE", work)
        case .locking: return try await perform("BEGIN ISOLATION LEVEL READ COMMITTED", work)
        }
    }

    package func probe() async throws { _ = try await read { try $0.row("SELECT 1 AS one") } }

    /// PostgreSQL's own autovacuum does what there is to do.
    package func maintain() async throws { try await probe() }

    package func close() async {
        await gate.close()
        await pool.close()
    }

    private func perform<T: Sendable>(
        _ begin: String,
        _ work: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try gate.enter()
        defer { gate.leave() }
        var tries = Tries(patience: settings.patience)
        while true {
            let outcome = try await attempt(begin, work, tries)
            switch outcome {
            case .done(let value): return value
            case .failed(let error): throw error
            case .conflict(let failure):
                guard let pause = tries.pause(after: failure, until: end(of: tries)) else {
                    throw SQLError(failure, database: name)
                }
                retries.increment()
                try await Task.sleep(for: pause)
            }
        }
    }

    /// Until when it is tried.
    private func end(of tries: Tries) -> ContinuousClock.Instant {
        guard troubles.isAway else { return tries.end }
        return troubles.patience(until: min(tries.end, tries.start + patienceWhileAway))
    }

    /// How one run of a closure ended.
    private enum Outcome<T: Sendable>: Sendable {
        case done(T)
        case failed(any Error)
        /// It may succeed when it is run again.
        case conflict(PostgresFailure)
    }

    private func attempt<T: Sendable>(
        _ begin: String,
        _ work: @escaping @Sendable (any Connection) throws -> T,
        _ tries: Tries
    ) async throws -> Outcome<T> {
        let (start, end) = (ContinuousClock.now, end(of: tries))
        guard let slot = await pool.take(upTo: max(end - .now, .zero)) else {
            throw SQLError.crowded(
                "All \(settings.connections) connections to the database “\(name)” were in use for "
                    + "\(settings.patience.components.seconds) s. Try again; where that happens often, set database.connections "
                    + "higher."
            )
        }
        noteUse()
        defer {
            pool.giveBack(slot)
            noteUse()
        }
        waitTime.record(duration: .now - start)
        return await slot.perform { [self] link in
            let usable: PostgresLink
            do throws(PostgresFailure) {
                usable = try use(&link, until: end)
            } catch {
                return connectFailure(error)
            }
            return tries.isUnlucky
                ? takeTurn(on: usable) { run(work, begin, on: usable) } : run(work, begin, on: usable)
        }
    }

    /// Lets those that keep conflicting with each other run one after another: else the same row, wanted by many, might
    /// be had by nobody for long.
    private func takeTurn<T: Sendable>(on link: PostgresLink, _ run: () -> Outcome<T>) -> Outcome<T> {
        let subject = "hashtextextended(current_schema() || ' conflict', 0)"
        do throws(PostgresFailure) {
            let end = ContinuousClock.now + settings.answerLimit
            _ = try link.run([PostgresCommand("SELECT pg_advisory_lock(\(subject))")], until: end)
        } catch {
            return isWorthRetrying(error) ? .conflict(error) : .failed(SQLError(error, database: name))
        }
        let outcome = run()
        // With a connection that was cut it is given back by the server.
        if link.isUsable {
            let end = ContinuousClock.now + settings.answerLimit
            _ = try? link.run([PostgresCommand("SELECT pg_advisory_unlock(\(subject))")], until: end)
        }
        return outcome
    }

    private func noteUse() {
        let use = pool.use
        inUse.record(use.lent)
        waiting.record(use.waiting)
    }

    /// The slot's connection, made anew where there is none or it was cut.
    private func use(_ link: inout PostgresLink?, until end: ContinuousClock.Instant) throws(PostgresFailure)
        -> PostgresLink
    {
        if let link, link.isUsable { return link }
        // A server that can't be reached is not asked by everybody at once.
        if let failure = troubles.failure { throw failure }
        do throws(PostgresFailure) {
            // One that does not answer must leave time for another try.
            let patience = min(max(end - .now, .milliseconds(100)), settings.longestConnecting)
            let fresh = try PostgresLink(address, settings: settings, troubles: troubles, patience: patience)
            troubles.clear()
            link = fresh
            return fresh
        } catch {
            if error.isOfServer { troubles.note(error) }
            throw error
        }
    }

    private func connectFailure<T>(_ failure: PostgresFailure) -> Outcome<T> {
        if let error = Self.shut(failure, address) { return .failed(error) }
        return failure.isOfServer ? .conflict(failure) : .failed(SQLError(failure, database: name))
    }

    private func run<T: Sendable>(
        _ work: (any Connection) throws -> T,
        _ begin: String,
        on link: PostgresLink
    ) -> Outcome<T> {
        let session = PostgresSession(
            link: link,
            begin: begin,
            isReadOnly: begin == Self.beginReading,
            answerLimit: settings.answerLimit,
            database: name
        )
        let value: T
        do {
            value = try work(PostgresConnection(session: session))
        } catch {
            session.rollback()
            // Only what the server itself refused is worth another try: the closure's own errors are answers.
            guard let failure = session.failure, isWorthRetrying(failure) else { return .failed(error) }
            return .conflict(failure)
        }
        do throws(PostgresFailure) {
            try session.commit()
            return .done(value)
        } catch {
            session.rollback()
            if session.failure == nil, let why = error.endOfConnection {
                // What was read was read; there is nothing to store.
                if begin == Self.beginReading { return .done(value) }
                return .failed(
                    SQLError.uncertain(
                        "The connection to the database “\(name)” was cut while a change was being stored (\(why)): "
                            + "nobody knows whether it was. Look before you do it again."
                    )
                )
            }
            return isWorthRetrying(error) ? .conflict(error) : .failed(SQLError(error, database: name))
        }
    }

    private func isWorthRetrying(_ failure: PostgresFailure) -> Bool {
        switch failure {
        case .lost: true
        case .refused(let refusal): refusal.isWorthRetrying || refusal.endsConnection
        }
    }
}

/// How often and how long one piece of work is tried.
private struct Tries {
    let start = ContinuousClock.now
    let end: ContinuousClock.Instant
    private var count = 0
    private var duplicates = 0

    init(patience: Duration) { end = start + patience }

    /// Whether chance alone did not help.
    var isUnlucky: Bool { count >= 3 }

    /// How long to wait before the next try; nil when there is none.
    mutating func pause(after failure: PostgresFailure, until end: ContinuousClock.Instant) -> Duration? {
        count += 1
        if case .refused(let refusal) = failure, refusal.code == "23505" {
            // Run again, the work sees the other one's row and says what it says then; twice, it is simply a duplicate.
            duplicates += 1
            guard duplicates == 1 else { return nil }
        }
        // By chance, so that two that met do not meet again.
        let pause = Duration.milliseconds(Double.random(in: 0...Double(1 << min(count, 7))))
        return .now + pause < end ? pause : nil
    }
}

import Model
import SQL

/// The times of the queue.
struct QueueClock: Sendable {
    private let given: (@Sendable () -> Timestamp)?
    /// Counts evenly, whatever is done to the clock of the machine.
    let elapsed: @Sendable () -> Duration

    init(now: (@Sendable () -> Timestamp)?, elapsed: (@Sendable () -> Duration)?) {
        given = now
        if let elapsed {
            self.elapsed = elapsed
        } else if let now {
            self.elapsed = { now() - Timestamp(milliseconds: 0) }
        } else {
            let start = ContinuousClock.now
            self.elapsed = { ContinuousClock.now - start }
        }
    }

    /// The database's clock, so that a process whose own is wrong neither steals jobs nor loses them.
    func now(_ connection: any Connection) throws -> Timestamp {
        if let given { return given() }
        return Timestamp(milliseconds: try connection.clockMilliseconds())
    }
}

import Logging

/// Whether a loop's work fails at the moment: said once when it begins and once when it is over, however long it lasts.
struct Trouble {
    let logger: Logger
    /// Completes the log's sentences: `take jobs`.
    let work: String
    private var failures = 0

    init(_ work: String, logger: Logger) {
        self.work = work
        self.logger = logger
    }

    /// How long to wait before the next try: 0.5 s, 1 s, 2 s … 10 s.
    mutating func happened(_ error: any Error) -> Duration {
        failures += 1
        if failures == 1 {
            logger.error("Cannot \(work) at the moment; trying again.", metadata: ["error": "\(error)"])
        }
        return min(.milliseconds(500) * (1 << min(failures - 1, 5)), .seconds(10))
    }

    mutating func isOver() {
        guard failures > 0 else { return }
        logger.notice("Can \(work) again.", metadata: ["failures": "\(failures)"])
        failures = 0
    }
}

import Logging
import Model
import Synchronization

/// Keeps checks inside the windows that people set.
final class OpeningTimes: Sendable {
    private let zones: ZoneSource
    private let logger: Logger
    private let complained = Mutex<Set<String>>([])

    init(zones: @escaping ZoneSource, logger: Logger) {
        self.zones = zones
        self.logger = logger
    }

    /// `moment` where the window is open then, or there is none; else when it opens next.
    ///
    /// A zone that was there when the window was set and cannot be read any more does not stop checks: the listing is
    /// checked at any time, and the log says so once.
    func opening(of window: CheckWindow?, from moment: Timestamp) -> Timestamp {
        guard let window else { return moment }
        do {
            return window.opening(from: moment, in: try zones(window.zone))
        } catch {
            if complained.withLock({ $0.insert(window.zone).inserted }) {
                logger.warning(
                    "A time zone cannot be read: listings with check times by its clock are checked at any time.",
                    metadata: ["zone": "\(window.zone)", "error": "\(error)"]
                )
            }
            return moment
        }
    }
}

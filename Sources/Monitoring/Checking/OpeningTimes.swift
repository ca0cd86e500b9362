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

    /// When a person may be told who is left alone in `hours`; nil for at once.
    func quietEnd(of hours: WeeklyHours?, at moment: Timestamp) -> Timestamp? {
        guard let hours else { return nil }
        do {
            return hours.closing(after: moment, in: try zones(hours.zone))
        } catch {
            complain(hours.zone, error)
            return nil
        }
    }

    /// nil for none, and for one that cannot be read any more.
    func zone(_ name: String?) -> Zone? {
        guard let name else { return nil }
        do {
            return try zones(name)
        } catch {
            complain(name, error)
            return nil
        }
    }

    /// `moment` where the window is open then, or there is none; else when it opens next.
    ///
    /// A zone that was there when the window was set and cannot be read any more does not stop checks: the listing is
    /// checked at any time, and the log says so once.
    func opening(of window: WeeklyHours?, from moment: Timestamp) -> Timestamp {
        guard let window else { return moment }
        do {
            return window.opening(from: moment, in: try zones(window.zone))
        } catch {
            complain(window.zone, error)
            return moment
        }
    }

    private func complain(_ zone: String, _ error: any Error) {
        guard complained.withLock({ $0.insert(zone).inserted }) else { return }
        logger.warning(
            "A time zone cannot be read: check times and quiet hours by its clock do not count.",
            metadata: ["zone": "\(zone)", "error": "\(error)"]
        )
    }
}

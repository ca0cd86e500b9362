package import Model

/// What a person who runs an installation can decide about watching.
package struct MonitoringSettings: Hashable, Sendable {
    /// Where people reach the pages, for links in messages, without a slash at its end; nil leaves the links out.
    package var publicURL: String?
    /// The time between two checks of a listing for which nobody chose one.
    package var standardInterval: Duration = .hours(6)
    /// Nobody may choose a shorter interval: it is other people's shop.
    package var minimumInterval: Duration = .minutes(5)
    /// How far a price may move between two readings before it needs a second look: 0.4 is 40 %.
    package var tolerance = 0.4
    /// How soon a doubted price is looked at again.
    package var secondLook: Duration = .minutes(2)
    /// Whether people are asked about a doubted price that would be told if it were believed.
    package var asksAboutDoubts = true
    /// How long lines of the check log are kept.
    ///
    /// History is kept for ever.
    package var keepChecks: Duration = .days(90)
    /// How long the price history is kept at least; nil for ever.
    package var keepHistory: Duration?
    /// What names this build of the program: pages that did not change since another one read them are read again.
    package var program = ""
    /// How long a report waits for the checks of its products before it says what is known.
    package var digestPatience: Duration = .minutes(30)
    /// A report that is due for longer, since nobody was there to make it, is left out.
    package var digestLateness: Duration = .hours(6)
    /// When failing checks are told.
    package var failures = FailurePolicy()

    package init() {}

    /// The longest interval that can be chosen.
    package static let maximumInterval: Duration = .days(30)

    package var intervals: ClosedRange<Duration> { minimumInterval...max(minimumInterval, Self.maximumInterval) }
}

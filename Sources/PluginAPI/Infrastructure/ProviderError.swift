/// Why a provider could not read or do something; holds no secret.
package struct ProviderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Whether the same call may work when it is made again.
    package enum Retry: Hashable, Sendable {
        /// Not before a person changes something.
        case never
        /// It may, after this time; nil where nobody said how long. The provider has tried for a while already.
        case later(after: Duration?)
    }

    /// What it is about, as a sentence begins: `The droplet “pma-staging-1f3a9c”`.
    package let thing: String
    /// Completes the sentence that begins with `thing`, without a full stop: `could not be made (422): no such size`.
    package let problem: String
    /// What to do, one or more sentences.
    package let remedy: String
    /// Whether the same call may work when it is made again.
    package let retry: Retry

    /// Each value as its property says.
    package init(_ thing: String, _ problem: String, remedy: String, retry: Retry = .never) {
        self.thing = thing
        self.problem = problem
        self.remedy = remedy
        self.retry = retry
    }

    /// The task was cancelled: nothing is wrong, and what was done so far is found by the next survey.
    package static let cancelled = ProviderError(
        "The work",
        "was interrupted",
        remedy: "Run the command again: it goes on from what is there.",
        retry: .later(after: nil)
    )

    /// As people read it.
    package var description: String { "\(thing) \(problem). \(remedy)" }
}

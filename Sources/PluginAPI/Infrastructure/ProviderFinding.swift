/// Something that a person has to know or to solve, with what to do.
package struct ProviderFinding: Hashable, Sendable, CustomStringConvertible {
    /// How much it matters.
    package enum Weight: String, Hashable, Sendable {
        /// Nothing can be done before it is solved.
        case blocking
        /// It works, but not as requested.
        case warning
        /// Good to know.
        case note
    }

    /// How much it matters.
    package let weight: Weight
    /// What it is about, as a sentence begins: `The size “s-9vcpu”`.
    package let thing: String
    /// Completes the sentence that begins with `thing`, without a full stop: `is not offered in “syd1”`.
    package let problem: String
    /// What to do, one or more sentences.
    package let remedy: String

    /// Each value as its property says.
    package init(_ weight: Weight, _ thing: String, _ problem: String, remedy: String) {
        self.weight = weight
        self.thing = thing
        self.problem = problem
        self.remedy = remedy
    }

    /// As people read it.
    package var description: String { "\(thing) \(problem). \(remedy)" }
}

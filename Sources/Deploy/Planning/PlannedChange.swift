/// One thing that the deployer would do, as it stands in a plan.
package struct PlannedChange: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case create, change, destroy
        /// Only a person can do it, and all else can go on meanwhile.
        case person
        /// Only a person can do it, and before that nothing is done.
        case obstacle

        /// What stands before it in a plan that people read.
        package var mark: String {
            switch self {
            case .create: "+"
            case .change: "~"
            case .destroy: "-"
            case .person, .obstacle: "!"
            }
        }
    }

    /// Whether the deployer leaves it alone.
    package var isForPerson: Bool { kind == .person || kind == .obstacle }

    /// What the stage knows it by: `firewall`; the same in every plan.
    package let id: String
    package let kind: Kind
    /// What is made, changed or taken away, with what matters of it: `droplet pma-production, s-2vcpu-4gb in syd1`.
    package let what: String
    /// Why, as one sentence: what is wanted and what is there.
    package let why: String
    /// What it will cost, as people say it: `24 USD a month`; nil where nobody knows or it costs nothing.
    package let cost: String?

    /// All that is wanted, for the plan's fingerprint alone: what stands in `what` need not stand here too.
    ///
    /// It is the same as long as the same is wanted, whatever is there. It holds no secret; where one is wanted, it holds what
    /// tells two apart and lets nobody guess at either.
    package let wanted: String

    package init(id: String, kind: Kind, what: String, why: String, cost: String? = nil, wanted: String = "") {
        self.id = id
        self.kind = kind
        self.what = what
        self.why = why
        self.cost = cost
        self.wanted = wanted
    }
}

package import Model

/// What a provider found.
package struct MachineSurvey: Hashable, Sendable {
    /// The machine with the request's mark; nil where there is none yet.
    package var machine: Machine?
    /// What has still to be done, in order; empty where everything is as requested.
    package var changes: [MachineChange]
    /// What only a person can solve (`!` in a plan).
    package var findings: [ProviderFinding]

    /// Each value as its property says.
    package init(machine: Machine? = nil, changes: [MachineChange] = [], findings: [ProviderFinding] = []) {
        self.machine = machine
        self.changes = changes
        self.findings = findings
    }

    /// Whether a finding forbids to begin.
    package var isBlocked: Bool { findings.contains { $0.weight == .blocking } }
}

/// A machine as its provider describes it at this moment.
package struct Machine: Hashable, Sendable {
    /// Whether it can be reached.
    package enum State: Hashable, Sendable {
        /// It is being made or started.
        case starting
        /// It runs.
        case running
        /// It is off, or put aside.
        case stopped
        /// Something else, in the provider's word.
        case other(String)
    }

    /// One thing to show to a person: `Region`, `syd1`.
    package struct Fact: Hashable, Sendable {
        /// One or two words.
        package let name: String
        /// One line.
        package let value: String

        /// Each value as its property says.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The provider's own name for it.
    package let id: String
    /// Whether it can be reached.
    package let state: State
    /// Where it may be reached, the most likely first; never stored, for they change.
    package let addresses: [String]
    /// In the order in which they are shown.
    package let facts: [Fact]

    /// Each value as its property says.
    package init(id: String, state: State, addresses: [String], facts: [Fact] = []) {
        self.id = id
        self.state = state
        self.addresses = addresses
        self.facts = facts
    }
}

/// One thing that a provider can do to come nearer to what was requested.
package struct MachineChange: Hashable, Sendable, Codable {
    /// What happens, as the sign that a plan shows.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// Something new is made.
        case create = "+"
        /// Something that is there becomes otherwise.
        case change = "~"
        /// Something goes, and what it holds with it.
        case destroy = "-"
    }

    /// What is otherwise than it should be.
    package struct Drift: Hashable, Sendable, Codable {
        /// What is there, one line.
        package let from: String
        /// What is requested, one line.
        package let to: String

        /// Each value as its property says.
        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    /// Names the change for `perform` and in journals, the same in every survey: `firewall`, `droplet`.
    ///
    /// Words of lowercase letters and digits, joined by dashes; never changed, for journals hold it.
    package let id: String
    /// What happens.
    package let kind: Kind
    /// What is made, changed or destroyed, one line: `the firewall “pma-staging-1f3a9c”`.
    package let what: String
    /// Why, one sentence.
    package let why: String
    /// What is otherwise than it should be; nil for what is new or goes.
    package let drift: Drift?
    /// What it adds to a month's bill, an estimate; nil where that is nothing or not known.
    package let monthly: Money?
    /// All that is wanted, the same whatever is there, without secrets; it tells two plans apart and is not shown.
    package let wanted: String

    /// Each value as its property says; without a `wanted` it is what the drift leads to.
    package init(
        _ id: String,
        _ kind: Kind,
        what: String,
        why: String,
        drift: Drift? = nil,
        monthly: Money? = nil,
        wanted: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.what = what
        self.why = why
        self.drift = drift
        self.monthly = monthly
        self.wanted = wanted ?? drift?.to ?? ""
    }
}

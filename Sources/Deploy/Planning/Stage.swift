/// One part of an environment that can be looked at and brought to what is wanted: its machine, the way into it.
///
/// Stages build on each other in the order of their list. A stage keeps nothing of what it saw: every survey looks
/// afresh, since another hand may have changed what is there.
package protocol Stage: Sendable {
    /// As people and the journal know it: `machine`.
    var name: String { get }
    /// Looks at what is there; changes nothing.
    func survey() async throws -> StageSurvey
    /// What the stage would do where nothing is there yet, in the words that a survey would have then.
    func outlook() -> [PlannedChange]
    /// What can be looked at before the stages above are done: obstacles that had better be known before they are.
    func precheck() async throws -> [PlannedChange]
    /// Makes one of the changes that the last survey listed, and returns when it is done; one that is done already is
    /// fine.
    ///
    /// `say` takes what is being waited for, for a person who watches.
    func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws
    /// Takes away what the stage made; by far the most need nothing, since it goes with the machine.
    func removal() async throws -> [PlannedChange]
}

extension Stage {
    package func outlook() -> [PlannedChange] { [] }
    package func precheck() async throws -> [PlannedChange] { [] }
    package func removal() async throws -> [PlannedChange] { [] }
}

/// What a stage found.
package struct StageSurvey: Hashable, Sendable {
    /// What there is to say of what is there: `address` and `203.0.113.7`.
    package let facts: [Fact]
    /// What is still to be done, in order; empty where all is as it should be.
    package let changes: [PlannedChange]
    /// Why the stages after it can't be looked at yet; nil where they can.
    package let obstacle: String?
    /// Whether there can be nothing yet of what the stages after it look for, so that they would make all of it.
    package let isBeforeAll: Bool

    package struct Fact: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        facts: [Fact] = [],
        changes: [PlannedChange] = [],
        obstacle: String? = nil,
        isBeforeAll: Bool = false
    ) {
        self.facts = facts
        self.changes = changes
        self.obstacle = obstacle
        self.isBeforeAll = isBeforeAll
    }
}

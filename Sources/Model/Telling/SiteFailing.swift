/// Several listings of one person at one shop that fail for the same kind of reason, told as one.
package struct SiteFailing: Hashable, Sendable {
    package let id: ID<SiteFailing>
    package let owner: ID<Account>
    /// The shop's host name without `www.`; empty for most of a person's shops at once.
    package let site: String
    package let trouble: Trouble
    package private(set) var state: State
    /// When the first of the listings began to fail.
    package private(set) var since: Timestamp
    /// When the last message about it was written.
    package private(set) var told: Timestamp
    /// How many messages were written; part of their keys.
    package private(set) var tellings: Int
    /// When one of the listings was read again; nil while none was since it was told.
    package var readAgain: Timestamp?

    package enum State: String, Hashable, Sendable, CaseIterable {
        case failing, over
    }

    package init(
        id: ID<SiteFailing>,
        owner: ID<Account>,
        site: String,
        trouble: Trouble,
        state: State = .failing,
        since: Timestamp,
        told: Timestamp,
        tellings: Int = 1,
        readAgain: Timestamp? = nil
    ) {
        self.id = id
        self.owner = owner
        self.site = site
        self.trouble = trouble
        self.state = state
        self.since = since
        self.told = told
        self.tellings = tellings
        self.readAgain = readAgain
    }

    /// Begins, again or with more listings than were told before.
    mutating func tell(since: Timestamp, at now: Timestamp) {
        if state == .over { self.since = since }
        state = .failing
        told = now
        tellings += 1
        readAgain = nil
    }

    mutating func end() {
        state = .over
        tellings += 1
    }
}

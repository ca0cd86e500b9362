/// Which of an account's products a list shows, and in which order.
package struct ProductSelection: Hashable, Sendable {
    package enum Order: String, Hashable, Sendable, CaseIterable {
        /// The one added last comes first.
        case newest
        /// By name, capitals and small letters of the Latin alphabet alike.
        case name
        /// The one whose price or availability moved last comes first.
        case changed
    }

    package enum Filter: String, Hashable, Sendable, CaseIterable {
        /// The target price was reached.
        case target
        /// The last checks of a listing failed in a row.
        case failing
    }

    package var order: Order
    package var filter: Filter?
    /// Part of the name or of a listing's address; empty for all.
    package var search: String

    package init(order: Order = .newest, filter: Filter? = nil, search: String = "") {
        self.order = order
        self.filter = filter
        self.search = search
    }
}

import Model
import Monitoring

/// When a listing may be checked: a form in `product.mustache`.
struct WindowView: Sendable {
    /// Where the form is sent.
    let action: String
    let hours: WeeklyHoursView
    /// Whether there is one that can be removed.
    let isSet: Bool
    /// Whether the form is seen at once.
    let isOpen: Bool

    /// What a person typed that could not be used.
    struct Entry: Sendable {
        let listing: ID<Listing>
        let window: WeeklyHoursEntry
    }

    /// `zone` is offered where none was chosen.
    init(_ listing: Listing, entry: Entry?, problem: RequestError?, zone: String) {
        let typed = entry?.listing == listing.id ? entry?.window : nil
        action = "/products/\(listing.product)/listings/\(listing.id)/window"
        hours = WeeklyHoursView(
            key: listing.id.text,
            listing.window,
            entry: typed,
            problem: problem,
            offered: WeeklyHoursEntry(days: .workdays, from: 8 * 60, to: 20 * 60, zone: zone)
        )
        isSet = listing.window != nil
        isOpen = typed != nil
    }
}

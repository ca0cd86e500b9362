import Model
import Monitoring

/// When a listing may be checked: a form in `product.mustache`.
struct WindowView: Sendable {
    /// Keeps ids of elements apart.
    let key: String
    /// Where the form is sent.
    let action: String
    let days: [DayView]
    /// As `<input type="time">` wants it: `08:00`.
    let from: String
    let to: String
    let zone: String
    /// Whether there is one that can be removed.
    let isSet: Bool
    /// Whether the form is seen at once.
    let isOpen: Bool
    /// What is wrong with what was typed.
    let problem: ProblemView?
    let isZoneWrong: Bool

    /// A day of the week to be chosen.
    struct DayView: Sendable, Hashable {
        let id: String
        let word: String
        let name: String
        let isChosen: Bool
    }

    /// A sentence with the id of its element.
    struct ProblemView: Sendable, Hashable {
        let id: String
        let sentence: String
    }

    /// What a person typed that could not be used.
    struct Entry: Sendable {
        let listing: ID<Listing>
        let window: WindowEntry
    }

    private static let fields: Set<String> = ["days", "from", "to", "zone"]

    /// `zone` is offered where none was chosen.
    init(_ listing: Listing, entry: Entry?, problem: RequestError?, zone: String) {
        let typed = entry?.listing == listing.id ? entry?.window : nil
        let window = listing.window
        let chosen = typed?.days ?? (window?.days ?? .workdays).words
        let key = listing.id.text
        self.key = key
        action = "/products/\(listing.product)/listings/\(listing.id)/window"
        days = Weekdays.named.map { word, name, _ in
            DayView(id: "day-\(word)-\(key)", word: word, name: name, isChosen: chosen.contains(word))
        }
        from = typed?.from ?? CheckWindow.clock(window?.from ?? 8 * 60)
        to = typed?.to ?? CheckWindow.clock(window?.to ?? 20 * 60)
        self.zone = typed?.zone ?? window?.zone ?? zone
        isSet = window != nil
        isOpen = typed != nil
        let wrong = typed == nil ? nil : Self.fields.first { problem?.sentence(for: $0) != nil }
        self.problem = wrong.flatMap { problem?.sentence(for: $0) }
            .map { ProblemView(id: "window-problem-\(key)", sentence: $0) }
        isZoneWrong = wrong == "zone"
    }
}

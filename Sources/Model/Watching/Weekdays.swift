/// Some days of the week.
package struct Weekdays: OptionSet, Hashable, Sendable {
    /// A bit for each day; bit 0 is Sunday.
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue & 0x7f }

    /// One day; 0 is Sunday.
    package init(weekday: Int) { self.init(rawValue: 1 << weekday) }

    package static let all = Weekdays(rawValue: 0x7f)
    package static let workdays = Weekdays(rawValue: 0x3e)

    /// The days in the order of calendars, with the word that forms and scripts use.
    package static let named: [(word: String, name: String, day: Weekdays)] = [
        ("mon", "Mon", .init(weekday: 1)), ("tue", "Tue", .init(weekday: 2)), ("wed", "Wed", .init(weekday: 3)),
        ("thu", "Thu", .init(weekday: 4)), ("fri", "Fri", .init(weekday: 5)), ("sat", "Sat", .init(weekday: 6)),
        ("sun", "Sun", .init(weekday: 0)),
    ]

    /// Those that are in it, Monday first: `mon`, `tue`.
    package var words: [String] { Self.named.filter { contains($0.day) }.map(\.word) }

    /// As people read it: `Mon–Fri`, `Tue, Thu, Sat–Sun`; empty for none.
    package var text: String {
        var groups: [[String]] = [[]]
        for (_, name, day) in Self.named {
            if contains(day) { groups[groups.count - 1].append(name) } else { groups.append([]) }
        }
        return groups.compactMap { group in
            guard let first = group.first, let last = group.last else { return nil }
            return group.count == 1 ? first : "\(first)–\(last)"
        }.joined(separator: ", ")
    }
}

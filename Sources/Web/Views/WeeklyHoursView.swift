import Model
import Monitoring

/// The fields for hours of the week, in a form for check times or quiet hours: `hours-fields.mustache`.
struct WeeklyHoursView: Sendable, Hashable {
    /// Keeps ids of elements apart.
    let key: String
    let days: [Day]
    /// As `<input type="time">` wants it: `08:00`.
    let from: String
    let to: String
    let zone: String
    /// What is wrong with what was typed; nil for nothing.
    let problem: Problem?
    let isZoneWrong: Bool

    /// A day of the week to be chosen.
    struct Day: Sendable, Hashable {
        let id: String
        let word: String
        let name: String
        let isChosen: Bool
    }

    /// A sentence with the id of its element.
    struct Problem: Sendable, Hashable {
        let id: String
        let sentence: String
    }

    private static let fields = ["days", "from", "to", "zone"]

    /// `entry` is what a person typed that could not be used; `offered` is shown where neither it nor `hours` is there.
    init(
        key: String,
        _ hours: WeeklyHours?,
        entry: WeeklyHoursEntry?,
        problem: RequestError?,
        offered: WeeklyHoursEntry
    ) {
        let shown = entry ?? hours.map(WeeklyHoursEntry.init) ?? offered
        self.key = key
        days = Weekdays.named.map { word, name, _ in
            Day(id: "day-\(word)-\(key)", word: word, name: name, isChosen: shown.days.contains(word))
        }
        (from, to, zone) = (shown.from, shown.to, shown.zone)
        let wrong = entry == nil ? nil : Self.fields.first { problem?.sentence(for: $0) != nil }
        self.problem = wrong.flatMap { problem?.sentence(for: $0) }
            .map { Problem(id: "hours-problem-\(key)", sentence: $0) }
        isZoneWrong = wrong == "zone"
    }
}

extension WeeklyHoursEntry {
    /// What is kept, as the form shows it.
    init(_ hours: WeeklyHours) {
        self.init(days: hours.days, from: hours.from, to: hours.to, zone: hours.zone)
    }

    /// `from` and `to` are minutes after midnight.
    init(days: Weekdays, from: Int, to: Int, zone: String) {
        self.init(days: days.words, from: TimeOfDay.text(from), to: TimeOfDay.text(to), zone: zone)
    }
}

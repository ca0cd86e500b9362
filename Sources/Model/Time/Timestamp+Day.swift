extension Timestamp {
    /// The end of a day by UTC, which is written `2026-12-24`; nil for anything else.
    package init?(endOfDay text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy(\.isASCIIDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
            (1...CivilDate.daysInMonth(month, year: year)).contains(day)
        else { return nil }
        self.init(milliseconds: (CivilDate.day(year: year, month: month, day: day) + 1) * 86_400_000)
    }

    /// The day by UTC, as `init(endOfDay:)` reads it: `2026-12-24`.
    package var dayDigits: String { String(iso8601.prefix { $0 != "T" }) }
}

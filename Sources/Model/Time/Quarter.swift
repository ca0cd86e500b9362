/// A quarter of a year, in UTC.
package struct Quarter: Hashable, Sendable, CustomStringConvertible {
    package let year: Int
    /// 1…4.
    package let number: Int

    /// The one that the moment lies in.
    package init(_ moment: Timestamp) {
        let date = CivilTime(moment)
        self.init(year: date.year, number: (date.month - 1) / 3 + 1)
    }

    /// nil unless the text is one: `2026q4`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "q", omittingEmptySubsequences: false)
        guard parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]), (1...4).contains(number) else {
            return nil
        }
        self.init(year: year, number: number)
    }

    private init(year: Int, number: Int) {
        self.year = year
        self.number = number
    }

    /// Its first moment.
    package var start: Timestamp {
        let day = CivilDate.day(year: year, month: number * 3 - 2, day: 1)
        return Timestamp(milliseconds: day * 86_400_000)
    }

    package var next: Quarter {
        number == 4 ? Quarter(year: year + 1, number: 1) : Quarter(year: year, number: number + 1)
    }

    /// Such as `2026q4`.
    package var description: String { "\(year)q\(number)" }
}

/// Times of day, as minutes after midnight.
package enum TimeOfDay {
    /// `08:30`.
    package static func text(_ minutes: Int) -> String { "\((minutes / 60).twoDigits):\((minutes % 60).twoDigits)" }

    /// Reads `8:30`, `08:30` and `24:00`; nil for anything else.
    package static func minutes(_ text: some StringProtocol) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        guard numbers[1] < 60, numbers[0] * 60 + numbers[1] <= 1440 else { return nil }
        return numbers[0] * 60 + numbers[1]
    }
}

/// One of the six parts of a pattern.
package enum CronField: String, Hashable, Sendable, CaseIterable {
    case second, minute, hour
    case dayOfMonth = "day of month"
    case month
    case dayOfWeek = "day of week"

    /// A day of week may be 7 too, for Sunday.
    var values: ClosedRange<Int> {
        switch self {
        case .second, .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// What may stand for the values from the lowest on, in lower case.
    var names: [String] {
        switch self {
        case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        default: []
        }
    }

    /// As the end of “The field takes …”.
    var range: String {
        let numbers = "\(values.lowerBound)–\(values.upperBound)"
        return switch self {
        case .second, .minute, .hour: numbers
        case .dayOfMonth: "\(numbers), and L for the last day"
        case .month: "\(numbers) or JAN–DEC"
        case .dayOfWeek: "\(numbers) or SUN–SAT (0 and 7 are Sunday), 5L for the last Friday, 5#2 for the second"
        }
    }
}

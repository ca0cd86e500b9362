/// Why a text is not a cron pattern.
package enum CronError: Error, Hashable {
    case empty
    /// As many fields as there are.
    case fieldCount(Int)
    /// A word that begins with `@` and means nothing.
    case unknownShorthand(String)
    /// What is wrong with one part of a field.
    case field(CronField, part: String, Fault)
    /// No month that is named has the days that are named.
    case never

    package enum Fault: Error, Hashable {
        case missing
        case notAValue
        case outOfRange
        case backwards
        case badStep
        /// A step that skips everything behind its first value.
        case wideStep(first: Int)
        case badCount
        case lastAlone
        case lastElsewhere
        case lastMixed
        case countElsewhere
        case nearestWeekday
        case hashed
    }
}

extension CronError: CustomStringConvertible {
    /// Sentences that name the field, what it takes and what is wrong.
    package var description: String {
        switch self {
        case .empty:
            "The pattern is empty. Write five fields: minute, hour, day of month, month, day of week."
        case .fieldCount(let count):
            """
            The pattern has \(count) \(count == 1 ? "field" : "fields"). It needs five (minute, hour, day of month, \
            month, day of week), or six with the second first; a year cannot be named.
            """
        case .unknownShorthand(let word):
            """
            “\(word.prefix(200))” is not a known shorthand. There are \
            \(Cron.shorthands.joined(separator: ", ")).
            """
        case .field(let field, let part, let fault):
            "\(fault.sentence(field, "“\(part.prefix(200))”")) The field takes \(field.range)."
        case .never:
            """
            The pattern never comes: none of its months has one of its days of the month. February has at most 29 days; \
            April, June, September and November have 30.
            """
        }
    }
}

extension CronError.Fault {
    fileprivate func sentence(_ field: CronField, _ part: String) -> String {
        let name = field.rawValue
        return switch self {
        case .missing: "The field “\(name)” has a comma, dash or slash with nothing beside it: \(part)."
        case .notAValue: "\(part) means nothing in the field “\(name)”."
        case .outOfRange: "\(part) is out of range in the field “\(name)”."
        case .backwards: "The range \(part) in the field “\(name)” runs backwards; write two ranges with a comma."
        case .badStep: "The step of \(part) in the field “\(name)” must be a whole number from 1."
        case .wideStep(let first):
            "The step of \(part) in the field “\(name)” is so wide that only \(first) is left; write \(first)."
        case .badCount: "\(part) in the field “\(name)”: after # comes which one in the month, 1 to 5."
        case .lastAlone: "“L” in the field “\(name)” needs a day before it: 5L is the month's last Friday."
        case .lastElsewhere: "\(part) in the field “\(name)”: “L” is for the day of month (L) and day of week (5L)."
        case .lastMixed: "\(part) in the field “\(name)”: in the day of month “L” stands alone, for its last day."
        case .countElsewhere: "\(part) in the field “\(name)”: “#” is for the day of week (5#2)."
        case .nearestWeekday: "\(part) in the field “\(name)”: “W”, the nearest weekday, is not supported."
        case .hashed: "\(part) in the field “\(name)”: “H”, a value by hash, is not supported; write the value itself."
        }
    }
}

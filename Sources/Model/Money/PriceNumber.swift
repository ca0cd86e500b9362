/// A number of a price text: its runs of digits and what separates them.
struct PriceNumber {
    /// Digits without a separator inside.
    private struct Run {
        /// What stands before the run; 0 before the first.
        var separator: UInt32 = 0
        var value = 0
        var count = 0

        /// More digits than an amount can have only count.
        mutating func add(_ digit: UInt32) {
            count += 1
            if count <= 15 { value = value * 10 + Int(digit) }
        }

        var hasLeadingZero: Bool {
            var least = 1
            for _ in 1..<max(1, count) { least *= 10 }
            return value < least
        }
    }

    enum Shape: Hashable {
        case exact(PlainDecimal)
        /// One point or comma (`separator`) with exactly three digits behind it: decimals or thousands. The amount is
        /// the one with decimals.
        case open(PlainDecimal, separator: UInt32)
        /// A date, a version, a list: no amount.
        case invalid
    }

    let shape: Shape

    var isZero: Bool {
        if case .exact(let amount) = shape { amount.unscaled == 0 } else { false }
    }

    /// Reads the characters of one number token.
    init(_ line: PriceLine, _ token: PriceToken) {
        var runs = Runs()
        var run = Run()
        for index in token.start..<token.end {
            let value = line.scalars[index]
            switch value {
            case 0x30...0x39:
                run.add(value - 0x30)
            case PriceScalars.superscriptZero...(PriceScalars.superscriptZero + 9):
                if run.separator != PriceScalars.superscriptZero {
                    runs.add(run)
                    run = Run(separator: PriceScalars.superscriptZero)
                }
                run.add(value - PriceScalars.superscriptZero)
            case PriceScalars.space where run.count == 0:
                // `119. 95`: the space behind the point says nothing.
                break
            case 0x2D:
                runs.isMarkedWhole = true
            default:
                runs.add(run)
                run = Run(separator: value)
            }
        }
        if run.count > 0 { runs.add(run) }
        shape = runs.shape
    }

    /// What the runs read so far have in common.
    private struct Runs {
        /// `1.899,-`: a dash stands for the decimals, so that every separator before it groups.
        var isMarkedWhole = false
        private var count = 0
        private var digits = 0
        private var first = Run()
        private var last = Run()
        /// All runs but the last, joined.
        private var whole = 0
        /// About the runs between first and last.
        private var innerSeparator: UInt32 = 0
        private var innersAgree = true
        private var innersAreThrees = true
        private var innersArePairs = true
        /// `1,23,456`: groups of two before the last group of three.
        private var innersAreIndian = false

        /// Amounts of more digits are numbers of something else.
        private static let mostDigits = 14

        mutating func add(_ run: Run) {
            count += 1
            digits += run.count
            guard digits <= Self.mostDigits else { return }
            guard count > 1 else {
                first = run
                last = run
                return
            }
            whole = count == 2 ? first.value : Self.joined(whole, last)
            if count > 2 {
                innersAgree = innersAgree && (count == 3 || last.separator == innerSeparator)
                innerSeparator = last.separator
                innersAreIndian = innersArePairs && last.count == 3
                innersAreThrees = innersAreThrees && last.count == 3
                innersArePairs = innersArePairs && last.count == 2
            }
            last = run
        }

        var shape: Shape {
            guard digits > 0, digits <= Self.mostDigits else { return .invalid }
            guard count > 1 else { return .exact(PlainDecimal(unscaled: first.value, places: 0)) }
            guard count > 2 else { return pair }
            guard innersAgree, first.count <= 3, Self.canGroup(innerSeparator) else { return .invalid }
            let hasFirst = first.count > 0
            if last.separator == innerSeparator {
                // 1.234.567 and 12,34,567, but also 1.299.00
                guard innersAreThrees || (innersArePairs && hasFirst && last.count == 3), last.count <= 3 else {
                    return .invalid
                }
                return last.count == 3 ? .exact(grouped) : .exact(decimal)
            }
            guard innersAreThrees || innersAreIndian, hasFirst, Self.canBeDecimal(last.separator) else {
                return .invalid
            }
            return .exact(decimal)
        }

        /// The shape of two runs.
        private var pair: Shape {
            switch last.separator {
            case PriceScalars.space, PriceScalars.arabicThousands:
                return .exact(grouped)
            case 0x27 where last.count == 3:
                return .exact(grouped)
            case 0x2E, 0x2C:
                guard last.count == 3, (1...3).contains(first.count) else { return .exact(decimal) }
                if isMarkedWhole { return .exact(grouped) }
                // No thousands begin with a zero: 0.125
                return first.value == 0 || first.hasLeadingZero
                    ? .exact(decimal) : .open(decimal, separator: last.separator)
            default:
                return .exact(decimal)
            }
        }

        private var grouped: PlainDecimal { decimal.grouped }
        private var decimal: PlainDecimal { PlainDecimal(unscaled: Self.joined(whole, last), places: last.count) }

        private static func joined(_ whole: Int, _ run: Run) -> Int {
            var value = whole
            for _ in 0..<run.count { value *= 10 }
            return value + run.value
        }

        private static func canGroup(_ separator: UInt32) -> Bool {
            switch separator {
            case 0x2E, 0x2C, 0x27, PriceScalars.space, PriceScalars.arabicThousands: true
            default: false
            }
        }

        private static func canBeDecimal(_ separator: UInt32) -> Bool {
            separator != PriceScalars.space && separator != PriceScalars.arabicThousands
        }
    }
}

/// How far a listing's price may move in one step before it is doubted, as a person's answers teach it.
package enum Tolerance {
    /// Never so small that a usual offer is doubted, never so large that nothing is: 0.1 is 10 %.
    package static let range = 0.1...0.9

    /// The tolerance after a person said whether a move was right; nil where there is nothing to learn.
    ///
    /// What was right is let through the next time, with a tenth to spare; what was wrong is doubted with a tenth to spare,
    /// unless it was doubted for another reason. A slip of the decimal point, and nothing at all, teach nothing.
    package static func learned(from before: Money, to price: Money, wasRight: Bool, tolerance: Double) -> Double? {
        guard before.currency == price.currency, before.minor > 0, price.minor > 0,
            !Belief.isSlip(from: before.minor, to: price.minor)
        else { return nil }
        let move = Double((price.minor - before.minor).magnitude) / Double(before.minor)
        guard wasRight || move > tolerance else { return nil }
        let wanted = wasRight ? max(tolerance, move * 1.1) : min(tolerance, move * 0.9)
        let learned = min(max(wanted, range.lowerBound), range.upperBound)
        return learned == tolerance ? nil : learned
    }
}

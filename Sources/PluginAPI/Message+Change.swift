import Model

extension Message.Product {
    /// How far the price is from the one before, in whole percent: `−20 %`; nil where there is nothing to compare.
    package var change: String? {
        guard let previous, previous.currency == price.currency, previous.minor > 0 else { return nil }
        let difference = Double(price.minor) - Double(previous.minor)
        let percent = (difference / Double(previous.minor) * 100).rounded()
        guard percent != 0, percent > -100, percent < 1000 else { return nil }
        return "\(percent < 0 ? "−" : "+")\(Int(percent.magnitude))\u{a0}%"
    }
}

package import Model

/// Making values of what a shop's page or data states, without a guess.
extension Candidate.Value {
    /// A text that a person sees, such as `1.299,00 €`; nil where it holds no price, or 0.
    package static func price(shown text: String, in context: PriceText.Context) -> Candidate.Value? {
        switch PriceText.read(text, in: context) {
        case .money(let money): money.minor > 0 ? .price(money) : nil
        case .amount(let amount): unnamed(amount)
        case .ambiguous(let why, let readings): .ambiguousPrice(why: why, readings: readings)
        case .none: nil
        }
    }

    /// A number from a shop's data, such as `1299` or `71.910401`; nil for 0 and for what is no number.
    ///
    /// Where `currency` is nil, that is what is not decided.
    package static func price(data text: String, in currency: Currency?) -> Candidate.Value? {
        guard let currency else { return Money.rounded(text, places: 4) == nil ? nil : unnamed(text) }
        return Money(stated: text, currency: currency).map { .price($0) }
    }

    /// What variants cost while none is chosen: the one price where all have the same, else the list of them.
    ///
    /// nil for no variants.
    package static func price(ofAny variants: [Candidate.Value]) -> Candidate.Value? {
        guard let first = variants.first else { return nil }
        if variants.allSatisfy({ $0 == first }) { return first }
        var readings: [String] = []
        for variant in variants {
            let possible: [String] =
                switch variant {
                case .price(let money): [money.decimal]
                case .ambiguousPrice(_, let readings): readings
                default: []
                }
            readings += possible.filter { !readings.contains($0) }
        }
        return .ambiguousPrice(why: "The price depends on the variant, and none is chosen.", readings: readings)
    }

    private static func unnamed(_ amount: String) -> Candidate.Value {
        .ambiguousPrice(why: "The page does not name the currency of \(amount.prefix(20)).", readings: [amount])
    }
}

extension Money {
    /// An amount above 0 as a shop's data states it, rounded half up to the currency's places, as shops show it.
    ///
    /// Data often holds more: taxes and rates leave `71.910401` where the page says 71,91.
    package init?(stated text: String, currency: Currency) {
        guard let minor = Money.rounded(text, places: currency.exponent) else { return nil }
        self.init(minor: minor, currency: currency)
    }

    fileprivate static func rounded(_ text: String, places: Int) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : ""
        guard let whole = parts.first, (1...12).contains(whole.utf8.count), text.utf8.count <= 40,
            whole.utf8.allSatisfy(\.isASCIIDigit), decimals.utf8.allSatisfy(\.isASCIIDigit)
        else { return nil }
        let kept = decimals.prefix(places)
        guard var minor = Int("\(whole)\(kept)\(String(repeating: "0", count: places - kept.count))") else {
            return nil
        }
        if let next = decimals.utf8.dropFirst(places).first, next >= UInt8(ascii: "5") { minor += 1 }
        return minor > 0 ? minor : nil
    }
}

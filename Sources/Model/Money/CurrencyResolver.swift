/// Decides currencies and separators by what is known about a text from elsewhere.
struct CurrencyResolver {
    private let hint: CurrencySign?
    private let places: [Region]
    private let standard: Currency?

    init(_ context: PriceText.Context) {
        hint = context.currencyHint.flatMap { PriceLine($0)?.namedSign() }
        standard = context.defaultCurrency
        var places: [Region] = []
        // The address of a shop says more than its `lang`, which is often left at a template's.
        if let domain = context.topLevelDomain, let region = Region.region(topLevelDomain: domain) {
            places.append(region)
        }
        if let locale = context.locale, let region = Region.region(locale: locale) { places.append(region) }
        self.places = places
    }

    /// Whether a currency was named near the text, if only by an open sign.
    var isHinted: Bool { hint != nil }

    /// The currency that `sign` means here; nil where it stays open.
    func currency(of sign: CurrencySign) -> Currency? {
        confirmed(sign) ?? sign.primary
    }

    /// The currency of an amount that no sign stands by; nil where hint and default name none.
    func unnamed() -> Currency? {
        guard let hint else { return standard }
        return currency(of: hint)
    }

    /// Whether anything known speaks for one of the currencies of `sign`.
    func confirms(_ sign: CurrencySign) -> Bool { confirmed(sign) != nil }

    /// The currencies that an amount with this sign, or with none, may have; empty where nothing is known.
    func candidates(of sign: CurrencySign?) -> [Currency] {
        if let sign { return currency(of: sign).map { [$0] } ?? sign.currencies }
        return unnamed().map { [$0] } ?? hint?.currencies ?? []
    }

    private func confirmed(_ sign: CurrencySign) -> Currency? {
        if sign.currencies.count == 1, sign.strength != .doubtful { return sign.currencies.first }
        if let hint {
            let common = sign.currencies.filter { hint.currencies.contains($0) }
            if common.count == 1 { return common.first }
        }
        let spoken = places.compactMap(\.currency) + [standard].compactMap(\.self)
        return spoken.first { sign.currencies.contains($0) }
    }

    /// Whether the separator before exactly three digits groups thousands (true) or stands before decimals (false);
    /// nil where that can't be known.
    ///
    /// Three decimals are so rare in a currency that has two that one convention for thousands decides.
    func groups(_ separator: UInt32, _ candidates: [Currency]) -> Bool? {
        let asDecimal: DecimalMark = separator == 0x2E ? .point : .comma
        let known = places.compactMap(\.mark)
        let homes = candidates.map { Region.mark(of: $0) }
        if !candidates.isEmpty, candidates.allSatisfy(Self.hasNoDecimals) { return true }
        if candidates.contains(where: { $0.exponent > 2 }) || (candidates.isEmpty && expectsThreePlaces) {
            let marks = known + homes.compactMap(\.self)
            guard let mark = marks.first, marks.allSatisfy({ $0 == mark }) else { return nil }
            if mark == asDecimal { return false }
            // `1,250 KWD` without a word about the page: 1.25 or 1250.
            return known.isEmpty ? nil : true
        }
        if known.contains(where: { $0 != asDecimal }) { return true }
        guard !candidates.isEmpty else { return nil }
        if homes.allSatisfy({ $0 != nil && $0 != asDecimal }) { return true }
        return known.isEmpty && asDecimal == .comma ? true : nil
    }

    /// Whether the page comes from a country whose currency has three places.
    private var expectsThreePlaces: Bool { places.contains { ($0.currency?.exponent ?? 0) > 2 } }

    /// Currencies whose minor unit ISO 4217 still lists, but no shop writes any more.
    private static let withoutCoins = Set(
        [
            "AFN", "AMD", "COP", "CRC", "HUF", "IDR", "IQD", "IRR", "KHR", "LAK", "LBP", "MMK", "MNT", "PKR", "RSD",
            "TZS", "UZS",
        ]
        .compactMap { Currency(code: $0) }
    )

    private static func hasNoDecimals(_ currency: Currency) -> Bool {
        currency.exponent == 0 || withoutCoins.contains(currency)
    }
}

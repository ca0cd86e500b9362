/// What a sign, a code or a word says about the currency.
struct CurrencySign: Hashable {
    enum Strength: Hashable {
        /// Names a currency wherever it stands.
        case strong
        /// Also means other things: counts only beside a number.
        case weak
        /// Also a unit or an abbreviation (`L`, `K`): counts only beside a number and where the context confirms it.
        case doubtful
    }

    /// The currencies it may stand for; none where it is money without an ISO 4217 code.
    let currencies: [Currency]
    /// What it means where nothing speaks for another; nil where it stays open.
    let primary: Currency?
    let strength: Strength
    /// `$`, `Rp`: usually stands before the amount.
    let leads: Bool

    init(currencies: [Currency], primary: Currency?, strength: Strength, leads: Bool) {
        self.currencies = currencies
        self.primary = primary
        self.strength = strength
        self.leads = leads
    }

    /// A code.
    init(_ currency: Currency, _ strength: Strength) {
        self.init(currencies: [currency], primary: currency, strength: strength, leads: false)
    }

    /// What both signs agree on (`$` and `AUD`); this one where they contradict each other.
    func narrowed(by other: CurrencySign?) -> CurrencySign {
        guard let other, currencies.count > 1 else { return self }
        let common = currencies.filter { other.currencies.contains($0) }
        guard !common.isEmpty, common.count < currencies.count else { return self }
        return CurrencySign(
            currencies: common,
            primary: common.count == 1 ? common.first : nil,
            strength: strength,
            leads: leads
        )
    }
}

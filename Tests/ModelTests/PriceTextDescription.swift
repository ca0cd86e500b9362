import Model

/// A meaning as tables of tests write it: `12.50 EUR`, `12.50`, `none`, `ambiguous`.
func described(_ meaning: PriceText.Meaning) -> String {
    switch meaning {
    case .money(let money): money.description
    case .amount(let amount): amount
    case .ambiguous: "ambiguous"
    case .none: "none"
    }
}

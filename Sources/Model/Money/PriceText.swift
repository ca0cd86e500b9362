/// What the price texts of shops mean: `1.299,00 €`, `from US$ 1,299`, `١٬٢٣٤٫٥٠ ر.س`.
///
/// Exact and total: no text makes it crash or guess, no amount passes through a float. The first price that stands in
/// the text counts; of a range it is the low end. Cheap enough to be called for every text of a page.
package enum PriceText {
    /// What is known about the text from elsewhere, as far as anything is.
    package struct Context: Hashable, Sendable {
        /// A code, a sign or some text found near the price: `EUR`, `kr`, `Price from £ 39.95`.
        package var currencyHint: String?
        /// Of the page, or as the user said: `de`, `de-CH`, `de_CH`.
        package var locale: String?
        /// Used only where text and hint name no currency, or leave this one open (`$` may be `CAD`).
        package var defaultCurrency: Currency?
        /// Of the page's address (`de`, `co.uk`, or its whole host): decides between currencies that share a sign.
        package var topLevelDomain: String?

        package init(
            currencyHint: String? = nil,
            locale: String? = nil,
            defaultCurrency: Currency? = nil,
            topLevelDomain: String? = nil
        ) {
            self.currencyHint = currencyHint
            self.locale = locale
            self.defaultCurrency = defaultCurrency
            self.topLevelDomain = topLevelDomain
        }
    }

    package enum Meaning: Hashable, Sendable {
        /// An exact amount of one currency; negative where the text says so.
        case money(Money)
        /// Plain decimal text (`1299.00`, `-5.95`) where nothing names one currency: a bare number, an open `$`.
        case amount(String)
        /// A price stands there, but what it means can't be decided. `why` is a sentence for a person; `readings` are
        /// the plain decimals it may be.
        case ambiguous(why: String, readings: [String])
        /// No price in this text.
        case none
    }

    /// Reads at most the first 1,000 characters of `text`.
    package static func read(_ text: String, in context: Context = Context()) -> Meaning {
        guard let line = PriceLine(text) else { return .none }
        let resolver = CurrencyResolver(context)
        guard line.hasDigits else {
            guard PriceWords.meanFree(line) else { return .none }
            return resolver.unnamed().map { .money(Money(minor: 0, currency: $0)) } ?? .amount("0")
        }
        switch PriceChoice(line, resolver).choose() {
        case .nothing: return .none
        case .doubtful(let why, let readings): return .ambiguous(why: why, readings: readings)
        case .price(let price): return PriceDecision(line, resolver).meaning(of: price)
        }
    }

    /// The one currency that `text` names by code, sign or word in this context: `kr` on a page of `.dk` is DKK.
    ///
    /// nil where it names none or leaves several open. The context's default is not used for texts that name none.
    package static func currency(_ text: String, in context: Context = Context()) -> Currency? {
        guard let line = PriceLine(text), let sign = line.namedSign() else { return nil }
        return CurrencyResolver(context).currency(of: sign)
    }
}

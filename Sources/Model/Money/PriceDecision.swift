/// Turns a price that was found into what it means.
struct PriceDecision {
    let line: PriceLine
    let resolver: CurrencyResolver

    init(_ line: PriceLine, _ resolver: CurrencyResolver) {
        self.line = line
        self.resolver = resolver
    }

    func meaning(of price: FoundPrice) -> PriceText.Meaning {
        switch price.shape {
        case .invalid:
            return .none
        case .exact(let amount):
            if let other = price.other {
                return .ambiguous(
                    why: "The digits of “\(text(of: price))” may be one price or two numbers.",
                    readings: [plain(other, price), plain(amount, price)]
                )
            }
            if let sign = price.sign, let currency = resolver.currency(of: sign) {
                return meaning(of: amount, currency, price)
            }
            return meaning(of: amount, price.sign == nil ? resolver.unnamed() : nil, price)
        case .open(let decimal, let separator):
            let candidates = resolver.candidates(of: price.sign)
            let currency = candidates.count == 1 ? candidates.first : nil
            switch resolver.groups(separator, candidates) {
            case true?: return meaning(of: decimal.grouped, currency, price)
            case false?: return meaning(of: decimal, currency, price)
            case nil:
                let name = separator == 0x2E ? "point" : "comma"
                return .ambiguous(
                    why: "The \(name) in “\(text(of: price))” may stand before decimals or between thousands.",
                    readings: [plain(decimal, price), plain(decimal.grouped, price)]
                )
            }
        }
    }

    private func meaning(of amount: PlainDecimal, _ currency: Currency?, _ price: FoundPrice) -> PriceText.Meaning {
        guard let currency else { return .amount(plain(amount, price)) }
        guard let money = amount.money(currency, isNegative: price.isNegative) else {
            return .ambiguous(
                why: "“\(text(of: price))” has more decimals than an amount of \(currency) can have.",
                readings: [plain(amount, price)]
            )
        }
        return .money(money)
    }

    private func plain(_ amount: PlainDecimal, _ price: FoundPrice) -> String {
        price.isNegative ? "-\(amount.text)" : amount.text
    }

    /// The number as it stands in the text.
    private func text(of price: FoundPrice) -> String {
        line.text(line.tokens[price.first].start..<line.tokens[price.last].end)
    }
}

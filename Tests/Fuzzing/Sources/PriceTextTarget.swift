import Model

/// Price texts: an input is four lines: currency hint, locale, the default currency's code and the top-level domain
/// (nothing for none), and then the text.
enum PriceTextTarget {
    static func read(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0a, maxSplits: 4, omittingEmptySubsequences: false)
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        func known(_ line: Int) -> String? { line < texts.count - 1 && !texts[line].isEmpty ? texts[line] : nil }
        let context = PriceText.Context(
            currencyHint: known(0),
            locale: known(1),
            defaultCurrency: known(2).flatMap { Currency(code: $0) },
            topLevelDomain: known(3)
        )
        let text = texts.last ?? ""
        let meaning = PriceText.read(text, in: context)
        switch meaning {
        case .money(let money): check(money)
        case .amount(let amount): hold("an amount is plain decimal text", isPlain(amount))
        case .ambiguous(let why, let readings):
            hold("what is ambiguous says why and gives readings", !why.isEmpty && !readings.isEmpty)
            hold("readings are plain decimal texts", readings.allSatisfy(isPlain))
        case .none: break
        }
        hold("the same text means the same", PriceText.read(text, in: context) == meaning)
        _ = PriceText.currency(text, in: context)
    }

    /// What is shown of an amount must be what was read.
    private static func check(_ money: Money) {
        let magnitude = money.decimal.drop { $0 == "-" }
        hold("an amount is plain decimal text", isPlain(money.decimal))
        hold(
            "an amount is its decimal text",
            Money(decimal: magnitude, currency: money.currency)?.minor == abs(money.minor)
        )
        let code = "\(money.currency.code) \(magnitude)"
        // 1.250 KWD may be read as ambiguous, and more than 14 digits are no price.
        if money.currency.exponent != 3, magnitude.utf8.count(where: { $0 != 0x2e }) <= 14 {
            hold("an amount with its code is read as itself", same(PriceText.read(code), money))
        }
        _ = money.displayText
    }

    private static func same(_ meaning: PriceText.Meaning, _ money: Money) -> Bool {
        if case .money(let read) = meaning {
            read.currency == money.currency && read.minor == abs(money.minor)
        } else {
            false
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        return text.count { $0 == "-" } <= 1 && (1...2).contains(parts.count)
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }
    }
}

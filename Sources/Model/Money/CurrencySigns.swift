/// How shops write currencies: the table behind `CurrencySign`.
///
/// Sources: Unicode CLDR (symbols and names), ISO 4217, and the signs that shops of each country use.
enum CurrencySigns {
    /// The sign written exactly like that, else one that differs only in case.
    static func sign(_ scalars: ArraySlice<UInt32>) -> CurrencySign? {
        guard let written = WordKey(scalars, lowercased: false) else { return nil }
        if let sign = exact[written] { return sign }
        return WordKey(scalars, lowercased: true).flatMap { anyCase[$0] }
    }

    /// Codes that are also words of shop pages: read as a currency only beside a number.
    private static let wordLike: Set<String> = [
        "ALL", "AMD", "ANG", "BAM", "BOB", "CAD", "COP", "CUP", "ERN", "GEL", "GIP", "LAK", "MAD", "MOP", "NAD", "PEN",
        "SHP", "SOS", "TOP", "TRY", "VES", "WST",
    ]

    private static let exact: [WordKey: CurrencySign] = {
        var signs = table(exactly: true)
        for code in Currency.exponents.keys {
            guard let currency = Currency(code: code), let key = WordKey(code) else { continue }
            signs[key] = CurrencySign(currency, wordLike.contains(code) ? .weak : .strong)
        }
        return signs
    }()

    private static let anyCase: [WordKey: CurrencySign] = {
        var signs: [WordKey: CurrencySign] = [:]
        for code in Currency.exponents.keys where !wordLike.contains(code) {
            guard let currency = Currency(code: code), let key = WordKey(code, lowercased: true) else { continue }
            signs[key] = CurrencySign(currency, .weak)
        }
        return signs.merging(table(exactly: false)) { $1 }
    }()

    private static func table(exactly: Bool) -> [WordKey: CurrencySign] {
        var signs: [WordKey: CurrencySign] = [:]
        for row in CurrencySignTable.text.split(separator: "\n") {
            let parts = row.split(separator: "|", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let heads = parts[0].split(separator: " ")
            let currencies = heads.compactMap { Currency(code: $0) }
            for entry in parts[1].split(separator: " ") {
                let marks = entry.prefix { "!=?".contains($0) }
                let text = entry.dropFirst(marks.count)
                let isExact = marks.contains("=") || marks.contains("?")
                guard isExact == exactly, let key = WordKey(text, lowercased: !exactly) else { continue }
                let hasSymbol = text.unicodeScalars.contains { PriceScalars.kind($0.value) == .symbol }
                signs[key] = CurrencySign(
                    currencies: currencies,
                    primary: heads.contains("open") ? nil : currencies.first,
                    strength: marks.contains("?") ? .doubtful : hasSymbol || marks.contains("!") ? .strong : .weak,
                    leads: heads.contains("leads")
                )
            }
        }
        return signs
    }
}
